/** Operations → thin NestJS controllers, the module that lists them, and what authentication must know of the tables. */
import type { FileTree } from "../../../base/file-tree.js";
import { camel, collection, pascal } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../ast.js";
import { importsOf } from "./structures.js";
import { comment, printType, typeName } from "./type-script.js";

export const compileControllers = (document: AutoBeOpenApi.IDocument): FileTree => {
  const controllers = groupsOf(document);
  return {
    ...Object.fromEntries(
      controllers.map((group) => [`src/controllers/${group.name}.ts`, printController(document, group)]),
    ),
    "src/app.module.ts": printModule(controllers.map((group) => group.name)),
  };
};

interface Group {
  /** Class and file. */
  name: string;
  prefix: string;
  operations: AutoBeOpenApi.IOperation[];
}

const isAuthentication = (operation: AutoBeOpenApi.IOperation): boolean => operation.path.startsWith("/auth/");

/** Namespace of the provider that serves an operation. */
export const providerOf = (operation: AutoBeOpenApi.IOperation): string =>
  isAuthentication(operation)
    ? `${pascal(operation.path.split("/")[2]!)}AuthProvider`
    : `${operation.model ?? "Service"}Provider`;

/** Function of the provider, the last part of the accessor. */
export const functionOf = (operation: AutoBeOpenApi.IOperation): string => operation.name.split(".").at(-1)!;

const groupsOf = (document: AutoBeOpenApi.IDocument): Group[] => {
  const groups = new Map<string, AutoBeOpenApi.IOperation[]>();
  for (const operation of document.operations) {
    const name = isAuthentication(operation)
      ? `${pascal(operation.path.split("/")[2]!)}AuthController`
      : `${operation.model === null ? "Service" : pascal(collection(operation.model))}Controller`;
    groups.set(name, [...(groups.get(name) ?? []), operation]);
  }
  return [...groups].map(([name, operations]) => ({
    name,
    prefix: commonPrefix(operations),
    operations: ordered(operations),
  }));
};

/** The segments that all paths of a controller share. */
const commonPrefix = (operations: AutoBeOpenApi.IOperation[]): string => {
  const paths = operations.map((operation) => operation.path.split("/").slice(1));
  const first = paths[0]!;
  let length = 0;
  while (length < first.length && paths.every((path) => path[length] === first[length])) ++length;
  const isWhole = paths.some((path) => path.length === length);
  while (!isWhole && length > 0 && first[length - 1]!.startsWith("{")) --length;
  return first.slice(0, length).join("/");
};

/** Static routes come before parameterised ones, else they would never be reached. */
const ordered = (operations: AutoBeOpenApi.IOperation[]): AutoBeOpenApi.IOperation[] =>
  operations
    .map((operation, index) => ({ operation, index, key: operation.path.replaceAll(/\{[^}]*\}/g, "~") }))
    .sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : x.index - y.index))
    .map(({ operation }) => operation);

const nestPath = (path: string): string => path.replaceAll(/\{([^}]*)\}/g, ":$1");

const printController = (document: AutoBeOpenApi.IDocument, group: Group): string => {
  const body = group.operations.map((operation) => printMethod(group.prefix, operation)).join("\n\n");
  const text = `@Controller(${JSON.stringify(nestPath(group.prefix))})\nexport class ${group.name} {\n${body}\n}\n`;
  const code = text.replaceAll(/\/\*\*[\s\S]*?\*\//g, "");
  const uses = (word: string): boolean => new RegExp(`(?<![\\w.])${word}\\b`).test(code);
  const nestia = ["TypedBody", "TypedParam", "TypedQuery", "TypedRoute"].filter(uses);
  const authorization = ["Authorize", "Me"].filter(uses);
  const providers = [...new Set(group.operations.map(providerOf))].sort();
  return [
    `import { ${nestia.join(", ")} } from "@nestia/core";`,
    `import { Controller${uses("HttpCode") ? ", HttpCode" : ""} } from "@nestjs/common";`,
    importsOf(document, text, null, "../api/structures").trimEnd(),
    ...(authorization.length === 0
      ? []
      : [`import { ${authorization.join(", ")}${uses("Caller") ? ", type Caller" : ""} } from "../auth/authorize";`]),
    ...providers.map((name) => `import { ${name} } from "../providers/${name}";`),
    "",
    text,
  ]
    .filter((line, index, lines) => line !== "" || index === lines.length - 2)
    .join("\n");
};

/** Whether a token is asked for, and whether its absence is fine. */
export const callerOf = (operation: AutoBeOpenApi.IOperation): "none" | "optional" | "required" => {
  const actors = new Set(operation.access.map((access) => access.actor));
  if (!actors.has("guest") && actors.size !== 0) return "required";
  return actors.size > 1 ? "optional" : "none";
};

const printMethod = (prefix: string, operation: AutoBeOpenApi.IOperation): string => {
  const rest = nestPath(operation.path.slice(1).slice(prefix.length).replace(/^\//, ""));
  const caller = callerOf(operation);
  const actors = [...new Set(operation.access.map((access) => access.actor))];
  const decorators = [
    ...(caller === "none" ? [] : [`@Authorize(${actors.map((actor) => JSON.stringify(actor)).join(", ")})`]),
    `@TypedRoute.${pascal(operation.method)}(${rest === "" ? "" : JSON.stringify(rest)})`,
    ...(operation.success === (operation.method === "post" ? 201 : 200) ? [] : [`@HttpCode(${operation.success})`]),
  ];
  const parameters = [
    ...(caller === "none" ? [] : [`@Me() caller: Caller${caller === "optional" ? " | null" : ""}`]),
    ...operation.parameters.map(
      (parameter) => `@TypedParam(${JSON.stringify(parameter.name)}) ${parameter.name}: ${printType(parameter.schema)}`,
    ),
    ...(operation.query === null ? [] : [`@TypedQuery() query: ${typeName(operation.query)}`]),
    ...(operation.requestBody === null ? [] : [`@TypedBody() body: ${typeName(operation.requestBody)}`]),
  ];
  const handed = [
    ...(caller === "none" ? [] : ["caller"]),
    ...operation.parameters.map((parameter) => parameter.name),
    ...(operation.query === null ? [] : ["query"]),
    ...(operation.requestBody === null ? [] : ["body"]),
  ];
  const result = operation.responseBody === null ? "void" : typeName(operation.responseBody);
  return [
    comment(operation.description, [
      ...operation.parameters.map((parameter) => `@param ${parameter.name} ${parameter.description}`),
      ...(operation.query === null ? [] : ["@param query Which page, which rows"]),
      ...(operation.requestBody === null ? [] : [`@param body ${documentOf(operation)}`]),
      `@tag ${operation.model ?? "Service"}`,
    ]),
    ...decorators,
    `public async ${functionOf(operation)}(${parameters.join(", ")}): Promise<${result}> {`,
    `return ${providerOf(operation)}.${functionOf(operation)}(${handed.length === 0 ? "" : `{ ${handed.join(", ")} }`});`,
    "}",
  ].join("\n");
};

const documentOf = (operation: AutoBeOpenApi.IOperation): string => `Body of the ${camel(functionOf(operation))} call`;

const printModule = (controllers: string[]): string => {
  const names = [...controllers, "HealthController"].sort();
  return [
    'import { Module } from "@nestjs/common";',
    ...names.map((name) => `import { ${name} } from "./controllers/${name}";`),
    "",
    `@Module({ controllers: [${names.join(", ")}] })`,
    "export class AppModule {}",
    "",
  ].join("\n");
};
