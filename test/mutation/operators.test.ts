/** Each kind of fault on a small text: what it makes of it, and what it leaves alone. */
import { describe, expect, it } from "vitest";
import { mutantsOf, mutantsOfFile } from "../../src/gate/mutation/mutants.js";

const PATH = "src/providers/NoteProvider.ts";

/** The mutants of one kind, as texts on one line. */
const mutants = (operator: string, text: string, path = PATH): string[] =>
  mutantsOfFile(path, text)
    .filter((one) => one.operator === operator)
    .map((one) => one.files[path]!.replaceAll(/\s+/g, " "));

const CASES: { operator: string; of: string; given: string; wanted: string[] }[] = [
  {
    operator: "drop guard",
    of: "a condition that refuses",
    given: "if (count === 0) throw refusal(409, 'STATE', '');",
    wanted: ["{}"],
  },
  {
    operator: "drop guard",
    of: "a row that may be missing: what follows claims it",
    given: "if (row === null) throw refusal(404, 'NONE', ''); use(row.id, row); const other = { row };",
    wanted: ["{} use(row!.id, row!); const other = { row };"],
  },
  {
    operator: "drop guard",
    of: "the caller's own account, which its session would not outlive",
    given:
      "{ const row = await a.findUnique({ where: { id: props.caller.id } }); if (row === null) throw refusal(401, 'GONE', ''); }",
    wanted: [],
  },
  {
    operator: "wrong status",
    of: "the account of a session",
    given:
      "{ const { accountId, token } = await refreshSession('a', b); const row = await a.findUnique({ where: { id: accountId } }); if (row === null) throw refusal(401, 'GONE', ''); }",
    wanted: [],
  },
  {
    operator: "wrong status",
    of: "any other row",
    given:
      "{ const row = await a.findUnique({ where: { id: props.noteId } }); if (row === null) throw refusal(401, 'A', ''); }",
    wanted: [
      "{ const row = await a.findUnique({ where: { id: props.noteId } }); if (row === null) throw refusal(403, 'A', ''); }",
    ],
  },
  { operator: "drop guard", of: "a condition that only does something", given: "if (a) b();", wanted: [] },
  { operator: "drop guard", of: "a choice", given: "if (a) throw b; else c();", wanted: [] },
  {
    operator: "drop transaction",
    of: "two writes",
    given: "database.client.$transaction(async (tx) => { await tx.a.create({}); await tx.b.create({}); });",
    wanted: ["(async (tx) => { await tx.a.create({}); await tx.b.create({}); })(database.client);"],
  },
  {
    operator: "drop transaction",
    of: "a refusal after a write",
    given: "database.client.$transaction(async (tx) => { await tx.a.create({}); if (b) throw c; });",
    wanted: ["(async (tx) => { await tx.a.create({}); if (b) throw c; })(database.client);"],
  },
  {
    operator: "drop transaction",
    of: "one write, without which nothing is refused",
    given:
      "database.client.$transaction(async (tx) => { const { count } = await tx.a.updateMany({}); if (count === 0) throw c; });",
    wanted: [],
  },
  {
    operator: "drop effect",
    of: "a write whose answer nobody uses",
    given: "await tx.a.deleteMany({}); const b = await tx.b.create({}); await read(tx);",
    wanted: ["; const b = await tx.b.create({}); await read(tx);"],
  },
  {
    operator: "drop condition",
    of: "what an update of one row asks beside its key, for two callers at once",
    given: "tx.a.update({ where: { id: a, erasedAt: null }, data: { erasedAt: now } });",
    wanted: [],
  },
  {
    operator: "drop condition",
    of: "members of a query",
    given: "find({ where: { id: a, state: 'open' }, select: { id: true } });",
    wanted: [
      "find({ where: { state: 'open' }, select: { id: true } });",
      "find({ where: { id: a }, select: { id: true } });",
    ],
  },
  {
    operator: "drop condition",
    of: "a relation, by what is asked of it",
    given: "find({ where: { list: { name: a, open: { not: true } } } });",
    wanted: ["find({ where: { list: { open: { not: true } } } });", "find({ where: { list: { name: a } } });"],
  },
  {
    operator: "drop condition",
    of: "a conjunction, item by item",
    given: "const where: Prisma.NoteWhereInput = { AND: [{ a: 1 }, b ? {} : { c: 2 }] };",
    wanted: [
      "const where: Prisma.NoteWhereInput = { AND: [b ? {} : { c: 2 }] };",
      "const where: Prisma.NoteWhereInput = { AND: [{ a: 1 }] };",
      "const where: Prisma.NoteWhereInput = { AND: [{ a: 1 }, b ? {} : { }] };",
    ],
  },
  {
    operator: "drop condition",
    of: "what lets nobody through",
    given: "const f = (): Prisma.NoteWhereInput => { return { id: { in: [] } }; };",
    wanted: [],
  },
  { operator: "drop condition", of: "what is no query", given: "make({ data: { a: 1 } }); log({ b: 2 });", wanted: [] },
  {
    operator: "drop owner filter",
    of: "a scope",
    given: "const f = (caller: Caller): Prisma.NoteWhereInput => { return { list: { ownerId: caller.id } }; };",
    wanted: ["const f = (caller: Caller): Prisma.NoteWhereInput => { return { list: { } }; };"],
  },
  {
    operator: "drop owner filter",
    of: "a query that asks a scope",
    given: "find({ where: { AND: [{ id }, NoteScope.readable(props.caller)] } });",
    wanted: ["find({ where: { AND: [{ id }] } });"],
  },
  {
    operator: "drop paging",
    of: "a page",
    given: "findMany({ where, skip: a, take: b });",
    wanted: ["findMany({ where, take: b });", "findMany({ where, skip: a });"],
  },
  {
    operator: "drop paging",
    of: "the count beside a page, though not that of a guard",
    given: "all([a.count({ where }), a.findMany({ where })]); if (a.count({ where }) === 0) b();",
    wanted: ["all([a.count(), a.findMany({ where })]); if (a.count({ where }) === 0) b();"],
  },
  {
    operator: "flip comparison",
    of: "equality",
    given: "const a = b === c || d != e;",
    wanted: ["const a = b !== c || d != e;", "const a = b === c || d == e;"],
  },
  {
    operator: "shift boundary",
    of: "an order of numbers, decimals, and in a query, but for the very moment",
    given: "if (a >= 5 || b.lt(c)) f({ where: { due: { gt: d } } }, { where: { due: { gt: clock.now() } } });",
    wanted: [
      "if (a > 5 || b.lt(c)) f({ where: { due: { gt: d } } }, { where: { due: { gt: clock.now() } } });",
      "if (a >= 4 || b.lt(c)) f({ where: { due: { gt: d } } }, { where: { due: { gt: clock.now() } } });",
      "if (a >= 5 || b.lte(c)) f({ where: { due: { gt: d } } }, { where: { due: { gt: clock.now() } } });",
      "if (a >= 5 || b.lt(c)) f({ where: { due: { gte: d } } }, { where: { due: { gt: clock.now() } } });",
    ],
  },
  {
    operator: "wrong status",
    of: "a refusal",
    given: "throw refusal(409, 'A', 'b'); other(409);",
    wanted: ["throw refusal(422, 'A', 'b'); other(409);"],
  },
  {
    operator: "drop write",
    of: "columns",
    given: "update({ where: { id }, data: { id: a, state: 'done', doneAt: now } });",
    wanted: [
      "update({ where: { id }, data: { id: a, doneAt: now } });",
      "update({ where: { id }, data: { id: a, state: 'done' } });",
    ],
  },
  {
    operator: "drop write",
    of: "a collector",
    given: "const f = () => ({ id: a, name: b }) satisfies Prisma.NoteUncheckedCreateInput;",
    wanted: ["const f = () => ({ id: a }) satisfies Prisma.NoteUncheckedCreateInput;"],
  },
  {
    operator: "wrong literal",
    of: "a state that has another one in the file, and a flag",
    given: "f({ where: { state: 'open' }, data: { state: 'done', seen: true } }); log({ state: 'x' });",
    wanted: [
      "f({ where: { state: \"done\" }, data: { state: 'done', seen: true } }); log({ state: 'x' });",
      "f({ where: { state: 'open' }, data: { state: \"open\", seen: true } }); log({ state: 'x' });",
      "f({ where: { state: 'open' }, data: { state: 'done', seen: false } }); log({ state: 'x' });",
    ],
  },
  {
    operator: "reverse order",
    of: "an order, but not of what breaks its ties",
    given: 'const ORDERS = { name: [{ name: "asc" }, { id: "asc" }] };',
    wanted: ['const ORDERS = { name: [{ name: "desc" }, { id: "asc" }] };'],
  },
];

describe("a fault", () => {
  it.each(CASES)("$operator of $of", ({ operator, given, wanted }) => {
    expect(mutants(operator, given)).toEqual(wanted);
  });

  it("says where it is, what it is and in which function", () => {
    const text = [
      "export namespace NoteProvider {",
      "  export const at = async () => {",
      "    if (row === null) throw refusal(404);",
      "  };",
      "}",
    ].join("\n");
    expect(mutantsOfFile(PATH, text).find((one) => one.operator === "drop guard")).toMatchObject({
      file: PATH,
      line: 3,
      description: "without the guard: if (row === null) throw refusal(404);",
      members: ["NoteProvider.at"],
    });
  });
});

describe("the mutants of a project", () => {
  const scope = `export namespace NoteScope {
    export const readable = (caller: Caller): Prisma.NoteWhereInput => ({ ownerId: caller.id });
    export const located = (caller: Caller): Prisma.NoteWhereInput => ({ AND: [{ a: 1 }, readable(caller)] });
    export const erasable = (caller: Caller): Prisma.NoteWhereInput => ({ ownerId: caller.id });
    export const again = (caller: Caller): Prisma.NoteWhereInput => erasable(caller);
  }`;
  const provider =
    "export namespace NoteProvider { export const at = () => find({ where: NoteScope.located(caller) }); }";

  it("leave alone what nothing comes to", () => {
    const files = {
      "src/scopes/NoteScope.ts": scope,
      "src/providers/NoteProvider.ts": provider,
      "src/controllers/NotesController.ts": "class NotesController { at() { return NoteProvider.at(); } }",
    };
    expect([...new Set(mutantsOf(files).flatMap(({ members }) => members))]).toEqual([
      "NoteScope.readable",
      "NoteScope.located",
    ]);
  });

  it("leave alone that a query asks a scope which lets everybody through", () => {
    const asking = (answer: string) =>
      mutantsOf({
        "src/scopes/NoteScope.ts": `export namespace NoteScope {
          export const readable = (caller: Caller): Prisma.NoteWhereInput => {
            switch (caller.actor) { case "member": return {}; default: return ${answer}; }
          };
        }`,
        [PATH]: "find({ where: { AND: [{ id: a }, NoteScope.readable(caller)] } });",
      }).map(({ description }) => description);
    expect(asking("{}")).toEqual(["without the condition: { id: a }"]);
    expect(asking("{ id: { in: [] } }")).toEqual([
      "without the condition: { id: a }",
      "without the condition: NoteScope.readable(caller)",
    ]);
  });

  it("leave it alone where all who may call the route are let through, and only there", () => {
    const asking = (authorized: string, given = "caller") =>
      mutantsOf({
        "src/scopes/NoteScope.ts": `export namespace NoteScope {
          export const readable = (caller: Caller | null): Prisma.NoteWhereInput => {
            switch (caller?.actor) {
              case "member":
              case "admin": return {};
              case "editor": return { editorId: caller.id };
              default: return { id: { in: [] } };
            }
          };
        }`,
        [PATH]: `export namespace NoteProvider {
          export const at = () => find({ where: { AND: [{ id: a }, NoteScope.readable(${given})] } });
        }`,
        "src/controllers/NotesController.ts": `class NotesController {
          ${authorized} @TypedRoute.Get() public async at() { return NoteProvider.at(); }
        }`,
      }).filter(({ description, file }) => description.includes("NoteScope") && file === PATH).length;
    expect(asking('@Authorize("member")')).toBe(0);
    expect(asking('@Authorize("member", "admin")')).toBe(0);
    expect(asking('@Authorize("member", "editor")')).toBe(1);
    expect(asking('@Authorize("member", "guest")')).toBe(1);
    expect(asking('@Authorize("member", "visitor")')).toBe(1);
    expect(asking('@Authorize("member")', "null")).toBe(1);
    expect(asking("")).toBe(1);
  });

  it("lie where rules of the service are held, and nowhere else", () => {
    const text = "if (a) throw refusal(409);";
    const paths = [
      "src/error-filter.ts",
      "src/controllers/NotesController.ts",
      PATH,
      "src/collectors/NoteCollector.ts",
    ];
    const files = Object.fromEntries(paths.map((path) => [path, text]));
    expect([...new Set(mutantsOf(files).map(({ file }) => file))]).toEqual([PATH, "src/collectors/NoteCollector.ts"]);
  });
});
