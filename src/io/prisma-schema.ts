/** Reads a Prisma schema by Prisma's own parser; the file itself is never written. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Failure } from "../base/mishap.js";
import { type PrismaDatamodel, type PrismaSchema, withoutComments } from "../base/prisma-schema.js";

const require = createRequire(import.meta.url);

export const readSchemaFile = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: Error) => {
    throw new Failure(
      "ADOPT.NO_SCHEMA",
      `${file} could not be read: ${cause.message}`,
      "Name one file with all of the models after --prisma.",
      { cause },
    );
  });

interface Parser {
  lint(input: string): string;
  get_dmmf(input: string): string;
}

/** What is wrong with the schema is among its complaints; nothing is thrown. */
export const parsePrismaSchema = (file: string, text: string): PrismaSchema => {
  const parser = require("@prisma/prisma-schema-wasm") as Parser;
  const bare = withoutComments(text);
  const read = readable(text, bare);
  const found = JSON.parse(parser.lint(JSON.stringify([["schema.prisma", read]]))) as Mark[];
  const complaints = found
    .filter((mark) => !mark.is_warning)
    .map((mark) => ({ line: lineAt(read, mark.start), message: mark.text.replace(/\s+/g, " ").trim() }));
  const datamodel = complaints.length === 0 ? datamodelOf(parser, read) : null;
  return { file, text, provider: providerOf(bare), datamodel, complaints };
};

interface Mark {
  start: number;
  text: string;
  is_warning: boolean;
}

const datamodelOf = (parser: Parser, text: string): PrismaDatamodel =>
  (
    JSON.parse(parser.get_dmmf(JSON.stringify({ prismaSchema: [["schema.prisma", text]], noColor: true }))) as {
      datamodel: PrismaDatamodel;
    }
  ).datamodel;

const lineAt = (text: string, position: number): number => text.slice(0, position).split("\n").length;

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

const DATASOURCE = /^[ \t]*datasource\s+\w+\s*\{[^}]*\}/gm;

/**
 * What Prisma 7 reads of a schema that an earlier Prisma wrote: connections have moved out of schemas since, and how a
 * client is generated is none of ours. Every line stays where it is.
 */
const readable = (text: string, bare: string): string => {
  let made = text;
  const clear = (from: number, length: number): void => {
    made = made.slice(0, from) + blank(made.slice(from, from + length)) + made.slice(from + length);
  };
  for (const block of bare.matchAll(/^[ \t]*generator\s+\w+\s*\{[^}]*\}/gm)) clear(block.index, block[0].length);
  for (const block of bare.matchAll(DATASOURCE))
    for (const line of block[0].matchAll(/^[ \t]*(url|directUrl|shadowDatabaseUrl|extensions|relationMode)\s*=.*$/gm))
      clear(block.index + line.index, line[0].length);
  const source = DATASOURCE.test(bare) ? "" : '\ndatasource db {\n  provider = "postgresql"\n}\n';
  DATASOURCE.lastIndex = 0;
  return `${made}${source}\ngenerator views {\n  provider        = "none"\n  previewFeatures = ["views"]\n}\n`;
};

const providerOf = (bare: string): string | null => {
  const [block] = bare.match(DATASOURCE) ?? [];
  return /^\s*provider\s*=\s*"(\w+)"/m.exec(block ?? "")?.[1] ?? null;
};
