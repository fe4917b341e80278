/** `src/actors.ts`: what the fixed authentication must know of the tables of this project. */
import type { FileTree } from "../../../base/file-tree.js";
import { foreignKey, pascal, sessionModel } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { printSeed } from "./seeds.js";
import { delegate, type Exports, quote, withImports } from "./source.js";

export const compileActors = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  exports: Exports,
): FileTree => {
  const actors = document.components.authorizations.map((one) => one.name);
  const isInvited = (actor: string): boolean =>
    !document.operations.some((operation) => operation.kind === "join" && operation.model === pascal(actor));
  const body = [
    "/** What authentication needs to know of the tables of this project. */",
    `export type Actor = ${actors.map(quote).join(" | ") || "never"};`,
    "",
    "/** One session table per actor. */",
    `export const sessions: Record<Actor, SessionStore> = {\n${actors.map(printStore).join("\n")}\n};`,
    "",
    "/** Accounts of invited actors: the id of the account with that e-mail, which is made if there is none. */",
    `export const seeds: Partial<Record<Actor, (email: string, passwordHash: string) => Promise<string>>> = {\n${actors
      .filter(isInvited)
      .map((actor) => printSeed(actor, modelNamed(database, pascal(actor))!))
      .join("\n")}\n};`,
    "",
  ].join("\n");
  return { "src/actors.ts": withImports(exports, "", "", body) };
};

const printStore = (actor: string): string => {
  const client = `database.client.${delegate(sessionModel(actor))}`;
  const key = foreignKey(actor);
  return [
    `${actor}: {`,
    "insert: async ({ accountId, ...row }) => {",
    `await ${client}.create({ data: { ...row, ${key}: accountId } });`,
    "},",
    "find: async (id) => {",
    `const row = await ${client}.findUnique({ where: { id } });`,
    `return row === null ? null : { ...row, accountId: row.${key} };`,
    "},",
    "rotate: async (id, from, to, expiresAt) => {",
    `const { count } = await ${client}.updateMany({ where: { id, refreshHash: from, revokedAt: null }, data: { refreshHash: to, expiresAt } });`,
    "return count === 1;",
    "},",
    "revoke: async (id, at) => {",
    `await ${client}.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });`,
    "},",
    "},",
  ].join("\n");
};
