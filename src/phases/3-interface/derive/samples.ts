/** One valid body per create, join and update DTO: values that obey types, bounds and orders; references by the name of their model. */
import type { IExpression } from "../../../base/expression.js";
import { camel, dto, linkIds, spoken } from "../../../base/naming.js";
import { type AutoBeDatabase, composedOf, composedProperty, itemOf } from "../../2-database/ast.js";
import { lengthOfKey } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../ast.js";
import type { Derivation } from "./derivation.js";
import { isUnique, type Place, placesOf, spanOf } from "./places.js";

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
  const places = placesOf(from.analyze, model);
  const assignments: IExpression.IPropertyAssignment[] = [];
  for (const name of Object.keys(properties)) {
    const value =
      suffix === "IJoin" && name === "email"
        ? call("bed.email")
        : suffix === "IJoin" && name === "password"
          ? text("correct horse battery")
          : memberSample(from, model, name, places.get(name) ?? null, variant);
    if (value !== null) assignments.push({ name, value });
  }
  return { type: "objectLiteralExpression", properties: assignments };
};

const memberSample = (
  from: Derivation,
  model: AutoBeDatabase.IModel,
  name: string,
  place: Place | null,
  variant: number,
): IExpression | null => {
  if (name === "id") return keySample(model);
  const column = model.plainFields.find((field) => field.name === name);
  if (column !== undefined)
    return isUnique(model, name) ? uniqueSample(model, column, place) : columnSample(column, place, variant);
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

const row = (model: string): IExpression.IIdentifier => ({ type: "identifier", text: `${camel(model)}.id` });
const text = (value: string): IExpression.IStringLiteral => ({ type: "stringLiteral", value });
const number = (value: number): IExpression.INumericLiteral => ({ type: "numericLiteral", value });
const call = (name: string, ...values: IExpression[]): IExpression.ICall => ({
  type: "callExpression",
  expression: { type: "identifier", text: name },
  arguments: values,
});

/** A value of the column, at its place where it must come before or after others. */
const columnSample = (field: AutoBeDatabase.IPlainField, place: Place | null, variant: number): IExpression => {
  const least = (otherwise: number): number =>
    within(field, (place === null ? (field.minimum ?? otherwise) : numberAt(place)) + variant);
  const day = DAY.format(dayAt(place, variant));
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
      return text(String(least(9007199254740000)));
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
      return text(timeAt(place, variant));
    case "bytes":
      return text(variant === 0 ? "Zmlyc3Q=" : "c2Vjb25k");
    case "json":
      return { type: "objectLiteralExpression", properties: [{ name: "note", value: text(`note ${variant + 1}`) }] };
    case "list":
      return { type: "arrayLiteralExpression", elements: [columnSample(itemOf(field), place, variant)] };
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

const numberAt = ({ position, span, isSpanned }: Place): number => (isSpanned ? span.least : position);

/** As far as `bed.day` begins for that position where it lies beyond what the bed counts. */
const dayAt = (place: Place | null, variant: number): Date => {
  const { position, isBeyond } = place ?? { position: 0, isBeyond: false };
  return isBeyond
    ? new Date(Date.UTC(2031 + 10 * position, 0, 1 + variant))
    : new Date(Date.UTC(2031, 0, 1 + position + variant));
};

/** `HH:MM:SS`, a minute later for each step. */
const timeAt = (place: Place | null, variant: number): string => {
  const { position, isBeyond } = place ?? { position: 0, isBeyond: false };
  const seconds = isBeyond ? secondsFrom(position) + 60 * variant : 60 * (9 * 60 + 30 + position + variant);
  return new Date(1000 * seconds).toISOString().slice(11, 19);
};

/** From noon on an hour and a half for each position. */
const secondsFrom = (position: number): number => 43_200 + (position - 10) * 540;

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
  place: Place | null,
): IExpression => {
  const key = text(`${model.name}.${field.name}`);
  const counted = (): IExpression => {
    const { least, most } = place === null ? spanOf(field) : place.span;
    return call("bed.next", key, number(least), ...(most === null ? [] : [number(most)]));
  };
  const position = number(place?.position ?? 0);
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
      return call("bed.day", key, position);
    case "datetime":
      return call("bed.moment", key, position);
    case "time":
      return place === null
        ? call("bed.time", key)
        : call(
            "bed.time",
            key,
            ...[secondsFrom(place.position), secondsFrom(place.position + 10) - 1].map((seconds) => number(seconds)),
          );
    case "bytes": // sixteen characters of it are base64 as well
      return call("bed.text", number(16));
    case "string":
    case "text":
      return call("bed.text", number(Math.max(field.minimum ?? 1, Math.min(16, field.maximum ?? 16))));
    default:
      return columnSample(field, place, 0);
  }
};

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
