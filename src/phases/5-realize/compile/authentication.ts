/** Join, login, refresh, logout and me of one actor, and what the fixed authentication must know of its tables. */
import type { FileTree } from "../../../base/file-tree.js";
import { dto, foreignKey, pascal, sessionModel } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { delegate, type Exports, quote, withImports } from "./source.js";

export const printAuthentication = (model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): string => {
  const name = dto(model.name);
  const transformer = `${model.name}Transformer`;
  const client = `database.client.${delegate(model.name)}`;
  const actor = quote(operation.path.split("/")[2]!);
  const read = (id: string): string[] => [
    `const row = await ${client}.findUnique({ where: { id: ${id} }, select: ${transformer}.select() });`,
    'if (row === null) throw refusal(401, "UNAUTHORIZED", "The account does not exist any more.");',
  ];
  switch (operation.kind) {
    case "join":
      return [
        `export const join = async (props: { body: ${name}.IJoin }): Promise<${name}.IAuthorized> => {`,
        "const passwordHash = await hashPassword(props.body.password);",
        `const row = await ${client}.create({`,
        `data: ${model.name}Collector.create({ body: props.body, passwordHash }),`,
        `select: ${transformer}.select(),`,
        "});",
        `return { account: ${transformer}.transform(row), token: await openSession(${actor}, row.id) };`,
        "};",
      ].join("\n");
    case "login":
      return [
        `export const login = async (props: { body: ${name}.ILogin }): Promise<${name}.IAuthorized> => {`,
        `const row = await ${client}.findUnique({`,
        "where: { email: props.body.email.toLowerCase() },",
        `select: { ...${transformer}.select(), passwordHash: true },`,
        "});",
        "const isVerified = await verifyPassword(props.body.password, row?.passwordHash ?? null);",
        'if (row === null || !isVerified) throw refusal(401, "LOGIN_FAILED", "The e-mail address or the password is wrong.");',
        `return { account: ${transformer}.transform(row), token: await openSession(${actor}, row.id) };`,
        "};",
      ].join("\n");
    case "refresh":
      return [
        `export const refresh = async (props: { body: ${name}.IRefresh }): Promise<${name}.IAuthorized> => {`,
        `const { accountId, token } = await refreshSession(${actor}, props.body.refresh);`,
        ...read("accountId"),
        `return { account: ${transformer}.transform(row), token };`,
        "};",
      ].join("\n");
    case "logout":
      return "export const logout = async (props: { caller: Caller }): Promise<void> => closeSession(props.caller);";
    default:
      return [
        `export const me = async (props: { caller: Caller }): Promise<${name}> => {`,
        ...read("props.caller.id"),
        `return ${transformer}.transform(row);`,
        "};",
      ].join("\n");
  }
};

/** `src/actors.ts` */
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

const printSeed = (actor: string, model: AutoBeDatabase.IModel): string => {
  const columns = model.plainFields
    .filter((field) => !field.nullable && field.default === null && !["email", "passwordHash"].includes(field.name))
    .map((field) => `${field.name}: ${seedValue(field)}`);
  return [
    `${actor}: async (email, passwordHash) => {`,
    `const { id } = await database.client.${delegate(model.name)}.upsert({`,
    "where: { email },",
    `create: { id: randomUUID(), email, passwordHash, ${columns.join(", ")} },`,
    "update: {},",
    "select: { id: true },",
    "});",
    "return id;",
    "},",
  ].join("\n");
};

/** What a required column of a seeded account holds until its owner changes it. */
const seedValue = (field: AutoBeDatabase.IPlainField): string => {
  switch (field.type) {
    case "date":
    case "datetime":
      return "clock.now()";
    case "boolean":
      return "false";
    case "int":
    case "double":
    case "decimal":
      return String(field.minimum ?? 0);
    case "bigint":
      return `${field.minimum ?? 0}n`;
    case "enum":
      return quote(field.values![0]!);
    case "json":
      return "{}";
    case "uuid":
      return "randomUUID()";
    case "uri":
      return quote("https://example.com");
    default:
      return "email";
  }
};
