/** Do rules and custom operations speak of what exists, in a way that can be kept? */
import { isNumber } from "../../../base/comparison.js";
import { nearest } from "../../../base/diagnostic.js";
import type { AutoBeAnalyze } from "../ast.js";
import { checkBounds } from "./bounds.js";
import { checkAction, checkOwner } from "./lifecycles.js";
import { checkNeeds, follow } from "./needs.js";
import { checkActor } from "./permissions.js";
import type { World } from "./world.js";

export const checkRules = (world: World): void => {
  const names = new Set<string>();
  for (const rule of world.rules) {
    const { findings } = world;
    const path = world.at(rule);
    checkOwner(world, rule.entity, path);
    if (names.has(`${rule.entity}:${rule.name}`))
      findings.add("ANALYZE.DUPLICATE_NAME", `${path}.name`, `${rule.entity} has a rule "${rule.name}" already.`);
    names.add(`${rule.entity}:${rule.name}`);
    const entity = world.entity(rule.entity);
    if (entity === undefined) continue;
    const unknown = rule.members.findIndex((member) => !hasMember(world, entity, member));
    if (unknown >= 0) {
      const member = rule.members[unknown]!;
      findings.add(
        "ANALYZE.UNKNOWN_MEMBER",
        `${path}.members[${unknown}]`,
        `${entity.name} has no "${member}"; nearest: ${nearest(member, world.members(entity))}.`,
      );
      continue;
    }
    const members = rule.members.map((member) => memberOf(world, entity, member));
    const wrong = KINDS[rule.kind](members);
    if (wrong !== null) findings.add("ANALYZE.RULE_MEMBERS", `${path}.members`, wrong);
    else checkNumbers(world, rule, members[0]!, path);
    checkLimit(world, rule, entity);
    checkNeeds(world, rule, entity);
  }
};

const hasMember = (world: World, entity: AutoBeAnalyze.IEntity, member: string): boolean =>
  world.member(entity, member) !== undefined || (world.account(entity.name) !== undefined && member === "email");

const memberOf = (world: World, entity: AutoBeAnalyze.IEntity, member: string): Member =>
  world.member(entity, member) ?? { name: member, kind: "string", source: null, minimum: null, maximum: null };

type Member = Pick<AutoBeAnalyze.IAttribute, "kind" | "source" | "name" | "minimum" | "maximum">;
const MOMENTS: readonly AutoBeAnalyze.Kind[] = ["date", "datetime"];

/** What is wrong with the members of a rule of this kind; null where nothing is. */
const KINDS: Record<AutoBeAnalyze.IRule["kind"], (members: Member[]) => string | null> = {
  unique: (members) => {
    const loose = members.find(
      ({ kind, source }) => ["text", "json", "references"].includes(kind) || source === "count",
    );
    if (loose !== undefined)
      return `"${loose.name}" is ${loose.source === "count" ? "no column" : loose.kind} and cannot be unique.`;
    if (members.length === 0) return "A unique names the members that are unique together.";
    return new Set(members.map(({ name }) => name)).size === members.length ? null : "A member is there twice.";
  },
  range: (members) =>
    members.length === 1 &&
    (isNumber(members[0]!.kind) || ["string", "text"].includes(members[0]!.kind)) &&
    members[0]!.source !== "count"
      ? null
      : "A range bounds one number, or the length of one string; compare two members by order, moments by temporal.",
  order: (members) => {
    const [first, second] = members;
    const isPair = members.length === 2 && first!.name !== second!.name;
    const areAlike =
      (isNumber(first!.kind) && isNumber(second?.kind ?? "text")) ||
      (MOMENTS.includes(first!.kind) && first!.kind === second?.kind);
    const areColumns = members.every(({ source }) => source !== "count");
    return isPair && areAlike && areColumns
      ? null
      : "An order has two members, both numbers or both of the same kind of moment; the first is the smaller.";
  },
  limit: ([reference, number, ...more]) => {
    const isCounted = number === undefined || (isNumber(number.kind) && number.source === null);
    return reference?.kind === "reference" && isCounted && more.length === 0
      ? null
      : "A limit names the reference per which rows are counted, and the number a client writes that is added up, if not rows are counted.";
  },
  formula: () => null,
  temporal: () => null,
  requires: () => null,
};

const checkNumbers = (
  { findings }: World,
  { kind, minimum, maximum }: AutoBeAnalyze.IRule,
  member: Member,
  path: string,
): void => {
  if (kind === "range" && minimum === null && maximum === null)
    findings.add("ANALYZE.BAD_RANGE", `${path}.minimum`, "A range has a minimum, a maximum or both.");
  // a range is laid over the bounds that the attribute has already
  if (kind === "range") checkBounds(member.kind, minimum ?? member.minimum, maximum ?? member.maximum, path, findings);
};

/** How much is allowed, and what counts. */
const checkLimit = (world: World, rule: AutoBeAnalyze.IRule, entity: AutoBeAnalyze.IEntity): void => {
  const { kind, members, maximum, most, states } = rule;
  if (kind !== "limit") return;
  const path = world.at(rule);
  const isCounted = members.length === 1;
  const isRight = maximum !== null && maximum > 0 && (!isCounted || Number.isInteger(maximum));
  if (most === null ? !isRight : maximum !== null)
    world.findings.add(
      "ANALYZE.BAD_RANGE",
      `${path}.maximum`,
      "A limit has a maximum of at least 1, or says in most where it stands.",
    );
  const wrong = most === null ? null : wrongNumber(world, entity, most);
  if (wrong !== null) world.findings.add("ANALYZE.BAD_RANGE", `${path}.most`, wrong);
  const known = world.lifecycle(entity.name)?.states ?? [];
  const unknown = states.find((state) => !known.includes(state));
  if (unknown !== undefined)
    world.findings.add(
      "ANALYZE.UNKNOWN_STATE",
      `${path}.states`,
      known.length === 0 ? `${entity.name} has no states.` : `${entity.name} is ${known.join(", ")}, not ${unknown}.`,
    );
};

const wrongNumber = (world: World, entity: AutoBeAnalyze.IEntity, most: readonly string[]): string | null => {
  const end = follow(world, entity.name, most);
  if (end === "unknown") return null;
  const attribute = end?.attribute;
  return attribute != null && isNumber(attribute.kind) && attribute.source !== "count"
    ? null
    : `${most.join(".")} does not lead from ${entity.name} by references to a number.`;
};

export const checkOperations = (world: World): void => {
  const names = new Set<string>();
  for (const lifecycle of world.lifecycles)
    for (const { action } of lifecycle.transitions) names.add(`${lifecycle.entity}:${action}`);
  for (const operation of world.operations) {
    const path = world.at(operation);
    const key = `${operation.entity}:${operation.name}`;
    checkOwner(world, operation.entity, path);
    if (names.has(key))
      world.findings.add(
        "ANALYZE.DUPLICATE_NAME",
        `${path}.name`,
        `${operation.entity} has "${operation.name}" already, as a transition or an operation.`,
      );
    names.add(key);
    checkAction(world, operation.name, `${path}.name`);
    operation.actors.forEach((actor, index) => {
      checkActor(world, actor, `${path}.actors[${index}]`);
    });
  }
};
