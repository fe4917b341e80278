import api from "../../src/api";
import type { ILoan } from "../../src/api/structures/ILoan";
import { random } from "../random";
import { scenario } from "../scenario";
import { shape } from "../shape";

scenario(
  {
    name: "loans.list.by.reader",
    title: "a reader lists loan rows and finds one there",
    requirements: ["lending.R1", "lending.R3"],
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
    const page = await api.functional.loans.list(reader.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageILoan_ISummary(page);
    bed.ok(
      "the row is in the list",
      page.data.some((one) => one.id === loan.id),
    );
  },
);

scenario(
  {
    name: "loans.list.by.librarian",
    title: "a librarian lists loan rows and finds one there",
    requirements: ["lending.R2"],
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
    const page = await api.functional.loans.list(librarian.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageILoan_ISummary(page);
    bed.ok(
      "the row is in the list",
      page.data.some((one) => one.id === loan.id),
    );
  },
);

scenario(
  { name: "loans.list.pages", title: "a page of loan rows is as long as asked for", requirements: [], rules: [] },
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
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
    const page = await api.functional.loans.list(reader.connection, { query: { limit: 1, page: 1 } });
    shape.IPageILoan_ISummary(page);
    bed.equals("one row", page.data.length, 1);
    bed.equals("limit", page.pagination.limit, 1);
    bed.equals("as many pages as rows", page.pagination.pages, page.pagination.records);
    const next = await api.functional.loans.list(reader.connection, { query: { limit: 1, page: 2 } });
    shape.IPageILoan_ISummary(next);
    bed.equals("one row again", next.data.length, 1);
    bed.differs("another one", next.data[0]!.id, page.data[0]!.id);
  },
);

scenario(
  {
    name: "loans.list.sorts",
    title: "loan rows come in the order asked for, up and down",
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
    bed.clock.shift(1000);
    const loan2 = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan2);
    shape.ILoan(await api.functional.loans.giveBack(librarian.connection, { loanId: loan2.id }));
    const page = await api.functional.loans.list(reader.connection, { query: { sort: "status", limit: 100 } });
    shape.IPageILoan_ISummary(page);
    const both = page.data.filter((one) => one.id === loan.id || one.id === loan2.id);
    bed.ok(
      "status, the smaller first",
      both.length < 2 ||
        ["active", "returned", "lost"].indexOf(String(both[0]!.status)) <
          ["active", "returned", "lost"].indexOf(String(both[1]!.status)),
    );
    const page2 = await api.functional.loans.list(reader.connection, { query: { sort: "-status", limit: 100 } });
    shape.IPageILoan_ISummary(page2);
    const both2 = page2.data.filter((one) => one.id === loan.id || one.id === loan2.id);
    bed.ok(
      "status, the larger first",
      both2.length < 2 ||
        ["active", "returned", "lost"].indexOf(String(both2[0]!.status)) >
          ["active", "returned", "lost"].indexOf(String(both2[1]!.status)),
    );
    const page3 = await api.functional.loans.list(reader.connection, { query: { sort: "createdAt", limit: 100 } });
    shape.IPageILoan_ISummary(page3);
    const both3 = page3.data.filter((one) => one.id === loan.id || one.id === loan2.id);
    bed.ok("created at, the smaller first", both3.length < 2 || both3[0]!.createdAt < both3[1]!.createdAt);
    const page4 = await api.functional.loans.list(reader.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageILoan_ISummary(page4);
    const both4 = page4.data.filter((one) => one.id === loan.id || one.id === loan2.id);
    bed.ok("created at, the larger first", both4.length < 2 || both4[0]!.createdAt > both4[1]!.createdAt);
    const page5 = await api.functional.loans.list(reader.connection, { query: { sort: "updatedAt", limit: 100 } });
    shape.IPageILoan_ISummary(page5);
    const both5 = page5.data.filter((one) => one.id === loan.id || one.id === loan2.id);
    bed.ok("updated at, the smaller first", both5.length < 2 || both5[0]!.updatedAt < both5[1]!.updatedAt);
    const page6 = await api.functional.loans.list(reader.connection, { query: { sort: "-updatedAt", limit: 100 } });
    shape.IPageILoan_ISummary(page6);
    const both6 = page6.data.filter((one) => one.id === loan.id || one.id === loan2.id);
    bed.ok("updated at, the larger first", both6.length < 2 || both6[0]!.updatedAt > both6[1]!.updatedAt);
  },
);

scenario(
  {
    name: "loans.list.finds",
    title: "a loan is found by what it holds, and not by what it does not",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const reader = await bed.account("reader");
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
    const loan = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan);
    const page = await api.functional.loans.list(reader.connection, {
      query: { sort: "-createdAt", limit: 100, status: "active" },
    });
    shape.IPageILoan_ISummary(page);
    bed.ok(
      "found by status",
      page.data.some((one) => one.id === loan.id),
    );
    const page2 = await api.functional.loans.list(reader.connection, {
      query: { sort: "-createdAt", limit: 100, status: "returned" },
    });
    shape.IPageILoan_ISummary(page2);
    bed.ok("not found by another status", !page2.data.some((one) => one.id === loan.id));
    bed.ok(
      "what is not found is not counted",
      page2.data.length === 100 || page2.pagination.records === page2.data.length,
    );
    const page3 = await api.functional.loans.list(reader.connection, {
      query: { sort: "-createdAt", limit: 100, borrowerId: reader.id },
    });
    shape.IPageILoan_ISummary(page3);
    bed.ok(
      "found by borrower id",
      page3.data.some((one) => one.id === loan.id),
    );
    const page4 = await api.functional.loans.list(reader.connection, {
      query: { sort: "-createdAt", limit: 100, borrowerId: random.format("uuid") },
    });
    shape.IPageILoan_ISummary(page4);
    bed.equals("nothing by another borrower id", page4.pagination.records, 0);
    const page5 = await api.functional.loans.list(reader.connection, {
      query: { sort: "-createdAt", limit: 100, copyId: copy.id },
    });
    shape.IPageILoan_ISummary(page5);
    bed.ok(
      "found by copy id",
      page5.data.some((one) => one.id === loan.id),
    );
    const page6 = await api.functional.loans.list(reader.connection, {
      query: { sort: "-createdAt", limit: 100, copyId: random.format("uuid") },
    });
    shape.IPageILoan_ISummary(page6);
    bed.equals("nothing by another copy id", page6.pagination.records, 0);
  },
);

scenario(
  { name: "loans.list.strangers", title: "nobody without a token gets through", requirements: [], rules: [] },
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
    await bed.refused(401, () => api.functional.loans.list(bed.anonymous, { query: {} }));
  },
);

scenario(
  {
    name: "loans.list.foreign.reader",
    title: "another reader does not get through to a loan",
    requirements: ["lending.R1", "lending.R3"],
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
    const own = await api.functional.loans.list(reader.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageILoan_ISummary(own);
    bed.ok(
      "the owner finds it",
      own.data.some((one) => one.id === loan.id),
    );
    const reader2 = await bed.account("reader");
    const other = await api.functional.loans.list(reader2.connection, { query: { sort: "-createdAt", limit: 100 } });
    shape.IPageILoan_ISummary(other);
    bed.ok("the other does not", !other.data.some((one) => one.id === loan.id));
  },
);

scenario(
  { name: "loans.list.window", title: "a page of loan rows has a length that can be had", requirements: [], rules: [] },
  async (bed) => {
    const reader = await bed.account("reader");
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { page: 1000001 } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { page: 0 } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { page: -1 } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { page: NaN } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { limit: 101 } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { limit: 0 } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { limit: -1 } }));
    await bed.refused(400, () => api.functional.loans.list(reader.connection, { query: { limit: NaN } }));
  },
);

scenario(
  {
    name: "loans.list.injected",
    title: "a query of loan rows is taken for words, not for a language",
    requirements: [],
    rules: [],
  },
  async (bed) => {
    const reader = await bed.account("reader");
    await bed.refused(400, () =>
      api.functional.loans.list(reader.connection, { query: bed.forge({}, { sort: "' OR 1=1 --" }) }),
    );
    await bed.refused(400, () =>
      api.functional.loans.list(reader.connection, { query: bed.forge({}, { status: "' OR 1=1 --" }) }),
    );
    await bed.refused(400, () =>
      api.functional.loans.list(reader.connection, { query: bed.forge({}, { borrowerId: "' OR 1=1 --" }) }),
    );
    await bed.refused(400, () =>
      api.functional.loans.list(reader.connection, { query: bed.forge({}, { copyId: "' OR 1=1 --" }) }),
    );
  },
);

scenario(
  { name: "loans.list.filtered.reader", title: "no filter opens rows of another reader", requirements: [], rules: [] },
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
    const reader2 = await bed.account("reader");
    const page = await api.functional.loans.list(reader2.connection, {
      query: { sort: "-createdAt", limit: 100, borrowerId: reader.id },
    });
    shape.IPageILoan_ISummary(page);
    bed.ok("nothing by borrower id", !page.data.some((one) => one.id === loan.id));
    const page2 = await api.functional.loans.list(reader2.connection, {
      query: { sort: "-createdAt", limit: 100, copyId: copy.id },
    });
    shape.IPageILoan_ISummary(page2);
    bed.ok("nothing by copy id", !page2.data.some((one) => one.id === loan.id));
  },
);

scenario(
  { name: "loans.at.by.reader", title: "a reader reads a loan", requirements: ["lending.R1", "lending.R3"], rules: [] },
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
    const read = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(read);
    bed.equals("what is read is what was created", read, loan);
  },
);

scenario(
  { name: "loans.at.by.librarian", title: "a librarian reads a loan", requirements: ["lending.R2"], rules: [] },
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
    const read = await api.functional.loans.at(librarian.connection, { loanId: loan.id });
    shape.ILoan(read);
    bed.equals("what is read is what was created", read, loan);
  },
);

scenario(
  { name: "loans.at.strangers", title: "nobody without a token gets through", requirements: [], rules: [] },
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
    await bed.refused(401, () => api.functional.loans.at(bed.anonymous, { loanId: loan.id }));
  },
);

scenario(
  {
    name: "loans.at.foreign.reader",
    title: "another reader does not get through to a loan",
    requirements: ["lending.R1", "lending.R3"],
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
    shape.ILoan(await api.functional.loans.at(reader.connection, { loanId: loan.id }));
    const reader2 = await bed.account("reader");
    const hidden = await bed.refused(404, () => api.functional.loans.at(reader2.connection, { loanId: loan.id }));
    const missing = await bed.refused(404, () =>
      api.functional.loans.at(reader2.connection, { loanId: random.format("uuid") }),
    );
    bed.alike("a row of somebody else and none", hidden, missing);
  },
);

scenario(
  { name: "loans.at.missing", title: "a loan that is not there is not found", requirements: [], rules: [] },
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
      404,
      () => api.functional.loans.at(reader.connection, { loanId: random.format("uuid") }),
      "LOAN_NOT_FOUND",
    );
    await bed.refused(400, () => api.functional.loans.at(reader.connection, { loanId: "no-key-at-all" }));
  },
);

scenario(
  {
    name: "loans.create.by.reader",
    title: "a reader creates a loan and finds in it what was written",
    requirements: ["lending.R1", "lending.R3", "lending.R2"],
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
    const body = { loanNotes: [{ body: "Body 1" }], copyId: copy.id } satisfies ILoan.ICreate;
    const reader = await bed.account("reader");
    const created = await api.functional.loans.create(reader.connection, { body });
    shape.ILoan(created);
    bed.equals("price", created.price, copy.price);
    bed.equals("returned at is not yet", created.returnedAt, null);
    bed.equals("status", created.status, "active");
    bed.equals("borrower", created.borrower.id, reader.id);
    bed.equals("copy", created.copy.id, copy.id);
    const again = await api.functional.loans.at(reader.connection, { loanId: created.id });
    shape.ILoan(again);
    bed.equals("what is read is what was created", again, created);
  },
);

scenario(
  {
    name: "loans.create.strangers",
    title: "nobody without a token gets through, and a librarian neither",
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
      api.functional.loans.create(bed.anonymous, { body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id } }),
    );
    await bed.refused(403, () =>
      api.functional.loans.create(librarian.connection, { body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id } }),
    );
  },
);

scenario(
  {
    name: "loans.create.invalid",
    title: "a loan with a value out of bounds is refused",
    requirements: ["lending.R3"],
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
    await bed.refused(400, () =>
      api.functional.loans.create(reader.connection, {
        body: { copyId: copy.id, loanNotes: [{ body: random.string({ minLength: 2001, maxLength: 2001 }) }] },
      }),
    );
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
  },
);

scenario(
  {
    name: "loans.create.refused.limit",
    title: "it is refused when this holds: A reader has at most five loans.",
    requirements: ["lending.R4"],
    rules: ["Loan.fiveAtMost"],
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
    for (let count = 0; count < 4; ++count) {
      shape.ILoan(
        await api.functional.loans.create(reader.connection, {
          body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
        }),
      );
    }
    await bed.refused(
      422,
      () =>
        api.functional.loans.create(reader.connection, { body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id } }),
      "FIVE_AT_MOST",
    );
    const reader2 = await bed.account("reader");
    shape.ILoan(
      await api.functional.loans.create(reader2.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
  },
);

scenario(
  {
    name: "loans.create.forged",
    title: "whoever creates a loan decides nothing that the server decides",
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
    const body = { loanNotes: [{ body: "Body 1" }], copyId: copy.id } satisfies ILoan.ICreate;
    const reader2 = await bed.account("reader");
    const forged = {
      id: random.format("uuid"),
      due: "2001-02-03",
      price: "7919",
      returnedAt: "2001-02-03T04:05:06.000Z",
      status: "lost",
      createdAt: "2001-02-03T04:05:06.000Z",
      updatedAt: "2001-02-03T04:05:06.000Z",
      borrowerId: reader2.id,
    };
    const reader = await bed.account("reader");
    const created = await api.functional.loans.create(reader.connection, { body: bed.forge(body, forged) });
    shape.ILoan(created);
    bed.differs("id is not what was sent", created.id, forged.id);
    bed.differs("due is not what was sent", created.due, forged.due);
    bed.differs("price is not what was sent", created.price, forged.price);
    bed.differs("returned at is not what was sent", created.returnedAt, forged.returnedAt);
    bed.differs("status is not what was sent", created.status, forged.status);
    bed.differs("created at is not what was sent", created.createdAt, forged.createdAt);
    bed.differs("updated at is not what was sent", created.updatedAt, forged.updatedAt);
    bed.differs("borrower id is not what was sent", created.borrower.id, forged.borrowerId);
  },
);

scenario(
  {
    name: "loans.create.race",
    title: "of several loan rows made at once one takes the last place",
    requirements: ["lending.R4"],
    rules: ["Loan.fiveAtMost"],
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
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
    await bed.race(
      1,
      422,
      [
        () =>
          api.functional.loans.create(reader.connection, {
            body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
          }),
        () =>
          api.functional.loans.create(reader.connection, {
            body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
          }),
        () =>
          api.functional.loans.create(reader.connection, {
            body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
          }),
        () =>
          api.functional.loans.create(reader.connection, {
            body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
          }),
      ],
      "FIVE_AT_MOST",
    );
  },
);

scenario(
  {
    name: "loans.create.nowhere",
    title: "a loan refers to nothing that is not there (copy)",
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
    await bed.refused(
      404,
      () =>
        api.functional.loans.create(reader.connection, {
          body: { loanNotes: [{ body: "Body 1" }], copyId: random.format("uuid") },
        }),
      "COPY_NOT_FOUND",
    );
    shape.ILoan(
      await api.functional.loans.create(reader.connection, {
        body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
      }),
    );
  },
);

scenario(
  {
    name: "loans.update.by.reader",
    title: "a reader changes a loan, and it stays changed",
    requirements: ["lending.R1", "lending.R3"],
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
    const body = { loanNotes: [{ body: "Body 2" }] } satisfies ILoan.IUpdate;
    bed.clock.shift(1000);
    const changed = await api.functional.loans.update(reader.connection, { loanId: loan.id, body });
    shape.ILoan(changed);
    bed.differs("it says that it was changed", changed.updatedAt, loan.updatedAt);
    bed.equals("key", changed.id, loan.id);
    bed.equals("loan notes", changed.loanNotes.length, 1);
    const again = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(again);
    bed.equals("the change stays", again, changed);
  },
);

scenario(
  {
    name: "loans.update.strangers",
    title: "nobody without a token gets through, and a librarian neither",
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
    await bed.refused(401, () => api.functional.loans.update(bed.anonymous, { loanId: loan.id, body: {} }));
    await bed.refused(403, () => api.functional.loans.update(librarian.connection, { loanId: loan.id, body: {} }));
  },
);

scenario(
  {
    name: "loans.update.foreign.reader",
    title: "another reader does not get through to a loan",
    requirements: ["lending.R1", "lending.R3"],
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
    const before = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(before);
    const reader2 = await bed.account("reader");
    const hidden = await bed.refused(404, () =>
      api.functional.loans.update(reader2.connection, { loanId: loan.id, body: {} }),
    );
    const missing = await bed.refused(404, () =>
      api.functional.loans.update(reader2.connection, { loanId: random.format("uuid"), body: {} }),
    );
    bed.alike("a row of somebody else and none", hidden, missing);
    const after = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(after);
    bed.equals("nothing changed", after, before);
  },
);

scenario(
  { name: "loans.update.missing", title: "a loan that is not there is not found", requirements: [], rules: [] },
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
      404,
      () => api.functional.loans.update(reader.connection, { loanId: random.format("uuid"), body: {} }),
      "LOAN_NOT_FOUND",
    );
    await bed.refused(400, () => api.functional.loans.update(reader.connection, { loanId: "no-key-at-all", body: {} }));
  },
);

scenario(
  {
    name: "loans.update.forged",
    title: "whoever changes a loan changes nothing that the server decides",
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
    const reader2 = await bed.account("reader");
    const copy2 = await api.functional.books.copies.create(librarian.connection, {
      bookId: book.id,
      body: { shelf: "Shelf 1", condition: "fresh", price: "0.5" },
    });
    shape.ICopy(copy2);
    const forged = {
      id: random.format("uuid"),
      due: "2001-02-03",
      price: "7919",
      returnedAt: "2001-02-03T04:05:06.000Z",
      status: "lost",
      createdAt: "2001-02-03T04:05:06.000Z",
      updatedAt: "2001-02-03T04:05:06.000Z",
      borrowerId: reader2.id,
      copyId: copy2.id,
    };
    const before = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(before);
    const changed = await api.functional.loans.update(reader.connection, {
      loanId: loan.id,
      body: bed.forge({}, forged),
    });
    shape.ILoan(changed);
    bed.differs("id is not what was sent", changed.id, forged.id);
    bed.differs("due is not what was sent", changed.due, forged.due);
    bed.differs("price is not what was sent", changed.price, forged.price);
    bed.differs("returned at is not what was sent", changed.returnedAt, forged.returnedAt);
    bed.differs("status is not what was sent", changed.status, forged.status);
    bed.differs("created at is not what was sent", changed.createdAt, forged.createdAt);
    bed.differs("updated at is not what was sent", changed.updatedAt, forged.updatedAt);
    bed.differs("borrower id is not what was sent", changed.borrower.id, forged.borrowerId);
    bed.differs("copy id is not what was sent", changed.copy.id, forged.copyId);
    const after = await api.functional.loans.at(reader.connection, { loanId: loan.id });
    shape.ILoan(after);
    bed.equals("id stays", after.id, before.id);
    bed.equals("price stays", after.price, before.price);
    bed.equals("returned at stays", after.returnedAt, before.returnedAt);
    bed.equals("status stays", after.status, before.status);
    bed.equals("created at stays", after.createdAt, before.createdAt);
    bed.equals("borrower id stays", after.borrower.id, before.borrower.id);
    bed.equals("copy id stays", after.copy.id, before.copy.id);
  },
);

scenario(
  {
    name: "loans.giveBack.by.librarian",
    title: "a librarian brings a loan to returned",
    requirements: ["lending.R2"],
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
    bed.clock.shift(1000);
    const after = await api.functional.loans.giveBack(librarian.connection, { loanId: loan.id });
    shape.ILoan(after);
    bed.differs("it says that it was changed", after.updatedAt, loan.updatedAt);
    bed.equals("status", after.status, "returned");
    bed.differs("returned at is set", after.returnedAt, null);
    const again = await api.functional.loans.at(librarian.connection, { loanId: loan.id });
    shape.ILoan(again);
    bed.equals("the change stays", again, after);
  },
);

scenario(
  { name: "loans.giveBack.neighbours", title: "another loan stays as it is", requirements: [], rules: [] },
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
    const loan2 = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan2);
    const before = await api.functional.loans.at(librarian.connection, { loanId: loan2.id });
    shape.ILoan(before);
    shape.ILoan(await api.functional.loans.giveBack(librarian.connection, { loanId: loan.id }));
    const after = await api.functional.loans.at(librarian.connection, { loanId: loan2.id });
    shape.ILoan(after);
    bed.equals("status is as it was", after.status, before.status);
    bed.equals("price is as it was", after.price, before.price);
    bed.equals("returned at is as it was", after.returnedAt, before.returnedAt);
    bed.equals("created at is as it was", after.createdAt, before.createdAt);
    bed.equals("updated at is as it was", after.updatedAt, before.updatedAt);
  },
);

scenario(
  {
    name: "loans.giveBack.strangers",
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
    const reader = await bed.account("reader");
    const loan = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan);
    await bed.refused(401, () => api.functional.loans.giveBack(bed.anonymous, { loanId: loan.id }));
    await bed.refused(403, () => api.functional.loans.giveBack(reader.connection, { loanId: loan.id }));
  },
);

scenario(
  { name: "loans.giveBack.missing", title: "a loan that is not there is not found", requirements: [], rules: [] },
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
      404,
      () => api.functional.loans.giveBack(librarian.connection, { loanId: random.format("uuid") }),
      "LOAN_NOT_FOUND",
    );
    await bed.refused(400, () => api.functional.loans.giveBack(librarian.connection, { loanId: "no-key-at-all" }));
  },
);

scenario(
  {
    name: "loans.giveBack.refused.state",
    title: "it is refused when this holds: The loan is not active.",
    requirements: ["lending.R2"],
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
    shape.ILoan(await api.functional.loans.giveBack(librarian.connection, { loanId: loan.id }));
    await bed.refused(
      409,
      () => api.functional.loans.giveBack(librarian.connection, { loanId: loan.id }),
      "LOAN_STATE",
    );
    const still = await api.functional.loans.at(librarian.connection, { loanId: loan.id });
    shape.ILoan(still);
    bed.equals("the state stays", still.status, "returned");
  },
);

scenario(
  {
    name: "loans.declareLost.by.librarian",
    title: "a librarian brings a loan to lost",
    requirements: ["lending.R2"],
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
    bed.clock.shift(1000);
    const after = await api.functional.loans.declareLost(librarian.connection, { loanId: loan.id });
    shape.ILoan(after);
    bed.differs("it says that it was changed", after.updatedAt, loan.updatedAt);
    bed.equals("status", after.status, "lost");
    const again = await api.functional.loans.at(librarian.connection, { loanId: loan.id });
    shape.ILoan(again);
    bed.equals("the change stays", again, after);
  },
);

scenario(
  { name: "loans.declareLost.neighbours", title: "another loan stays as it is", requirements: [], rules: [] },
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
    const loan2 = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan2);
    const before = await api.functional.loans.at(librarian.connection, { loanId: loan2.id });
    shape.ILoan(before);
    shape.ILoan(await api.functional.loans.declareLost(librarian.connection, { loanId: loan.id }));
    const after = await api.functional.loans.at(librarian.connection, { loanId: loan2.id });
    shape.ILoan(after);
    bed.equals("status is as it was", after.status, before.status);
    bed.equals("price is as it was", after.price, before.price);
    bed.equals("returned at is as it was", after.returnedAt, before.returnedAt);
    bed.equals("created at is as it was", after.createdAt, before.createdAt);
    bed.equals("updated at is as it was", after.updatedAt, before.updatedAt);
  },
);

scenario(
  {
    name: "loans.declareLost.strangers",
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
    const reader = await bed.account("reader");
    const loan = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan);
    await bed.refused(401, () => api.functional.loans.declareLost(bed.anonymous, { loanId: loan.id }));
    await bed.refused(403, () => api.functional.loans.declareLost(reader.connection, { loanId: loan.id }));
  },
);

scenario(
  { name: "loans.declareLost.missing", title: "a loan that is not there is not found", requirements: [], rules: [] },
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
      404,
      () => api.functional.loans.declareLost(librarian.connection, { loanId: random.format("uuid") }),
      "LOAN_NOT_FOUND",
    );
    await bed.refused(400, () => api.functional.loans.declareLost(librarian.connection, { loanId: "no-key-at-all" }));
  },
);

scenario(
  {
    name: "loans.declareLost.refused.state",
    title: "it is refused when this holds: The loan is not active.",
    requirements: ["lending.R2"],
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
    shape.ILoan(await api.functional.loans.declareLost(librarian.connection, { loanId: loan.id }));
    await bed.refused(
      409,
      () => api.functional.loans.declareLost(librarian.connection, { loanId: loan.id }),
      "LOAN_STATE",
    );
    const still = await api.functional.loans.at(librarian.connection, { loanId: loan.id });
    shape.ILoan(still);
    bed.equals("the state stays", still.status, "lost");
  },
);

scenario(
  {
    name: "loans.extendAll.strangers",
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
    const reader = await bed.account("reader");
    const loan = await api.functional.loans.create(reader.connection, {
      body: { loanNotes: [{ body: "Body 1" }], copyId: copy.id },
    });
    shape.ILoan(loan);
    await bed.refused(401, () => api.functional.loans.extendAll(bed.anonymous, { loanId: loan.id }));
    await bed.refused(403, () => api.functional.loans.extendAll(reader.connection, { loanId: loan.id }));
  },
);

scenario(
  { name: "loans.extendAll.missing", title: "a loan that is not there is not found", requirements: [], rules: [] },
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
      404,
      () => api.functional.loans.extendAll(librarian.connection, { loanId: random.format("uuid") }),
      "LOAN_NOT_FOUND",
    );
    await bed.refused(400, () => api.functional.loans.extendAll(librarian.connection, { loanId: "no-key-at-all" }));
  },
);
