/** What of a schema is refused: all of it at once, each with its line and what to do. */
import { describe, expect, it, test } from "vitest";
import { Failure } from "../../src/base/mishap.js";
import { adoptText, schemaText } from "./schemas.js";

const refusal = (text: string): Failure => {
  try {
    adoptText(text);
  } catch (mishap) {
    if (mishap instanceof Failure) return mishap;
    throw mishap;
  }
  return expect.fail("The schema is adopted.");
};

const HEAD = 'datasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\n';
const ID = "id Int @id @default(autoincrement())";
const model = (name: string, ...fields: string[]): string => `model ${name} {\n${fields.join("\n")}\n}\n`;

test("ADOPT.INVALID_SCHEMA: each line that Prisma does not take", () => {
  const { code, message } = refusal(HEAD + model("Post", ID, "title Strnig", "author User"));
  expect(code).toBe("ADOPT.INVALID_SCHEMA");
  expect(message).toMatch(/schema\.prisma:7 .*Strnig[\s\S]*schema\.prisma:8 .*User/);
});

test("ADOPT.NO_MODELS", () => {
  expect(refusal(HEAD)).toMatchObject({ code: "ADOPT.NO_MODELS" });
});

test("ADOPT.UNSOUND: rows that need another first", () => {
  const left = model(
    "Left",
    ID,
    "right Right @relation(fields: [rightId], references: [id])",
    "rightId Int @unique",
    'back Right? @relation("back")',
  );
  const right = model(
    "Right",
    ID,
    "left Left?",
    'other Left @relation("back", fields: [otherId], references: [id])',
    "otherId Int @unique",
  );
  const { code, message } = refusal(HEAD + left + right);
  expect(code).toBe("ADOPT.UNSOUND");
  expect(message).toMatch(/Each row would need another first: \w+ → \w+ → \w+[\s\S]*DATABASE\.REQUIRED_CYCLE/);
});

describe("ADOPT.UNSUPPORTED", () => {
  it("lists what Prisma's parser does not get to, wherever it stands, and no comment", () => {
    const { code, message, next } = refusal(schemaText("refused"));
    expect(code).toBe("ADOPT.UNSUPPORTED");
    expect(message.split("\n").slice(1)).toEqual([
      expect.stringMatching(/^schema\.prisma:2 {2}provider mongodb: /),
      expect.stringMatching(/^schema\.prisma:3 {2}several database schemas: /),
      expect.stringMatching(/^schema\.prisma:15 {2}view Report: /),
      expect.stringMatching(/^schema\.prisma:10 {2}Membership\.place is Unsupported\(\): /),
    ]);
    expect(next).toMatch(/never touched/);
  });

  it("lists all of the keys, columns and relations that cannot be", () => {
    const { code, message } = refusal(
      HEAD +
        model("A", "x Int", "y Int", "bs B[]", "@@id([x, y])") +
        model("B", "code String @id", "ax Int", "ay Int", "a A @relation(fields: [ax, ay], references: [x, y])") +
        model("C", ID, "tags DateTime[]", "raw Bytes", "at DateTime @db.Time(3)", "mail String @unique", "ds D[]") +
        model("D", "c C @relation(fields: [cMail], references: [mail])", "cMail String", "seq BigInt @unique") +
        model("E", "f F @relation(fields: [id], references: [id])", "id Int @id") +
        model("F", "id Int @id @default(autoincrement())", "e E?", "at Float @default(1)"),
    );
    expect(code).toBe("ADOPT.UNSUPPORTED");
    expect(message).toMatch(/^schema\.prisma holds 4 things/);
    const lines = message.split("\n").slice(1);
    expect(lines.map((line) => /^schema\.prisma:(\d+) {2}(\S+)/.exec(line)!.slice(1).join(" "))).toEqual([
      "15 B.a",
      "19 C.tags",
      "26 D.c",
      "32 E.id",
    ]);
    for (const line of lines) expect(line).toMatch(/: \w.*\.$/);
  });
});
