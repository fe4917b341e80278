/** Attributes → columns and foreign keys. */
import { isNumber } from "../../../base/comparison.js";
import { foreignKey, pascal, withArticle } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../ast.js";

export const primaryField = (name: string): AutoBeDatabase.IModel["primaryField"] => ({
  name: "id",
  type: "uuid",
  description: `Key of ${withArticle(name)}.`,
});

/** What a column is of which nothing is said but what it holds: required, and the server's. */
export const BARE_COLUMN: Omit<AutoBeDatabase.IPlainField, "name" | "type" | "description"> = {
  nullable: false,
  default: null,
  values: null,
  minimum: null,
  maximum: null,
  writer: "server",
  source: null,
  secret: false,
  requirements: [],
};

export const moment = (name: string, description: string, nullable = false): AutoBeDatabase.IPlainField => ({
  ...BARE_COLUMN,
  name,
  type: "datetime",
  description,
  nullable,
  source: { kind: "now", of: null },
});

export const foreignField = (
  entity: AutoBeAnalyze.IEntity,
  attribute: AutoBeAnalyze.IAttribute,
  composed: boolean,
  unique: boolean,
): AutoBeDatabase.IForeignField => {
  const target = attribute.target!;
  const isSelf = target === entity.name;
  return {
    name: foreignKey(attribute.name),
    type: "uuid",
    description: attribute.description,
    relation: {
      name: attribute.name,
      targetModel: target,
      oppositeName: "",
      mappingName: `${entity.name}${pascal(attribute.name)}`,
    },
    unique,
    nullable: !attribute.required || isSelf,
    onDelete: composed ? "cascade" : isSelf ? "clear" : "restrict",
    writer: attribute.writer,
    source: attribute.source === null ? null : { kind: attribute.source, of: attribute.of },
    requirements: attribute.requirements,
  };
};

export const plainField = (
  attribute: AutoBeAnalyze.IAttribute,
  rules: AutoBeAnalyze.IRule[],
): AutoBeDatabase.IPlainField => {
  const range = rules.find((rule) => rule.kind === "range" && rule.members[0] === attribute.name);
  const type = attribute.source === "transition" ? "datetime" : (attribute.kind as AutoBeDatabase.ColumnType);
  const nullable = attribute.source === "transition" || !attribute.required;
  const needsDefault =
    attribute.writer === "server" && !nullable && attribute.source !== "now" && attribute.source !== "copy";
  return {
    name: attribute.name,
    type,
    description: attribute.description,
    nullable,
    default: attribute.source === "constant" ? attribute.of : needsDefault ? zeroOf(type, attribute.values) : null,
    values: type === "enum" ? attribute.values : null,
    minimum: range?.minimum ?? attribute.minimum,
    maximum: range?.maximum ?? attribute.maximum,
    writer: attribute.writer,
    source: attribute.source === null ? null : { kind: attribute.source, of: attribute.of },
    secret: false,
    requirements: [...new Set([...attribute.requirements, ...(range?.requirements ?? [])])],
  };
};

export const statusField = (lifecycle: AutoBeAnalyze.ILifecycle): AutoBeDatabase.IPlainField => ({
  ...moment(lifecycle.attribute, "State it is in."),
  type: "enum",
  default: lifecycle.initial,
  values: lifecycle.states,
  source: { kind: "state", of: lifecycle.initial },
  requirements: lifecycle.requirements,
});

/** What a required column that only the server writes holds until something sets it. */
const zeroOf = (type: AutoBeDatabase.ColumnType, values: string[] | null): string =>
  type === "boolean"
    ? "false"
    : type === "enum"
      ? (values?.[0] ?? "")
      : isNumber(type)
        ? "0"
        : type === "json"
          ? "{}"
          : type === "uuid"
            ? "00000000-0000-0000-0000-000000000000"
            : type === "date" || type === "datetime"
              ? "now"
              : "";
