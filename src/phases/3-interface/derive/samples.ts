/** One valid body per create, join and update DTO: values that obey types, bounds and orders; references by the name of their model. */
import type { IExpression } from "../../../base/expression.js";
import { camel, dto, linkIds, spoken } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { composedOf } from "./access.js";
import type { Derivation } from "./operations.js";

export const deriveSamples = (from: Derivation): Record<string, AutoBeOpenApi.ISample> => {
  const samples: Record<string, AutoBeOpenApi.ISample> = {};
  for (const model of from.database.files.flatMap((file) => file.models)) {
    if (model.stance === "session") continue;
    for (const [suffix, variant] of [
      ["ICreate", 0],
      ["IJoin", 0],
      ["IUpdate", 1],
    ] as const)
      if (from.schemas[`${dto(model.name)}.${suffix}`] !== undefined)
        samples[`${dto(model.name)}.${suffix}`] = { expression: bodySample(from, model, suffix, variant) };
  }
  return samples;
};

const bodySample = (
  from: Derivation,
  model: AutoBeDatabase.IModel,
  suffix: string,
  variant: number,
): IExpression.IObjectLiteral => {
  const schema = from.schemas[`${dto(model.name)}.${suffix}`]!;
  const properties = "properties" in schema ? schema.properties : {};
  const ranks = ranksOf(from.analyze, model);
  const assignments: IExpression.IPropertyAssignment[] = [];
  for (const name of Object.keys(properties)) {
    const value =
      suffix === "IJoin" && name === "email"
        ? call("bed.email")
        : suffix === "IJoin" && name === "password"
          ? text("correct horse battery")
          : memberSample(from, model, name, ranks.get(name) ?? 0, variant);
    if (value !== null) assignments.push({ name, value });
  }
  return { type: "objectLiteralExpression", properties: assignments };
};

const memberSample = (
  from: Derivation,
  model: AutoBeDatabase.IModel,
  name: string,
  rank: number,
  variant: number,
): IExpression | null => {
  const column = model.plainFields.find((field) => field.name === name);
  if (column !== undefined) return columnSample(column, rank, variant, isUnique(model, name));
  const pointer = model.foreignFields.find((field) => field.name === name);
  if (pointer !== undefined)
    return pointer.relation.targetModel === model.name ? null : row(pointer.relation.targetModel);
  const link = model.links.find((one) => linkIds(one.name) === name);
  if (link !== undefined)
    return link.targetModel === model.name
      ? null
      : { type: "arrayLiteralExpression", elements: [row(link.targetModel)] };
  const child = composedOf(from.database, model).find(
    (one) => one.foreignFields.find((field) => field.relation.name === one.parent!.relation)?.relation.oppositeName === name,
  );
  return child === undefined
    ? null
    : { type: "arrayLiteralExpression", elements: [bodySample(from, child, "ICreate", variant)] };
};

/** Positions that obey the order rules: a member that comes after another has the higher one. */
const ranksOf = (analyze: AutoBeAnalyze.IApplication, model: AutoBeDatabase.IModel): Map<string, number> => {
  const ranks = new Map<string, number>();
  const rules = analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => rule.entity === model.name && rule.kind === "order");
  for (let round = 0; round < rules.length; ++round)
    for (const { members } of rules)
      ranks.set(members[1]!, Math.max(ranks.get(members[1]!) ?? 0, (ranks.get(members[0]!) ?? 0) + 1));
  return ranks;
};

const isUnique = (model: AutoBeDatabase.IModel, column: string): boolean =>
  model.uniqueIndexes.some((index) => index.fieldNames.includes(column));

const row = (model: string): IExpression.IIdentifier => ({ type: "identifier", text: `${camel(model)}.id` });
const text = (value: string): IExpression.IStringLiteral => ({ type: "stringLiteral", value });
const number = (value: number): IExpression.INumericLiteral => ({ type: "numericLiteral", value });
const call = (name: string, ...values: IExpression[]): IExpression.ICall => ({
  type: "callExpression",
  expression: { type: "identifier", text: name },
  arguments: values,
});

/** A value of the column; where it must be unique, a fresh one at every run. */
export const columnSample = (
  field: AutoBeDatabase.IPlainField,
  rank: number,
  variant: number,
  unique: boolean,
): IExpression => {
  switch (field.type) {
    case "boolean":
      return { type: "booleanLiteral", value: variant === 0 };
    case "enum":
      return text(field.values![Math.min(variant, field.values!.length - 1)]!);
    case "int":
      return unique ? sequence(field) : number(within(field, (field.minimum ?? 1) + rank + variant));
    case "double":
      return unique ? sequence(field) : number(within(field, (field.minimum ?? 1) + rank + variant + 0.5));
    case "bigint":
      return unique ? call("String", sequence(field)) : text(String(within(field, (field.minimum ?? 9007199254740000) + rank + variant)));
    case "decimal":
      return unique ? call("String", sequence(field)) : text(String(within(field, (field.minimum ?? 10) + rank + variant + 0.5)));
    case "uuid":
      return unique ? { type: "formatRandom", format: "uuid" } : text(`00000000-0000-4000-8000-00000000000${variant}`);
    case "uri":
      return unique ? { type: "formatRandom", format: "uri" } : text(`https://example.com/${field.name}/${variant + 1}`);
    case "date":
      return unique ? { type: "formatRandom", format: "date" } : text(`2031-0${1 + rank}-1${variant}`);
    case "datetime":
      return unique ? { type: "formatRandom", format: "date-time" } : text(`2031-0${1 + rank}-1${variant}T09:30:00.000Z`);
    case "json":
      return { type: "objectLiteralExpression", properties: [{ name: "note", value: text(`note ${variant + 1}`) }] };
    case "string":
    case "text":
      return unique
        ? {
            type: "stringRandom",
            minLength: Math.max(field.minimum ?? 1, Math.min(12, field.maximum ?? 12)),
            maxLength: Math.max(field.minimum ?? 1, Math.min(24, field.maximum ?? 24)),
          }
        : text(phrase(field, variant));
  }
};

/** Counts up from the least value, so that no two rows share it. */
const sequence = (field: AutoBeDatabase.IPlainField): IExpression => call("bed.next", number(Math.ceil(field.minimum ?? 1)));

const within = (field: AutoBeDatabase.IPlainField, value: number): number =>
  Math.max(field.minimum ?? value, Math.min(field.maximum ?? value, value));

const phrase = (field: AutoBeDatabase.IPlainField, variant: number): string => {
  const said = spoken(field.name);
  const base = `${said.charAt(0).toUpperCase()}${said.slice(1)} ${variant + 1}`;
  const maximum = field.maximum ?? 255;
  const long = base.length >= (field.minimum ?? 0) ? base : base.padEnd(field.minimum ?? 0, `, ${base}`);
  return long.length <= maximum ? long : `${variant + 1}${said.replaceAll(" ", "")}`.slice(0, maximum).padEnd(field.minimum ?? 0, "x");
};
