import api from "../../src/api";
import type { IBook } from "../../src/api/structures/IBook";
import { scenario } from "../scenario";
import { shape } from "../shape";

scenario(
  {
    name: "books.erase.unlisted.librarian",
    title: "an erased book is in no list and in no total",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const before = await api.functional.books.list(librarian.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageIBook_ISummary(before);
    bed.ok(
      "the row is in the list",
      before.data.some((one) => one.id === book.id),
    );
    await api.functional.books.erase(librarian.connection, { bookId: book.id });
    const after = await api.functional.books.list(librarian.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageIBook_ISummary(after);
    bed.ok("it is there no more", !after.data.some((one) => one.id === book.id));
    bed.equals("one fewer", after.pagination.records + 1, before.pagination.records);
  },
);

scenario(
  {
    name: "books.erase.again",
    title: "what was unique of an erased book may be taken again",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const subject = await api.functional.subjects.create(librarian.connection, { body: { label: bed.text(16) } });
    shape.ISubject(subject);
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const body = {
      title: "Title 1",
      isbn: bed.text(16),
      summary: "Summary 1",
      subjectIds: [subject.id],
      sequelOfId: book.id,
    } satisfies IBook.ICreate;
    const book2 = await api.functional.books.create(librarian.connection, { body });
    shape.IBook(book2);
    await api.functional.books.erase(librarian.connection, { bookId: book2.id });
    const second = await api.functional.books.create(librarian.connection, { body });
    shape.IBook(second);
    bed.differs("another row", second.id, book2.id);
  },
);

scenario(
  { name: "books.erase.parts.copy.book", title: "a copy is gone with its book", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const copy = await api.functional.books.copies.create(librarian.connection, {
      bookId: book.id,
      body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
    });
    shape.ICopy(copy);
    await api.functional.books.erase(librarian.connection, { bookId: book.id });
    await bed.refused(404, () =>
      api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id }),
    );
    await bed.refused(
      404,
      () =>
        api.functional.books.copies.create(librarian.connection, {
          bookId: book.id,
          body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
        }),
      "BOOK_NOT_FOUND",
    );
  },
);

scenario(
  {
    name: "books.erase.parts.copy.book.loan.copy",
    title: "no loan may refer to a copy of an erased book",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const copy = await api.functional.books.copies.create(librarian.connection, {
      bookId: book.id,
      body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
    });
    shape.ICopy(copy);
    const reader = await bed.account("reader");
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
    await api.functional.books.erase(librarian.connection, { bookId: book.id });
    await bed.refused(
      404,
      () =>
        api.functional.loans.create(reader.connection, { body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id } }),
      "COPY_NOT_FOUND",
    );
  },
);

scenario(
  { name: "books.erase.parts.review.book", title: "a review is gone with its book", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const reader = await bed.account("reader");
    const review = await api.functional.books.reviews.create(reader.connection, {
      bookId: book.id,
      body: { stars: 1, opinion: "Opinion 1" },
    });
    shape.IReview(review);
    await api.functional.books.erase(librarian.connection, { bookId: book.id });
    await bed.refused(404, () =>
      api.functional.books.reviews.at(reader.connection, { bookId: book.id, reviewId: review.id }),
    );
    await bed.refused(
      404,
      () =>
        api.functional.books.reviews.create(reader.connection, {
          bookId: book.id,
          body: { stars: 1, opinion: "Opinion 1" },
        }),
      "BOOK_NOT_FOUND",
    );
  },
);
