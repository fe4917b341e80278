/** Lists and reads: one query for a row, one plus a count for a page. */
import { linkIds, parameter, spoken } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { ageOf } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { answerOf, callerOf, propsOf } from "./caller.js";
import { loadRow, notFound, parentOf } from "./guards.js";
import type { Printing } from "./printing.js";
import { delegate, quote } from "./source.js";

const functionName = (operation: AutoBeOpenApi.IOperation): string => operation.name.split(".").at(-1)!;

export const printRead = ({ operation, model }: Printing): string =>
  [
    `export const ${functionName(operation)} = async (${propsOf(operation)}): Promise<${answerOf(operation)}> => {`,
    `const row = await database.client.${delegate(model.name)}.findFirst({`,
    `where: ${model.name}Scope.located(${callerOf(operation).value}, props),`,
    `select: ${model.name}Transformer.select(),`,
    "});",
    `if (row === null) ${notFound(model.name)}`,
    `return ${model.name}Transformer.transform(row);`,
    "};",
  ].join("\n");

export const printList = (printing: Printing): string => {
  const { operation, model, document } = printing;
  const parent = parentOf(printing);
  const client = `database.client.${delegate(model.name)}`;
  const conditions = [
    `${model.name}Scope.readable(${callerOf(operation).value})`,
    ...(parent === null ? [] : [`{ ${model.parent!.relation}Id: props.${parameter(parent.name)} }`]),
    ...filters(document, operation, model),
  ];
  return [
    `export const ${functionName(operation)} = async (${propsOf(operation)}): Promise<${answerOf(operation)}> => {`,
    ...(parent === null ? [] : loadRow(printing, parent, "parent", "database.client")),
    `const where: Prisma.${model.name}WhereInput = { AND: [${conditions.join(", ")}] };`,
    "const page = window(props.query);",
    "const [records, rows] = await Promise.all([",
    `${client}.count({ where }),`,
    `${client}.findMany({ where, orderBy: ${orderName(operation)}[props.query.sort ?? ${quote(`-${ageOf(model)}`)}], skip: page.skip, take: page.take, select: ${model.name}Summarizer.select() }),`,
    "]);",
    `return paginate(records, page, rows.map(${model.name}Summarizer.transform));`,
    "};",
  ].join("\n");
};

const filters = (
  document: AutoBeOpenApi.IDocument,
  operation: AutoBeOpenApi.IOperation,
  model: AutoBeDatabase.IModel,
): string[] => {
  const schema = document.components.schemas[operation.query ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  const searched = model.plainFields.filter(
    (field) =>
      !field.secret &&
      (field.type === "string" || field.type === "text") &&
      !(model.stance === "actor" && field.name === "email"),
  );
  return [
    ...(properties["search"] === undefined
      ? []
      : [
          `props.query.search === undefined ? {} : { OR: [${searched
            .map((field) => `{ ${field.name}: containing(props.query.search) }`)
            .join(", ")}] }`,
        ]),
    ...Object.entries(properties)
      .filter(([, property]) => property.member !== undefined)
      .filter(([name]) => !model.links.some((link) => linkIds(link.name) === name))
      .map(([name]) => `{ ${name}: ${queried(model, name)} }`),
  ];
};

const queried = (model: AutoBeDatabase.IModel, name: string): string => {
  const value = `props.query.${name}`;
  const field = model.foreignFields.find((one) => one.name === name);
  return field?.type === "bigint" ? `${value} === undefined ? undefined : BigInt(${value})` : value;
};

const orderName = (operation: AutoBeOpenApi.IOperation): string =>
  `${functionName(operation)
    .replaceAll(/([A-Z])/g, "_$1")
    .toUpperCase()}_ORDERS`;

/** Every order a caller may ask for; the id makes pages stable. */
export const orderConstant = (
  model: AutoBeDatabase.IModel,
  document: AutoBeOpenApi.IDocument,
  operation: AutoBeOpenApi.IOperation,
): string => {
  const schema = document.components.schemas[operation.query!];
  const sort = schema !== undefined && "properties" in schema ? schema.properties["sort"] : undefined;
  const values =
    sort === undefined
      ? []
      : "oneOf" in sort
        ? sort.oneOf.flatMap((one) => ("const" in one ? [String(one.const)] : []))
        : "const" in sort
          ? [String(sort.const)]
          : [];
  const entries = values.map((value) => {
    const column = value.replace(/^-/, "");
    const direction = value.startsWith("-") ? '"desc"' : '"asc"';
    return `${quote(value)}: [{ ${column}: ${direction} }${column === "id" ? "" : ', { id: "asc" }'}]`;
  });
  return `/** Orders of a page of ${spoken(model.name)} rows. */\nconst ${orderName(operation)} = { ${entries.join(", ")} } satisfies Record<string, Prisma.${model.name}OrderByWithRelationInput[]>;`;
};
