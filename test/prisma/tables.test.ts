/** The tables of an adopted schema are those that Prisma makes of the schema itself, but for what is said to change. */
import { describe, expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { adoptText, schemaText } from "./schemas.js";

/** Column by column, key by key and unique by unique, in an order of its own; without the tables of the administrator. */
const statementsOf = (sql: string): string[] => {
  const tables = [...sql.matchAll(/CREATE TABLE "([^"]+)" \(\n([\s\S]*?)\n\);/g)].flatMap(([, table, body]) =>
    body!.split("\n").flatMap((line) => (line.trim() === "" ? [] : [`${table}: ${line.trim().replace(/,$/, "")}`])),
  );
  const others = [...sql.matchAll(/^(CREATE TYPE|CREATE UNIQUE INDEX|ALTER TABLE).*;$/gm)].map(([line]) => line);
  return [...tables, ...others].filter((line) => !line.includes("shop_")).sort();
};

const original = (text: string): Promise<string> =>
  prismaCompiler.ddl({
    "schema.prisma": text.replace(/^generator[^}]*\}/gm, "").replace(/^\s*(url|relationMode)\s*=.*$/gm, ""),
  });

const adopted = async (text: string): Promise<string> => {
  const { database } = adoptText(text);
  return migration(compileDatabase(database), database, prismaCompiler);
};

/** A small number has its bounds said twice. */
const small = (table: string, column: string): string =>
  `ALTER TABLE "${table}" ADD CONSTRAINT "${table}_${column}_range" CHECK ("${column}" >= -32768 AND "${column}" <= 32767);`;
const partner = (action: string): string =>
  `ALTER TABLE "users" ADD CONSTRAINT "users_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "users"("user_id") ON DELETE ${action};`;
const join = (column: string, target: string): string =>
  `ALTER TABLE "_TagToblog_posts" ADD CONSTRAINT "_TagToblog_posts_${column}_fkey" FOREIGN KEY ("${column}") REFERENCES ${target} ON DELETE CASCADE ON UPDATE CASCADE;`;

describe.each([
  ["blog", [], []],
  ["inventory", ['employees: "salary" MONEY'], [small("suppliers", "rating"), 'employees: "salary" DECIMAL(19,2)']],
  ["school", [], [small("school_classes", "grade")]],
  ["lists", [], []],
  [
    "odd",
    [
      join("A", '"Tag"("id")'),
      join("B", '"blog_posts"("post_uid")'),
      partner("NO ACTION ON UPDATE NO ACTION"),
      'Flag: "note" TEXT',
      '_TagToblog_posts: "A" VARCHAR(36) NOT NULL',
      '_TagToblog_posts: "B" BIGINT NOT NULL',
      'banner: CONSTRAINT "banner_pkey" PRIMARY KEY ("country_code")',
      `blog_posts: "at" TIMESTAMPTZ(0) NOT NULL DEFAULT CURRENT_TIMESTAMP`,
      `blog_posts: "list" JSONB DEFAULT '[]'`,
      'blog_posts: "model" REAL NOT NULL DEFAULT 0.00001',
      'blog_posts: "word" TEXT NOT NULL DEFAULT old_word()',
      'country: "closes" TIMETZ(3)',
      'country: "since" DATE NOT NULL DEFAULT CURRENT_DATE',
      'pair: CONSTRAINT "pair_pkey" PRIMARY KEY ("first_id","second_id")',
      'seat: CONSTRAINT "seat_pkey" PRIMARY KEY ("country_code","number")',
    ],
    [
      small("Flag", "code"),
      join("A", '"blog_posts"("post_uid")'),
      join("B", '"Tag"("id")'),
      small("blog_posts", "small"),
      small("seat", "number"),
      partner("RESTRICT ON UPDATE CASCADE"),
      'CREATE UNIQUE INDEX "banner_country_code_key" ON "banner"("country_code");',
      'CREATE UNIQUE INDEX "pair_first_id_second_id_key" ON "pair"("first_id", "second_id");',
      'CREATE UNIQUE INDEX "seat_country_code_number_key" ON "seat"("country_code", "number");',
      '_TagToblog_posts: "A" BIGINT NOT NULL',
      '_TagToblog_posts: "B" VARCHAR(36) NOT NULL',
      'banner: "id" UUID NOT NULL',
      'banner: CONSTRAINT "banner_pkey" PRIMARY KEY ("id")',
      `blog_posts: "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP`,
      'blog_posts: "list" JSONB',
      'blog_posts: "model" REAL NOT NULL',
      'blog_posts: "word" TEXT NOT NULL',
      'country: "closes" TIME(0)',
      'country: "since" DATE NOT NULL DEFAULT CURRENT_TIMESTAMP',
      'pair: "id" UUID NOT NULL',
      'pair: CONSTRAINT "pair_pkey" PRIMARY KEY ("id")',
      'seat: "id" UUID NOT NULL',
      'seat: CONSTRAINT "seat_pkey" PRIMARY KEY ("id")',
    ],
  ],
])("%s", (name, lost, gained) => {
  it("keeps its tables", async () => {
    const text = schemaText(name);
    const [before, after] = [statementsOf(await original(text)), statementsOf(await adopted(text))];
    expect(before.length).toBeGreaterThan(name === "lists" ? 15 : 30);
    expect(before.filter((line) => !after.includes(line))).toEqual(lost);
    expect(after.filter((line) => !before.includes(line))).toEqual(gained);
  });
});
