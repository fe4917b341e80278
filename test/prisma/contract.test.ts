/** What the contract makes of an adopted schema: keys of every kind, secrets, ages, and what is said to have changed. */
import { expect, it } from "vitest";
import { modelNamed } from "../../src/phases/2-database/ast.js";
import { printSql } from "../../src/phases/2-database/sql.js";
import { deriveProject } from "../fuzz/project.js";
import { adoptText, NAMES, schemaText } from "./schemas.js";

const projectOf = (name: string) => {
  const { analyze, database } = adoptText(schemaText(name), name);
  return deriveProject(analyze, undefined, database);
};
const propertiesOf = ({ document }: ReturnType<typeof projectOf>, name: string) => {
  const schema = document.components.schemas[name];
  return schema !== undefined && "properties" in schema ? schema.properties : {};
};

it("has keys of the kinds that the tables have", () => {
  const project = projectOf("odd");
  expect(["Users", "BlogPosts", "Tag", "HTTPLog"].map((name) => propertiesOf(project, `I${name}`)["id"])).toMatchObject(
    [
      { type: "integer", maximum: 2147483647 },
      { type: "string", pattern: "^[0-9]{1,18}$" },
      { type: "string", format: "uuid" },
      { type: "string", minLength: 1 },
    ],
  );
  expect(propertiesOf(project, "IBlogPosts.ICreate")).toMatchObject({
    new_user: { oneOf: [{ type: "integer" }, { type: "null" }] },
    tagIds: { type: "array", items: { type: "string", format: "uuid" } },
  });
});

it("takes the key from whoever makes the row where nobody else makes one, and no more than its column holds", () => {
  const project = projectOf("odd");
  expect(propertiesOf(project, "ICountry.ICreate")["id"]).toMatchObject({ type: "string", minLength: 2, maxLength: 2 });
  expect(propertiesOf(project, "IGauge.ICreate")["id"]).toMatchObject({ type: "integer", maximum: 32767 });
  for (const name of ["ICountry.IUpdate", "IProbe.ICreate", "ISeat.ICreate", "IBanner.ICreate"])
    expect(Object.keys(propertiesOf(project, name))).not.toContain("id");
  const refusals = project.document.operations.find((one) => one.name === "countries.create")!.refusals;
  expect(refusals.map((one) => one.provoke)).toContainEqual({ kind: "repeat", members: ["id"] });
});

it("gives a key to what has one of several columns, or one that refers; these stay unique", () => {
  const { database } = projectOf("odd");
  const [seat, banner] = ["Seat", "Banner"].map((name) => modelNamed(database, name)!);
  expect(seat!.primaryField).toMatchObject({ type: "uuid" });
  expect(seat!.uniqueIndexes.map((one) => one.fieldNames)).toEqual([["country_code", "number"]]);
  expect(banner!.primaryField).toMatchObject({ type: "uuid" });
  expect(banner!.foreignFields).toMatchObject([{ name: "country_code", unique: true, nullable: false }]);
});

it("takes a time of day to the second", () => {
  const project = projectOf("odd");
  const { opens, closes } = propertiesOf(project, "ICountry");
  const pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$";
  expect(opens).toMatchObject({ type: "string", pattern });
  expect(closes).toMatchObject({ oneOf: [{ pattern }, { type: "null" }] });
  expect(modelNamed(project.database, "Country")!.plainFields.find((one) => one.name === "opens")!.default).toBe(
    "08:15:00",
  );
});

it("takes bytes as base64, and shows them where a row is shown whole", () => {
  const project = projectOf("odd");
  const { seal, mark } = propertiesOf(project, "IGauge.ICreate");
  const { pattern } = seal as { pattern: string };
  expect(mark).toMatchObject({ oneOf: [{ pattern, maxLength: 65536 }, { type: "null" }] });
  for (const bytes of ["", "a", "ab", "abc", "abcd"]) expect(btoa(bytes)).toMatch(new RegExp(pattern));
  for (const text of ["YQ", "YQ=", "Y===", "YWJj\n", "YW-_"]) expect(text).not.toMatch(new RegExp(pattern));
  expect(Object.keys(propertiesOf(project, "IGauge.ISummary"))).not.toContain("seal");
});

it("shows every unique broken, and each reference that keeps a row from being erased", () => {
  for (const name of NAMES) {
    const { document, test } = projectOf(name);
    const shown = new Set(test.functions.map((one) => one.name));
    for (const operation of document.operations)
      for (const kind of ["repeat", "referenced"] as const) {
        const told = operation.refusals.filter(({ provoke }) => provoke?.kind === kind);
        const aspects = told.map((_, index) => (told.length === 1 ? kind : `${kind}${index + 1}`));
        for (const aspect of aspects) expect([...shown]).toContain(`${operation.name}.refused.${aspect}`);
      }
  }
});

it("takes secrets and never shows them", () => {
  const project = projectOf("school");
  expect(Object.keys(propertiesOf(project, "IAdmin.ICreate"))).toContain("password");
  expect(Object.keys(propertiesOf(project, "IAdmin.IUpdate"))).toContain("password");
  for (const name of ["IAdmin", "IAdmin.ISummary"])
    expect(Object.keys(propertiesOf(project, name))).not.toContain("password");
});

it("lets two rows be without what is unique together, as Prisma does", () => {
  const lesson = modelNamed(projectOf("school").database, "Lesson")!;
  expect(lesson.uniqueIndexes).toEqual([
    { fieldNames: ["roomId", "startsAt"], rule: "Lesson.unique1", nulls: "distinct" },
  ]);
});

it("shows such a unique broken by rows that have all of it", () => {
  const { functions } = projectOf("school").test;
  const shown = functions.filter((one) => one.rules.includes("Lesson.unique1") && /refused/.test(one.name));
  expect(shown.map((one) => one.name)).toEqual(["lessons.create.refused.repeat", "lessons.update.refused.repeat"]);
  for (const { statements } of shown) {
    const made = statements.filter((one) => one.type === "apiOperateStatement" && one.operation === "lessons.create");
    for (const one of made.slice(0, 2))
      expect(JSON.stringify(statements.slice(0, statements.indexOf(one) + 1))).toContain('"name":"roomId"');
  }
});

it("refuses as a duplicate only what a caller can write", () => {
  const create = projectOf("odd").document.operations.find((one) => one.name === "blogPostsList.create")!;
  const repeated = create.refusals.flatMap(({ provoke }) => (provoke?.kind === "repeat" ? [provoke.members] : []));
  expect(repeated).toEqual([["idValue"], ["type", "new_user"]]);
});

it("sorts by the moment at which rows came to be, or by the key", () => {
  const sortOf = (name: string) => JSON.stringify(propertiesOf(projectOf("school"), `I${name}.IRequest`)["sort"]);
  expect(sortOf("Enrollment")).not.toContain('"-id"');
  expect(sortOf("Guardian")).toContain('"-id"');
});

it("has an administrator that no model of the schema is", () => {
  const actorsOf = (name: string) => projectOf(name).analyze.actors.map((actor) => actor.name);
  expect(["school", "odd"].map(actorsOf)).toEqual([["administrator"], ["operator"]]);
});

it("says all that is not as the schema has it", () => {
  expect(adoptText(schemaText("blog")).changes).toEqual([
    "Profile.settings takes a flat object of plain values; what is nested is refused.",
  ]);
  expect(adoptText(schemaText("odd")).changes).toEqual([
    "schema.prisma:110  note is ignored, as the schema says.",
    "users is called Users; its table stays users.",
    "users.user_id is called id; its column keeps its name.",
    "users.password_hash is written and never read again, as it is named like a secret.",
    "blog_posts is called BlogPosts; its table stays blog_posts.",
    "blog_posts.uid is called id; its column keeps its name.",
    "blog_posts.id is called idValue; its column keeps its name.",
    "blog_posts.page is called pageValue; its column keeps its name.",
    "blog_posts.constructor is called constructorValue; its column keeps its name.",
    "blog_posts.sort is called sortValue; its column keeps its name.",
    "blog_posts.object has no Gin index: add it by a migration.",
    "blog_posts.id takes exactly 3 characters: PostgreSQL pads shorter ones with blanks.",
    "blog_posts.object takes a flat object of plain values; what is nested is refused.",
    "blog_posts.list takes a flat object of plain values; what is nested is refused.",
    'blog_posts.list has no default any more: "[]" is none that can be carried.',
    "blog_posts.model has no default any more: 0.00001 is none that can be carried.",
    'blog_posts.word has no default any more: "old_word()" is the old database\'s.',
    "blog_posts.at is kept to the millisecond.",
    "blog_posts.tags has the columns A and B of its table _TagToblog_posts exchanged.",
    "Session is called SessionRecord; its table stays Session.",
    "country is called Country; its table stays country.",
    "country.code is called id; its column keeps its name.",
    "country.closes is Time instead of Timetz: a time of day without an offset.",
    "country.closes is kept to the second.",
    "seat is called Seat; its table stays seat.",
    "seat gets a key of its own, id; country_code and number are unique together.",
    "banner is called Banner; its table stays banner.",
    "banner gets a key of its own, id; country_code refers, and is unique.",
    "gauge is called Gauge; its table stays gauge.",
    "gauge.number is called id; its column keeps its name.",
    "gauge.seal takes up to 49,152 bytes, as base64.",
    "gauge.mark takes up to 49,152 bytes, as base64.",
    "probe is called Probe; its table stays probe.",
    "probe.serial is called id; its column keeps its name.",
    "probe.serial is made by the server: a random UUID.",
    "pair is called Pair; its table stays pair.",
    "pair gets a key of its own, id; first_id and second_id are unique together.",
  ]);
});

it("takes several values in one column as an array, which may be left out and is shown whole", () => {
  const project = projectOf("lists");
  const create = project.document.components.schemas["IBox.ICreate"];
  expect(create).toMatchObject({
    properties: {
      marks: { type: "array", items: { type: "integer" } },
      owners: { type: "array", items: { type: "string", format: "uuid" } },
      codes: { type: "array", items: { type: "string", maxLength: 10 } },
      kinds: { type: "array", items: { oneOf: [{ const: "small" }, { const: "big" }] } },
    },
    required: ["name"],
  });
  expect(Object.keys(propertiesOf(project, "IBox"))).toContain("rates");
  expect(Object.keys(propertiesOf(project, "IBox.ISummary"))).not.toContain("rates");
  const broken = project.test.functions.filter((one) => one.name.startsWith("boxes.create.invalid"));
  expect(JSON.stringify(broken)).toContain('"name":"owners","value":{"type":"arrayLiteralExpression"');
});

it("marks erased rows where the schema has a column for it, under the names that it has", () => {
  const { analyze, database, changes } = adoptText(schemaText("kept"), "kept");
  const marks = (name: string) =>
    modelNamed(database, name)!.plainFields.filter(({ source }) => source?.kind === "erase");
  expect(["Product", "Offer", "OrderLine", "Note"].map((name) => marks(name).map((one) => one.name))).toEqual([
    ["deletedAt"],
    ["deleted_at"],
    [],
    [],
  ]);
  expect(changes).toEqual([
    "Product.deletedAt is set when a row is erased: nothing finds such a row, and uniques pass over it.",
    "Offer.deleted_at is set when a row is erased: nothing finds such a row, and uniques pass over it.",
  ]);
  expect(printSql(database)).toContain('ON "Offer" ("product_id") WHERE "deleted_at" IS NULL;');
  expect(printSql(database)).toContain('ON "Product" ("code") WHERE "deletedAt" IS NULL;');
  const project = deriveProject(analyze, undefined, database);
  for (const name of ["IProduct", "IProduct.ICreate", "IOffer", "IOffer.IUpdate"])
    expect(
      Object.keys(propertiesOf(project, name)).filter((one) => /deleted/.test(one)),
      name,
    ).toEqual([]);
  const refusals = (name: string) =>
    project.document.operations.find((one) => one.name === name)!.refusals.map(({ code }) => code);
  expect([refusals("products.erase"), refusals("offers.create")]).toEqual([[], ["DUPLICATE"]]);
  expect(project.test.functions.map((one) => one.name)).toEqual(
    expect.arrayContaining([
      "products.erase.again",
      "products.erase.kept.orderLine.product",
      "offers.erase.again",
      "offers.erase.unlisted.administrator",
    ]),
  );
});

it("says that a schema of another database is one of PostgreSQL now", () => {
  const text =
    'datasource db {\n  provider = "sqlite"\n  url = "file:./dev.db"\n}\nmodel A {\n  id Int @id @default(autoincrement())\n}\n';
  expect(adoptText(text).changes).toEqual(["The database is PostgreSQL instead of sqlite."]);
});
