/** Join, login, refresh, logout and me of one actor. */
import { dto } from "../../../base/naming.js";
import { guardRules } from "./guards.js";
import type { Printing } from "./printing.js";
import { delegate, quote } from "./source.js";

export const printAuthentication = (printing: Printing): string => {
  const { model, operation } = printing;
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
        ...guardRules(printing),
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
