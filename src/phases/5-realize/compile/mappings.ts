/** Mapping ASTs → `src/collectors/*.ts` and `src/transformers/*.ts`. */
import type { FileTree } from "../../../base/file-tree.js";
import { dto, spoken } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeRealize } from "../ast.js";
import { all, livingOf } from "./living.js";
import { capital, type Exports, withImports } from "./source.js";

export const compileMappings = (
  database: AutoBeDatabase.IApplication,
  realize: AutoBeRealize.IApplication,
  exports: Exports,
): FileTree => ({
  ...Object.fromEntries(
    realize.collectors.map((collector) => [
      `src/collectors/${collector.model}Collector.ts`,
      withImports(exports, "collectors", `${collector.model}Collector`, printCollector(database, collector)),
    ]),
  ),
  ...Object.fromEntries(
    realize.transformers.map((transformer) => [
      `src/transformers/${transformerName(transformer)}.ts`,
      withImports(exports, "transformers", transformerName(transformer), printTransformer(database, transformer)),
    ]),
  ),
});

const transformerName = (transformer: AutoBeRealize.ITransformer): string =>
  `${transformer.model}${transformer.shape === "summary" ? "Summarizer" : "Transformer"}`;

const printCollector = (database: AutoBeDatabase.IApplication, collector: AutoBeRealize.ICollector): string => {
  const model = modelNamed(database, collector.model)!;
  const creation = `${dto(model.name)}.${model.stance === "actor" ? "IJoin" : "ICreate"}`;
  const handed = collector.arguments
    .map((one) => `; ${one.name}: ${typeOf(model, one.member)}${one.nullable ? " | null" : ""}`)
    .join("");
  const composed = model.parent?.kind === "composed";
  const kind = composed ? `UncheckedCreateWithout${capital(model.parent!.relation)}Input` : "UncheckedCreateInput";
  const parts: string[] = [];
  if (collector.create !== null)
    parts.push(
      [
        `/** The columns of a new ${spoken(model.name)}. */`,
        `export const create = (props: { body: ${creation}${handed} }) =>`,
        `({ ${collector.create.map((mapping) => printMapping(database, model, mapping, "create")).join(", ")} }) satisfies Prisma.${model.name}${kind};`,
      ].join("\n"),
    );
  if (collector.update !== null && !composed)
    parts.push(
      [
        "/** The columns that an update changes; undefined leaves a column as it is. */",
        `export const update = (props: { body: ${dto(model.name)}.IUpdate }) =>`,
        `({ ${collector.update.map((mapping) => printMapping(database, model, mapping, "update")).join(", ")} }) satisfies Prisma.${model.name}UncheckedUpdateInput;`,
      ].join("\n"),
    );
  return `export namespace ${model.name}Collector {\n${parts.join("\n\n")}\n}\n`;
};

const typeOf = (model: AutoBeDatabase.IModel, column: string): string => {
  const field = [...model.plainFields, ...model.foreignFields].find((one) => one.name === column);
  switch (field?.type) {
    case "boolean":
      return "boolean";
    case "int":
    case "double":
      return "number";
    case "bigint":
      return "bigint";
    case "decimal":
      return "Prisma.Decimal";
    case "date":
    case "datetime":
    case "time":
      return "Date";
    case "bytes":
      return "Uint8Array<ArrayBuffer>";
    case "json":
      return "Prisma.JsonValue";
    case "enum":
    case "list":
      return `Prisma.${model.name}UncheckedCreateInput["${column}"]`;
    default:
      return "string";
  }
};

const printMapping = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  mapping: AutoBeRealize.IMapping,
  moment: "create" | "update",
): string => {
  const { from, member } = mapping;
  switch (from.kind) {
    case "id":
      return `${member}: randomUUID()`;
    case "now":
      return `${member}: clock.now()`;
    case "literal":
      return `${member}: ${from.text}`;
    case "argument":
      return `${member}: ${convertArgument(model, member, from.name)}`;
    case "composed": {
      const value = `props.body.${from.property}`;
      const rows = (list: string): string => `${list}.map((body) => ${from.model}Collector.create({ body }))`;
      return moment === "create"
        ? `${member}: { create: ${rows(`(${value} ?? [])`)} }`
        : `${member}: ${value} === undefined ? undefined : { deleteMany: {}, create: ${rows(value)} }`;
    }
    case "body": {
      const value = `props.body.${from.property}`;
      if (mapping.kind === "link") {
        const keys = `.map((id) => ({ id${from.conversion === "bigint" ? ": BigInt(id)" : ""} }))`;
        return moment === "create"
          ? `${member}: { connect: (${value} ?? [])${keys} }`
          : `${member}: ${value} === undefined ? undefined : { set: ${value}${keys} }`;
      }
      if (from.property === "email" && model.stance === "actor") return `${member}: ${value}.toLowerCase()`;
      return `${member}: ${convertIn(database, value, from, moment)}`;
    }
  }
};

/** JSON that comes out of a column is typed more loosely than what goes in. */
const convertArgument = (model: AutoBeDatabase.IModel, member: string, name: string): string => {
  const field = model.plainFields.find((one) => one.name === member);
  if (field?.type !== "json") return `props.${name}`;
  const made = `props.${name} as Prisma.InputJsonObject`;
  return field.nullable ? `props.${name} === null ? Prisma.DbNull : (${made})` : made;
};

/** From the wire into a column. */
const convertIn = (
  _database: AutoBeDatabase.IApplication,
  value: string,
  from: { conversion: AutoBeRealize.Conversion; nullable: boolean; optional: boolean },
  moment: "create" | "update",
): string => {
  const made = {
    none: value,
    decimal: value,
    date: `parseDay(${value})`,
    datetime: `parseMoment(${value})`,
    time: `parseTime(${value})`,
    bytes: `parseBytes(${value})`,
    bigint: `BigInt(${value})`,
    json: value,
  }[from.conversion];
  if (from.conversion === "json") {
    if (!from.nullable) return value;
    return moment === "create" ? `${value} ?? Prisma.DbNull` : `${value} === null ? Prisma.DbNull : ${value}`;
  }
  if (made === value) return value;
  if (from.nullable || from.optional) return `${value} == null ? ${value} : ${made}`;
  return made;
};

const printTransformer = (database: AutoBeDatabase.IApplication, transformer: AutoBeRealize.ITransformer): string => {
  const counts = transformer.properties.filter((one) => one.from === "count" && !one.nullable);
  const selected = [
    ...transformer.properties.filter((one) => !counts.includes(one)).map(printSelect),
    ...(counts.length === 0
      ? []
      : [`_count: { select: { ${counts.map((one) => `${one.member}: ${counted(database, one)}`).join(", ")} } }`]),
  ];
  return [
    `export namespace ${transformerName(transformer)} {`,
    `export type Payload = Prisma.${transformer.model}GetPayload<{ select: ReturnType<typeof select> }>;`,
    "",
    `export const select = () => ({ ${selected.join(", ")} }) satisfies Prisma.${transformer.model}Select;`,
    "",
    `export const transform = (row: Payload): ${transformer.dto} => ({`,
    transformer.properties.map(printTransform).join(",\n"),
    "});",
    "}",
    "",
  ].join("\n");
};

/** Erased rows do not count. */
const counted = (database: AutoBeDatabase.IApplication, { model }: AutoBeRealize.ITransform): string => {
  const living = model === null ? [] : livingOf(database, modelNamed(database, model)!);
  return living.length === 0 ? "true" : `{ where: ${all(living)} }`;
};

const printSelect = (one: AutoBeRealize.ITransform): string => {
  switch (one.from) {
    case "relation":
      return `${one.member}: { select: ${one.model}Summarizer.select() }`;
    case "link":
      return `${one.member}: { select: ${one.model}Summarizer.select(), orderBy: { id: "asc" } }`;
    case "composed":
      return `${one.member}: { select: ${one.model}Transformer.select(), orderBy: [{ createdAt: "asc" }, { id: "asc" }] }`;
    case "count":
      return `${one.member}: { select: { id: true } }`;
    default:
      return `${one.member}: true`;
  }
};

const printTransform = (one: AutoBeRealize.ITransform): string => {
  const value = `row.${one.member}`;
  switch (one.from) {
    case "count":
      return `${one.property}: ${one.nullable ? `${value} === null ? 0 : 1` : `row._count.${one.member}`}`;
    case "relation": {
      const made = `${one.model}Summarizer.transform(${value})`;
      return `${one.property}: ${one.nullable ? `${value} === null ? null : ${made}` : made}`;
    }
    case "link":
      return `${one.property}: ${value}.map(${one.model}Summarizer.transform)`;
    case "composed":
      return `${one.property}: ${value}.map(${one.model}Transformer.transform)`;
    case "column":
      return `${one.property}: ${convertOut(value, one)}`;
  }
};

/** From a column onto the wire. */
const convertOut = (value: string, one: AutoBeRealize.ITransform): string => {
  const made = {
    none: value,
    date: `printDay(${value})`,
    datetime: `${value}.toISOString()`,
    time: `printTime(${value})`,
    bytes: `printBytes(${value})`,
    bigint: `${value}.toString()`,
    decimal: `${value}.toFixed()`,
    json: `${value} as IJsonMap`,
  }[one.conversion];
  if (one.conversion === "json") return one.nullable ? `${value} as IJsonMap | null` : made;
  return one.nullable && made !== value ? `${value} === null ? null : ${made}` : made;
};
