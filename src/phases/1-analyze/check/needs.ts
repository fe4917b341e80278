/** Can the row that a rule of kind requires asks for be told from others, and by whom is it asked for? */
import { type Comparison, incomparable, isNow } from "../../../base/comparison.js";
import { nearest } from "../../../base/diagnostic.js";
import { camel, collection, pascal } from "../../../base/naming.js";
import { parseNeedText } from "../../../base/need.js";
import type { AutoBeAnalyze } from "../ast.js";
import { isLiteral } from "./sources.js";
import { listed, type World } from "./world.js";

export const checkNeeds = (world: World, rule: AutoBeAnalyze.IRule, entity: AutoBeAnalyze.IEntity): void => {
  if (rule.needs === null) return;
  const path = world.at(rule);
  const actions = [
    "create",
    "update",
    "erase",
    ...(world.lifecycle(entity.name)?.transitions ?? []).map((one) => one.action),
  ];
  rule.on.forEach((action, index) => {
    world.findings.require(
      actions.includes(action),
      "ANALYZE.BAD_NEED",
      `${path}.on[${index}]`,
      `${entity.name} has no action "${action}": ${listed(actions)}.`,
    );
  });
  const wrong = wrongNeed(world, rule, entity);
  if (wrong !== null) world.findings.add("ANALYZE.BAD_NEED", `${path}.needs`, wrong);
};

/** Null also where a path leads to what is known by name only. */
const wrongNeed = (world: World, rule: AutoBeAnalyze.IRule, entity: AutoBeAnalyze.IEntity): string | null => {
  const need = parseNeedText(rule.needs!);
  if (need === null) return "Write it as Entity where path = value and path = value.";
  if (!world.exists(need.table))
    return `There is no entity ${need.table}; nearest: ${nearest(need.table, world.names())}.`;
  for (const { path, operator, value } of need.clauses) {
    const end = follow(world, need.table, path);
    if (end === "unknown") continue;
    if (end === null) return `${path.join(".")} does not lead from ${need.table} to an attribute.`;
    const wrong = wrongComparison(end, operator, value) ?? wrongValue(world, rule, entity, end, value);
    if (wrong !== null) return `${path.join(".")} ${wrong}`;
  }
  return null;
};

interface End {
  /** Entity, where the path ends at a row. */
  target: string | null;
  attribute: AutoBeAnalyze.IAttribute | null;
}

export const follow = (world: World, name: string, path: readonly string[]): End | "unknown" | null => {
  const [head, ...rest] = path;
  if (head === undefined || (head === "id" && rest.length === 0)) return { target: name, attribute: null };
  const entity = world.entity(name);
  if (entity === undefined) return "unknown";
  const member = world.member(entity, head);
  if (member?.kind === "reference") return follow(world, member.target ?? "", rest);
  if (member !== undefined) return rest.length === 0 ? { target: null, attribute: member } : null;
  // Ways back are named later, most of them like what they lead to.
  const back = world.entities.find(
    (other) =>
      [collection(other.name), camel(other.name)].includes(head) &&
      other.attributes.some((one) => one.kind === "reference" && one.target === name),
  );
  return back === undefined ? null : follow(world, back.name, rest);
};

const wrongComparison = ({ attribute }: End, operator: Comparison, value: string): string | null => {
  if (attribute !== null) return incomparable(attribute.kind, operator, value);
  return operator === "=" ? null : "is a row, and rows are compared by = alone.";
};

const wrongValue = (
  world: World,
  rule: AutoBeAnalyze.IRule,
  entity: AutoBeAnalyze.IEntity,
  { target, attribute }: End,
  value: string,
): string | null => {
  if (value === "me") {
    if (target === null || world.account(target) === undefined) return "is no account, so it is never me.";
    const others = callersOf(world, rule, entity).filter((actor) => pascal(actor) !== target);
    return others.length === 0 ? null : `is a ${target}, and ${others[0]} may do it too.`;
  }
  if (attribute !== null)
    return isNow(attribute.kind, value) || isLiteral(attribute, value)
      ? null
      : `is ${attribute.values ? listed(attribute.values) : attribute.kind}, not ${value}.`;
  if (value === "self")
    return target === entity.name && !rule.on.includes("create")
      ? null
      : `is a ${target}, and self is ${rule.on.includes("create") ? "not there yet" : `a ${entity.name}`}.`;
  const own = behindOwn(world, entity.name, value.split("."));
  return own === target || own === "unknown"
    ? null
    : `is a ${target}, and ${entity.name} has no reference ${value} to one.`;
};

/** What a reference leads to, or one of a row that is sure to be referred to: `stockLevel.warehouse`. */
const behindOwn = (world: World, name: string, [head, ...rest]: readonly string[]): string | "unknown" | null => {
  const entity = world.entity(name);
  if (entity === undefined) return "unknown";
  const member = world.member(entity, head ?? "");
  if (member?.kind !== "reference" || member.target === null || (!member.required && rest.length !== 0)) return null;
  return rest.length === 0 ? member.target : behindOwn(world, member.target, rest);
};

const callersOf = (world: World, { on }: AutoBeAnalyze.IRule, entity: AutoBeAnalyze.IEntity): string[] => {
  const transitions = world.lifecycle(entity.name)?.transitions ?? [];
  return world.analyze.actors
    .map(({ name }) => name)
    .filter((actor) =>
      on.some((action) =>
        action === "create" || action === "update" || action === "erase"
          ? world.may(actor, action, entity.name)
          : transitions.some((one) => one.action === action && one.actors.includes(actor)),
      ),
    );
};
