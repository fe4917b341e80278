/** Does what is said of who writes an attribute, and how the server fills it, hold together? */
import { nearest } from "../../../base/diagnostic.js";
import type { AutoBeAnalyze } from "../ast.js";
import { listed, type World } from "./world.js";

export const checkSource = (
  world: World,
  entity: AutoBeAnalyze.IEntity,
  attribute: AutoBeAnalyze.IAttribute,
  path: string,
): void => {
  const { findings } = world;
  const { writer, source } = attribute;
  if (writer !== "server") {
    if (source !== null)
      findings.add(
        "ANALYZE.WRITER_CONTRADICTS_SOURCE",
        `${path}.writer`,
        `A client writes it (${writer}), yet the server fills it (${source}): say writer server, or source null.`,
      );
  } else if (source === null)
    findings.add(
      "ANALYZE.SOURCE_MISSING",
      `${path}.source`,
      "The server writes it: say how it comes to be, or let a client write it.",
    );
  else {
    const wrong = attribute.kind === "references" ? LINK : SOURCES[source](world, entity, attribute);
    if (wrong !== null) findings.add("ANALYZE.BAD_SOURCE", `${path}.${wrong.member}`, wrong.message);
  }
};

type Wrong = { member: "writer" | "source" | "of" | "kind" | "target"; message: string } | null;
type Judge = (world: World, entity: AutoBeAnalyze.IEntity, attribute: AutoBeAnalyze.IAttribute) => Wrong;

const LINK: Wrong = { member: "writer", message: "A set of references is written by a client: create or update." };

const kinds = (attribute: AutoBeAnalyze.IAttribute, allowed: readonly AutoBeAnalyze.Kind[]): Wrong =>
  allowed.includes(attribute.kind)
    ? null
    : { member: "kind", message: `Source ${attribute.source} fills ${allowed.join(" or ")}, not ${attribute.kind}.` };

const SOURCES: Record<AutoBeAnalyze.Source, Judge> = {
  actor: (world, entity, attribute) => {
    if (world.account(entity.name))
      return { member: "source", message: "An account is nobody's row; nobody is signed in when it is made." };
    const wrong = kinds(attribute, ["reference"]);
    if (wrong !== null || attribute.target === null || world.account(attribute.target)) return wrong;
    const accounts = world.names().filter((name) => world.account(name));
    return { member: "target", message: `The caller is an account: ${listed(accounts)}.` };
  },
  transition: (world, entity, attribute) => {
    const actions = world.lifecycle(entity.name)?.transitions.map((one) => one.action) ?? [];
    if (attribute.of === null || !actions.includes(attribute.of))
      return { member: "of", message: `Name a transition of ${entity.name}: ${listed(actions)}.` };
    return kinds(attribute, ["datetime"]);
  },
  count: (world, entity, { of, ...attribute }) => {
    if (of === null || !world.exists(of))
      return {
        member: "of",
        message: `Name the entity whose rows are counted; nearest: ${nearest(of ?? "", world.names())}.`,
      };
    const counted = world.entity(of);
    const leadsBack = counted?.attributes.some((one) => one.kind === "reference" && one.target === entity.name) ?? true;
    if (!leadsBack)
      return { member: "of", message: `${of} has no reference to ${entity.name}, so its rows cannot be counted.` };
    return kinds({ ...attribute, of }, ["int", "bigint"]);
  },
  copy: (world, entity, attribute) => {
    const [relation, member, ...rest] = attribute.of?.split(".") ?? [];
    const references = entity.attributes.filter((one) => one.kind === "reference");
    const reference = references.find((one) => one.name === relation);
    if (reference === undefined || member === undefined || rest.length !== 0)
      return {
        member: "of",
        message: `Name relation.attribute, the relation one of: ${listed(references.map((one) => one.name))}.`,
      };
    const target = world.entity(reference.target);
    if (target === undefined) return null;
    const original = world.member(target, member);
    if (original === undefined || original.source === "count")
      return {
        member: "of",
        message: `${target.name} has no column "${member}"; nearest: ${nearest(member, world.members(target))}.`,
      };
    return kinds(attribute, [original.kind]);
  },
  now: (_world, _entity, attribute) => kinds(attribute, ["datetime", "date"]),
  constant: (_world, _entity, attribute) => {
    if (attribute.kind === "reference") return { member: "kind", message: "A reference has no constant." };
    if (attribute.of === null || !isLiteral(attribute, attribute.of))
      return {
        member: "of",
        message: `Give the constant, a literal of ${attribute.kind}${attribute.values ? `: ${listed(attribute.values)}` : ""}.`,
      };
    const size = attribute.kind === "string" || attribute.kind === "text" ? attribute.of.length : Number(attribute.of);
    const isInside = !(size < (attribute.minimum ?? size) || size > (attribute.maximum ?? size));
    return isInside ? null : { member: "of", message: `The constant ${attribute.of} is outside of its own bounds.` };
  },
  formula: (_world, _entity, attribute) =>
    attribute.kind === "reference"
      ? { member: "kind", message: "A reference has no formula; name who or what is referred to by another source." }
      : null,
};

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** Whether a text is a literal of the attribute's kind. */
export const isLiteral = (
  { kind, values }: Pick<AutoBeAnalyze.IAttribute, "kind" | "values">,
  text: string,
): boolean => {
  switch (kind) {
    case "boolean":
      return text === "true" || text === "false";
    case "enum":
      return values?.includes(text) ?? false;
    case "int":
    case "bigint":
      return /^-?\d{1,15}$/.test(text);
    case "decimal":
    case "double":
      return /^-?\d{1,14}(\.\d{1,4})?$/.test(text);
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
    case "datetime":
      return RFC3339.test(text) && !Number.isNaN(Date.parse(text));
    case "json":
      return /^\{.*\}$/s.test(text);
    case "uuid":
      return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
    default:
      return kind !== "reference" && kind !== "references";
  }
};
