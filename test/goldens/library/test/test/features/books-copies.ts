import api from "../../src/api";
import type { ICopy } from "../../src/api/structures/ICopy";
import { random } from "../random";
import { scenario } from "../scenario";
import { shape } from "../shape";

scenario(
  {
    name: "books.copies.list.by.reader",
    title: "a reader lists copy rows and finds one there",
    requirements: ["catalog.R3"],
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
    const page = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(page);
    bed.ok(
      "the row is in the list",
      page.data.some((one) => one.id === copy.id),
    );
  },
);

scenario(
  {
    name: "books.copies.list.by.librarian",
    title: "a librarian lists copy rows and finds one there",
    requirements: ["catalog.R3"],
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
    const page = await api.functional.books.copies.list(librarian.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(page);
    bed.ok(
      "the row is in the list",
      page.data.some((one) => one.id === copy.id),
    );
  },
);

scenario(
  {
    name: "books.copies.list.pages",
    title: "a page of copy rows is as long as asked for",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    const reader = await bed.account("reader");
    const page = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { limit: 1, page: 1 },
    });
    shape.IPageICopy_ISummary(page);
    bed.equals("one row", page.data.length, 1);
    bed.equals("limit", page.pagination.limit, 1);
    bed.equals("as many pages as rows", page.pagination.pages, page.pagination.records);
    const next = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { limit: 1, page: 2 },
    });
    shape.IPageICopy_ISummary(next);
    bed.equals("one row again", next.data.length, 1);
    bed.differs("another one", next.data[0]!.id, page.data[0]!.id);
  },
);

scenario(
  {
    name: "books.copies.list.sorts",
    title: "copy rows come in the order asked for, up and down",
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
    bed.clock.shift(1000);
    const copy2 = await api.functional.books.copies.create(librarian.connection, {
      bookId: book.id,
      body: { shelf: "Shelf 2", condition: "worn", price: "1.5" },
    });
    shape.ICopy(copy2);
    const reader = await bed.account("reader");
    const page = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "shelf", limit: 100 },
    });
    shape.IPageICopy_ISummary(page);
    const both = page.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("shelf, the smaller first", both.length < 2 || both[0]!.shelf < both[1]!.shelf);
    const page2 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-shelf", limit: 100 },
    });
    shape.IPageICopy_ISummary(page2);
    const both2 = page2.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("shelf, the larger first", both2.length < 2 || both2[0]!.shelf > both2[1]!.shelf);
    const page3 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "condition", limit: 100 },
    });
    shape.IPageICopy_ISummary(page3);
    const both3 = page3.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok(
      "condition, the smaller first",
      both3.length < 2 ||
        ["fresh", "worn", "damaged"].indexOf(String(both3[0]!.condition)) <
          ["fresh", "worn", "damaged"].indexOf(String(both3[1]!.condition)),
    );
    const page4 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-condition", limit: 100 },
    });
    shape.IPageICopy_ISummary(page4);
    const both4 = page4.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok(
      "condition, the larger first",
      both4.length < 2 ||
        ["fresh", "worn", "damaged"].indexOf(String(both4[0]!.condition)) >
          ["fresh", "worn", "damaged"].indexOf(String(both4[1]!.condition)),
    );
    const page5 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "price", limit: 100 },
    });
    shape.IPageICopy_ISummary(page5);
    const both5 = page5.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("price, the smaller first", both5.length < 2 || Number(both5[0]!.price) < Number(both5[1]!.price));
    const page6 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-price", limit: 100 },
    });
    shape.IPageICopy_ISummary(page6);
    const both6 = page6.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("price, the larger first", both6.length < 2 || Number(both6[0]!.price) > Number(both6[1]!.price));
    const page7 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "createdAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(page7);
    const both7 = page7.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("created at, the smaller first", both7.length < 2 || both7[0]!.createdAt < both7[1]!.createdAt);
    const page8 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(page8);
    const both8 = page8.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("created at, the larger first", both8.length < 2 || both8[0]!.createdAt > both8[1]!.createdAt);
    const page9 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "updatedAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(page9);
    const both9 = page9.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("updated at, the smaller first", both9.length < 2 || both9[0]!.updatedAt < both9[1]!.updatedAt);
    const page10 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-updatedAt", limit: 100 },
    });
    shape.IPageICopy_ISummary(page10);
    const both10 = page10.data.filter((one) => one.id === copy.id || one.id === copy2.id);
    bed.ok("updated at, the larger first", both10.length < 2 || both10[0]!.updatedAt > both10[1]!.updatedAt);
  },
);

scenario(
  {
    name: "books.copies.list.finds",
    title: "a copy is found by what it holds, and not by what it does not",
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
    const page = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: "SHELF 1" },
    });
    shape.IPageICopy_ISummary(page);
    bed.ok(
      "found by search",
      page.data.some((one) => one.id === copy.id),
    );
    const page2 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: "%no such words%" },
    });
    shape.IPageICopy_ISummary(page2);
    bed.equals("nothing by another search", page2.pagination.records, 0);
    const page3 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, condition: "fresh" },
    });
    shape.IPageICopy_ISummary(page3);
    bed.ok(
      "found by condition",
      page3.data.some((one) => one.id === copy.id),
    );
    const page4 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, condition: "worn" },
    });
    shape.IPageICopy_ISummary(page4);
    bed.ok("not found by another condition", !page4.data.some((one) => one.id === copy.id));
    bed.ok(
      "what is not found is not counted",
      page4.data.length === 100 || page4.pagination.records === page4.data.length,
    );
  },
);

scenario(
  { name: "books.copies.list.misplaced", title: "a copy is not found below another book", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    const book2 = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book2);
    const reader = await bed.account("reader");
    const page = await api.functional.books.copies.list(reader.connection, { bookId: book2.id, query: {} });
    shape.IPageICopy_ISummary(page);
    bed.equals("it is not listed there", page.data.length, 0);
    bed.equals("nor counted", page.pagination.records, 0);
  },
);

scenario(
  { name: "books.copies.list.strangers", title: "nobody without a token gets through", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    await bed.refused(401, () => api.functional.books.copies.list(bed.anonymous, { bookId: book.id, query: {} }));
  },
);

scenario(
  { name: "books.copies.list.missing", title: "a book that is not there is not found", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    const reader = await bed.account("reader");
    await bed.refused(
      404,
      () => api.functional.books.copies.list(reader.connection, { bookId: random.format("uuid"), query: {} }),
      "BOOK_NOT_FOUND",
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: "no-key-at-all", query: {} }),
    );
  },
);

scenario(
  {
    name: "books.copies.list.window",
    title: "a page of copy rows has a length that can be had",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const reader = await bed.account("reader");
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { page: 1000001 } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { page: 0 } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { page: -1 } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { page: NaN } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { limit: 101 } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { limit: 0 } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { limit: -1 } }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, { bookId: book.id, query: { limit: NaN } }),
    );
  },
);

scenario(
  {
    name: "books.copies.list.injected",
    title: "a query of copy rows is taken for words, not for a language",
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
    const page = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: "' OR 1=1 --" },
    });
    shape.IPageICopy_ISummary(page);
    bed.ok("' OR 1=1 -- is in no row", !page.data.some((one) => one.id === copy.id));
    const page2 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: "' OR '1'='1" },
    });
    shape.IPageICopy_ISummary(page2);
    bed.ok("' OR '1'='1 is in no row", !page2.data.some((one) => one.id === copy.id));
    const page3 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: "') OR ('%'='" },
    });
    shape.IPageICopy_ISummary(page3);
    bed.ok("') OR ('%'=' is in no row", !page3.data.some((one) => one.id === copy.id));
    const page4 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: "%" },
    });
    shape.IPageICopy_ISummary(page4);
    bed.ok("% is in no row", !page4.data.some((one) => one.id === copy.id));
    const page5 = await api.functional.books.copies.list(reader.connection, {
      bookId: book.id,
      query: { sort: "-createdAt", limit: 100, search: '"\\' },
    });
    shape.IPageICopy_ISummary(page5);
    bed.ok('"\\ is in no row', !page5.data.some((one) => one.id === copy.id));
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, {
        bookId: book.id,
        query: bed.forge({}, { sort: "' OR 1=1 --" }),
      }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.list(reader.connection, {
        bookId: book.id,
        query: bed.forge({}, { condition: "' OR 1=1 --" }),
      }),
    );
  },
);

scenario(
  { name: "books.copies.at.by.reader", title: "a reader reads a copy", requirements: ["catalog.R3"], rules: [] },
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
    const read = await api.functional.books.copies.at(reader.connection, { bookId: book.id, copyId: copy.id });
    shape.ICopy(read);
    bed.equals("what is read is what was created", read, copy);
  },
);

scenario(
  { name: "books.copies.at.by.librarian", title: "a librarian reads a copy", requirements: ["catalog.R3"], rules: [] },
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
    const read = await api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id });
    shape.ICopy(read);
    bed.equals("what is read is what was created", read, copy);
  },
);

scenario(
  { name: "books.copies.at.misplaced", title: "a copy is not found below another book", requirements: [], rules: [] },
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
    shape.ICopy(await api.functional.books.copies.at(reader.connection, { bookId: book.id, copyId: copy.id }));
    const book2 = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book2);
    await bed.refused(404, () =>
      api.functional.books.copies.at(reader.connection, { bookId: book2.id, copyId: copy.id }),
    );
  },
);

scenario(
  { name: "books.copies.at.strangers", title: "nobody without a token gets through", requirements: [], rules: [] },
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
    await bed.refused(401, () => api.functional.books.copies.at(bed.anonymous, { bookId: book.id, copyId: copy.id }));
  },
);

scenario(
  { name: "books.copies.at.missing", title: "a copy that is not there is not found", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    const reader = await bed.account("reader");
    await bed.refused(
      404,
      () => api.functional.books.copies.at(reader.connection, { bookId: book.id, copyId: random.format("uuid") }),
      "COPY_NOT_FOUND",
    );
    await bed.refused(400, () =>
      api.functional.books.copies.at(reader.connection, { bookId: book.id, copyId: "no-key-at-all" }),
    );
  },
);

scenario(
  {
    name: "books.copies.create.by.librarian",
    title: "a librarian creates a copy and finds in it what was written",
    requirements: ["catalog.R3"],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const body = { shelf: "Shelf 1", condition: "fresh", price: "0.5" } satisfies ICopy.ICreate;
    const created = await api.functional.books.copies.create(librarian.connection, { bookId: book.id, body });
    shape.ICopy(created);
    bed.equals("shelf", created.shelf, body.shelf);
    bed.equals("condition", created.condition, body.condition);
    bed.equals("price", created.price, body.price);
    bed.equals("book", created.book.id, book.id);
    const again = await api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: created.id });
    shape.ICopy(again);
    bed.equals("what is read is what was created", again, created);
  },
);

scenario(
  {
    name: "books.copies.create.strangers",
    title: "nobody without a token gets through, and a reader neither",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    await bed.refused(401, () =>
      api.functional.books.copies.create(bed.anonymous, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    const reader = await bed.account("reader");
    await bed.refused(403, () =>
      api.functional.books.copies.create(reader.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
  },
);

scenario(
  { name: "books.copies.create.missing", title: "a book that is not there is not found", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    shape.IBook(
      await api.functional.books.create(librarian.connection, {
        body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
      }),
    );
    await bed.refused(
      404,
      () =>
        api.functional.books.copies.create(librarian.connection, {
          bookId: random.format("uuid"),
          body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
        }),
      "BOOK_NOT_FOUND",
    );
    await bed.refused(400, () =>
      api.functional.books.copies.create(librarian.connection, {
        bookId: "no-key-at-all",
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
  },
);

scenario(
  {
    name: "books.copies.create.invalid",
    title: "a copy with a value out of bounds is refused",
    requirements: ["catalog.R3"],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    await bed.refused(400, () =>
      api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { condition: "fresh", price: "0.5", shelf: "" },
      }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { condition: "fresh", price: "0.5", shelf: random.string({ minLength: 21, maxLength: 21 }) },
      }),
    );
    await bed.refused(400, () =>
      api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "-1" },
      }),
    );
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
  },
);

scenario(
  {
    name: "books.copies.create.forged",
    title: "whoever creates a copy decides nothing that the server decides",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    const body = { shelf: "Shelf 1", condition: "fresh", price: "0.5" } satisfies ICopy.ICreate;
    const book2 = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book2);
    const forged = {
      id: random.format("uuid"),
      createdAt: "2001-02-03T04:05:06.000Z",
      updatedAt: "2001-02-03T04:05:06.000Z",
      bookId: book2.id,
    };
    const created = await api.functional.books.copies.create(librarian.connection, {
      bookId: book.id,
      body: bed.forge(body, forged),
    });
    shape.ICopy(created);
    bed.differs("id is not what was sent", created.id, forged.id);
    bed.differs("created at is not what was sent", created.createdAt, forged.createdAt);
    bed.differs("updated at is not what was sent", created.updatedAt, forged.updatedAt);
    bed.differs("book id is not what was sent", created.book.id, forged.bookId);
  },
);

scenario(
  {
    name: "books.copies.update.by.librarian",
    title: "a librarian changes a copy, and it stays changed",
    requirements: ["catalog.R3"],
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
    const body = { shelf: "Shelf 2", condition: "worn", price: "1.5" } satisfies ICopy.IUpdate;
    bed.clock.shift(1000);
    const changed = await api.functional.books.copies.update(librarian.connection, {
      bookId: book.id,
      copyId: copy.id,
      body,
    });
    shape.ICopy(changed);
    bed.differs("it says that it was changed", changed.updatedAt, copy.updatedAt);
    bed.equals("key", changed.id, copy.id);
    bed.equals("shelf", changed.shelf, body.shelf);
    bed.equals("condition", changed.condition, body.condition);
    bed.equals("price", changed.price, body.price);
    const again = await api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id });
    shape.ICopy(again);
    bed.equals("the change stays", again, changed);
  },
);

scenario(
  {
    name: "books.copies.update.strangers",
    title: "nobody without a token gets through, and a reader neither",
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
    await bed.refused(401, () =>
      api.functional.books.copies.update(bed.anonymous, { bookId: book.id, copyId: copy.id, body: {} }),
    );
    const reader = await bed.account("reader");
    await bed.refused(403, () =>
      api.functional.books.copies.update(reader.connection, { bookId: book.id, copyId: copy.id, body: {} }),
    );
  },
);

scenario(
  { name: "books.copies.update.missing", title: "a copy that is not there is not found", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    await bed.refused(
      404,
      () =>
        api.functional.books.copies.update(librarian.connection, {
          bookId: book.id,
          copyId: random.format("uuid"),
          body: {},
        }),
      "COPY_NOT_FOUND",
    );
    await bed.refused(400, () =>
      api.functional.books.copies.update(librarian.connection, { bookId: book.id, copyId: "no-key-at-all", body: {} }),
    );
  },
);

scenario(
  {
    name: "books.copies.update.forged",
    title: "whoever changes a copy changes nothing that the server decides",
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
    const book2 = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book2);
    const forged = {
      id: random.format("uuid"),
      createdAt: "2001-02-03T04:05:06.000Z",
      updatedAt: "2001-02-03T04:05:06.000Z",
      bookId: book2.id,
    };
    const before = await api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id });
    shape.ICopy(before);
    const changed = await api.functional.books.copies.update(librarian.connection, {
      bookId: book.id,
      copyId: copy.id,
      body: bed.forge({}, forged),
    });
    shape.ICopy(changed);
    bed.differs("id is not what was sent", changed.id, forged.id);
    bed.differs("created at is not what was sent", changed.createdAt, forged.createdAt);
    bed.differs("updated at is not what was sent", changed.updatedAt, forged.updatedAt);
    bed.differs("book id is not what was sent", changed.book.id, forged.bookId);
    const after = await api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id });
    shape.ICopy(after);
    bed.equals("id stays", after.id, before.id);
    bed.equals("created at stays", after.createdAt, before.createdAt);
    bed.equals("book id stays", after.book.id, before.book.id);
  },
);

scenario(
  {
    name: "books.copies.erase.by.librarian",
    title: "a librarian erases a copy, and it is gone",
    requirements: ["catalog.R3"],
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
    await api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: copy.id });
    await bed.refused(404, () =>
      api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id }),
    );
  },
);

scenario(
  {
    name: "books.copies.erase.strangers",
    title: "nobody without a token gets through, and a reader neither",
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
    await bed.refused(401, () =>
      api.functional.books.copies.erase(bed.anonymous, { bookId: book.id, copyId: copy.id }),
    );
    const reader = await bed.account("reader");
    await bed.refused(403, () =>
      api.functional.books.copies.erase(reader.connection, { bookId: book.id, copyId: copy.id }),
    );
  },
);

scenario(
  { name: "books.copies.erase.missing", title: "a copy that is not there is not found", requirements: [], rules: [] },
  async (bed) => {
    const librarian = await bed.account("librarian");
    const book = await api.functional.books.create(librarian.connection, {
      body: { title: "Title 1", isbn: bed.text(16), summary: "Summary 1" },
    });
    shape.IBook(book);
    shape.ICopy(
      await api.functional.books.copies.create(librarian.connection, {
        bookId: book.id,
        body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
      }),
    );
    await bed.refused(
      404,
      () => api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: random.format("uuid") }),
      "COPY_NOT_FOUND",
    );
    await bed.refused(400, () =>
      api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: "no-key-at-all" }),
    );
  },
);

scenario(
  {
    name: "books.copies.erase.refused.referenced",
    title: "it is refused when this holds: A loan still refers to it.",
    requirements: ["catalog.R3"],
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
    await bed.refused(
      409,
      () => api.functional.books.copies.erase(librarian.connection, { bookId: book.id, copyId: copy.id }),
      "REFERENCED",
    );
    shape.ICopy(await api.functional.books.copies.at(librarian.connection, { bookId: book.id, copyId: copy.id }));
  },
);
