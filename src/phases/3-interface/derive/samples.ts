/** One valid body per create, join and update DTO: values that obey types, bounds and orders; references by the name of their model. */
import { isNumber } from "../../../base/comparison.js";
import type { IExpression } from "../../../base/expression.js";
import { camel, dto, linkIds, spoken } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf, composedProperty, itemOf } from "../../2-database/ast.js";
import { lengthOfKey } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../ast.js";
import type { Derivation } from "./derivation.js";

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
  const positions = positionsOf(from.analyze, model);
  const assignments: IExpression.IPropertyAssignment[] = [];
  for (const name of Object.keys(properties)) {
    const value =
      suffix === "IJoin" && name === "email"
        ? call("bed.email")
        : suffix === "IJoin" && name === "password"
          ? text("correct horse battery")
          : memberSample(from, model, name, positions.get(name) ?? null, variant);
    if (value !== null) assignments.push({ name, value });
  }
  return { type: "objectLiteralExpression", properties: assignments };
};

const memberSample = (
  from: Derivation,
  model: AutoBeDatabase.IModel,
  name: string,
  position: number | null,
  variant: number,
): IExpression | null => {
  if (name === "id") return keySample(model);
  const column = model.plainFields.find((field) => field.name === name);
  if (column !== undefined)
    return isUnique(model, name) ? uniqueSample(model, column, position ?? 0) : columnSample(column, position, variant);
  const pointer = model.foreignFields.find((field) => field.name === name);
  if (pointer !== undefined)
    return pointer.relation.targetModel === model.name ? null : row(pointer.relation.targetModel);
  const link = model.links.find((one) => linkIds(one.name) === name);
  if (link !== undefined)
    return link.targetModel === model.name
      ? null
      : { type: "arrayLiteralExpression", elements: [row(link.targetModel)] };
  const child = composedOf(from.database, model).find((one) => composedProperty(one) === name);
  return child === undefined
    ? null
    : { type: "arrayLiteralExpression", elements: [bodySample(from, child, "ICreate", variant)] };
};

/** Members of order rules → a number for each that obeys them all: one that comes after another has the higher one. */
const positionsOf = (analyze: AutoBeAnalyze.IApplication, model: AutoBeDatabase.IModel): Map<string, number> => {
  const rules = analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => rule.entity === model.name && rule.kind === "order");
  const first = (name: string): number => {
    const field = model.plainFields.find((one) => one.name === name);
    return field === undefined || !isNumber(field.type) ? STEP : within(field, STEP);
  };
  const positions = new Map(rules.flatMap((rule) => rule.members).map((name) => [name, first(name)]));
  for (let round = 0; round < rules.length; ++round)
    for (const { members } of rules) {
      const [before, after] = [members[0]!, members[1]!];
      positions.set(after, Math.max(positions.get(after)!, positions.get(before)! + STEP));
    }
  return positions;
};

const STEP = 10;

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

/** A value of the column, at its position where it must come before or after others. */
const columnSample = (field: AutoBeDatabase.IPlainField, position: number | null, variant: number): IExpression => {
  const least = (otherwise: number): number => within(field, (position ?? field.minimum ?? otherwise) + variant);
  const day = DAY.format(new Date(Date.UTC(2031, 0, 1 + (position ?? 0) + variant)));
  switch (field.type) {
    case "boolean":
      return { type: "booleanLiteral", value: variant === 0 };
    case "enum":
      return text(field.values![Math.min(variant, field.values!.length - 1)]!);
    case "int":
      return number(least(1));
    case "double":
      return number(within(field, least(1) + 0.5));
    case "bigint":
      return text(String(least(position === null ? 9007199254740000 : 1)));
    case "decimal":
      return text(decimalSample(field, least(10)));
    case "uuid":
      return text(`00000000-0000-4000-8000-00000000000${variant}`);
    case "uri":
      return text(`https://example.com/${field.name}/${variant + 1}`);
    case "date":
      return text(day);
    case "datetime":
      return text(`${day}T09:30:00.000Z`);
    case "time":
      return text(timeSample((position ?? 0) + variant));
    case "bytes":
      return text(variant === 0 ? "Zmlyc3Q=" : "c2Vjb25k");
    case "json":
      return { type: "objectLiteralExpression", properties: [{ name: "note", value: text(`note ${variant + 1}`) }] };
    case "list":
      return { type: "arrayLiteralExpression", elements: [columnSample(itemOf(field), position, variant)] };
    case "string":
    case "text":
      return text(phrase(field, variant));
  }
};

/** Within the digits that an adopted column has. */
const decimalSample = (field: AutoBeDatabase.IPlainField, least: number): string => {
  const { all, fraction } = field.digits ?? { all: 18, fraction: 4 };
  const largest = all - fraction > 15 ? Number.MAX_SAFE_INTEGER : 10 ** (all - fraction) - 1;
  return String(within(field, Math.min(least, largest) + (fraction === 0 || largest === 0 ? 0 : 0.5)));
};

/** `HH:MM:SS`, a minute later for each step. */
const timeSample = (step: number): string => new Date(Date.UTC(1970, 0, 1, 9, 30 + step)).toISOString().slice(11, 19);

/** A key that no other row has, where whoever makes the row says it. */
const keySample = ({ name, primaryField: { type, native } }: AutoBeDatabase.IModel): IExpression => {
  const key = text(`${name}.id`);
  switch (type) {
    case "int":
      return call("bed.next", key, number(1), number(native === "@db.SmallInt" ? 32_000 : 2_000_000_000));
    case "bigint":
      return call("String", call("bed.next", key));
    case "uuid":
      return { type: "formatRandom", format: "uuid" };
    case "string":
      return call("bed.text", number(Math.min(16, lengthOfKey(native))));
  }
};

/** `YYYY-MM-DD` */
const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "UTC" });

/** A value that no other row has, as far as there are values enough: the test bed counts through them, column by column. */
const uniqueSample = (
  model: AutoBeDatabase.IModel,
  field: AutoBeDatabase.IPlainField,
  position: number,
): IExpression => {
  const key = text(`${model.name}.${field.name}`);
  const counted = (): IExpression => {
    const least = Math.ceil(field.minimum ?? 1) + position * FAR;
    return call(
      "bed.next",
      key,
      number(field.maximum === null ? least : within(field, least)),
      ...(field.maximum === null ? [] : [number(Math.floor(field.maximum))]),
    );
  };
  switch (field.type) {
    case "boolean":
      return call("bed.cycle", key, list([true, false].map((value) => ({ type: "booleanLiteral", value }))));
    case "enum":
      return call("bed.cycle", key, list(field.values!.map(text)));
    case "int":
    case "double":
      return counted();
    case "bigint":
    case "decimal":
      return call("String", counted());
    case "uuid":
    case "uri":
      return { type: "formatRandom", format: field.type };
    case "date":
      return call("bed.day", key, number(position));
    case "datetime":
      return call("bed.moment", key, number(position));
    case "time":
      return call("bed.time", key);
    case "bytes": // sixteen characters of it are base64 as well
      return call("bed.text", number(16));
    case "string":
    case "text":
      return call("bed.text", number(Math.max(field.minimum ?? 1, Math.min(16, field.maximum ?? 16))));
    default:
      return columnSample(field, position, 0);
  }
};

/** Rows of one column that a run of tests will never make. */
const FAR = 1_000_000;

const list = (elements: IExpression[]): IExpression.IArrayLiteral => ({ type: "arrayLiteralExpression", elements });

const within = (field: AutoBeDatabase.IPlainField, value: number): number =>
  Math.max(field.minimum ?? -Infinity, Math.min(field.maximum ?? Infinity, value));

const phrase = (field: AutoBeDatabase.IPlainField, variant: number): string => {
  const said = spoken(field.name);
  const base = `${said.charAt(0).toUpperCase()}${said.slice(1)} ${variant + 1}`;
  const maximum = field.maximum ?? 255;
  const long = base.length >= (field.minimum ?? 0) ? base : base.padEnd(field.minimum ?? 0, `, ${base}`);
  return long.length <= maximum
    ? long
    : `${variant + 1}${said.replaceAll(" ", "")}`.slice(0, maximum).padEnd(field.minimum ?? 0, "x");
};
