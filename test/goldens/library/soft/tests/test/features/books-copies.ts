import api from "../../src/api";
import { scenario } from "../scenario";
import { shape } from "../shape";

scenario(
  {
    name: "books.copies.erase.unlisted.librarian",
    title: "an erased copy is in no list and in no total",
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
    const before = await api.functional.books.copies.list(librarian.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(before);
    bed.ok(
      "the row is in the list",
      before.data.some((one) => one.id === copy.id),
    );
    await api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: copy.id });
    const after = await api.functional.books.copies.list(librarian.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(after);
    bed.ok("it is there no more", !after.data.some((one) => one.id === copy.id));
    bed.equals("one fewer", after.pagination.records + 1, before.pagination.records);
  },
);

scenario(
  {
    name: "books.copies.erase.uncounted.Book.copyCount",
    title: "an erased copy does not count",
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
    const before = await api.functional.books.at(bed.anonymous, { bookId: book.id });
    shape.IBook(before);
    await api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: copy.id });
    const after = await api.functional.books.at(bed.anonymous, { bookId: book.id });
    shape.IBook(after);
    bed.equals("one fewer", after.copyCount + 1, before.copyCount);
  },
);

scenario(
  {
    name: "books.copies.erase.kept.loan.copy",
    title: "a loan still shows its copy, to which no other may refer",
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
    const loan = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan);
    await api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: copy.id });
    const read = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(read);
    bed.equals("the copy is shown", read.copy.id, copy.id);
    await bed.refused(
      404,
      () =>
        api.functional.loans.create(reader.connection, { body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id } }),
      "COPY_NOT_FOUND",
    );
  },
);
