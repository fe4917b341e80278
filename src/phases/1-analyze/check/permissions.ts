/** May the permissions stand: known actors and entities, filters that can be followed, nothing granted that nobody can reach? */
import { nearest } from "../../../base/diagnostic.js";
import { pascal } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";
import { isLiteral } from "./sources.js";
import { listed, type World } from "./world.js";

export const checkPermissions = (world: World): void => {
  const granted = new Map<string, string[]>();
  for (const permission of world.permissions) {
    const { findings } = world;
    const path = world.at(permission);
    checkActor(world, permission.actor, `${path}.actor`);
    const entity = world.entity(permission.entity);
    if (!world.exists(permission.entity))
      findings.add(
        "ANALYZE.UNKNOWN_ENTITY",
        `${path}.entity`,
        `There is no "${permission.entity}"; nearest: ${nearest(permission.entity, world.names())}.`,
      );
    for (const action of new Set(permission.actions)) {
      const key = [permission.actor, permission.entity, action].join(":");
      const filters = granted.get(key) ?? [];
      const filter = JSON.stringify(permission.filter);
      // Two filters are alternatives; beside a row without filter another says nothing.
      if (filters.some((one) => one === filter || one === "null" || filter === "null"))
        findings.add(
          "ANALYZE.DUPLICATE_PERMISSION",
          `${path}.actions`,
          `"${permission.actor}" has ${action} of ${permission.entity} already: one row per actor, entity and action, or several with different filters.`,
        );
      granted.set(key, [...filters, filter]);
    }
    if (entity === undefined) continue;
    checkActions(world, permission, entity, path);
    if (permission.filter?.length === 0)
      findings.add(
        "ANALYZE.BAD_FILTER",
        `${path}.filter`,
        "A filter without conditions narrows nothing: say null for all rows.",
      );
    checkFilter(world, permission.actor, entity, permission.filter ?? [], `${path}.filter`);
  }
};

/** Can each condition be followed from a row of the entity? */
export const checkFilter = (
  world: World,
  actor: string,
  entity: AutoBeAnalyze.IEntity,
  filter: readonly AutoBeAnalyze.ICondition[],
  path: string,
): void => {
  for (const condition of filter) {
    const wrong = wrongCondition(world, actor, entity, condition);
    if (wrong !== null) world.findings.add("ANALYZE.BAD_FILTER", path, wrong);
  }
};

export const checkActor = (world: World, actor: string, path: string): void => {
  const names = world.analyze.actors.map((one) => one.name);
  world.findings.require(
    names.includes(actor),
    "ANALYZE.UNKNOWN_ACTOR",
    path,
    `There is no actor "${actor}"; nearest: ${nearest(actor, names)}.`,
  );
};

const checkActions = (
  world: World,
  { actor, actions }: AutoBeAnalyze.IPermission,
  entity: AutoBeAnalyze.IEntity,
  path: string,
): void => {
  const { findings } = world;
  if (world.account(entity.name) && actions.some((action) => action === "create" || action === "erase"))
    findings.add(
      "ANALYZE.ACCOUNT_ACTION",
      `${path}.actions`,
      "Accounts come to be by signing up and are not erased: only read and update can be granted.",
    );
  const isBlind =
    actions.some((action) => action === "update" || action === "erase") && !world.may(actor, "read", entity.name);
  if (isBlind)
    findings.add(
      "ANALYZE.WRITE_WITHOUT_READ",
      `${path}.actions`,
      `"${actor}" may not read ${entity.name}, so it can neither update nor erase it: add read.`,
    );
  const isEmpty =
    actions.includes("update") &&
    entity.attributes.every((attribute) => attribute.writer !== "update") &&
    world.entities.every((child) => child.parent !== entity.name || !world.inherits(child));
  if (isEmpty)
    findings.add(
      "ANALYZE.NOTHING_TO_UPDATE",
      `${path}.actions`,
      `No attribute of ${entity.name} has writer update: drop the action, or let one be updated. Transitions need no update.`,
    );
  const owner = entity.attributes.find((attribute) => attribute.source === "actor" && attribute.required);
  const kind = world.account(owner?.target ?? null);
  if (actions.includes("create") && kind !== undefined && kind.name !== actor)
    findings.add(
      "ANALYZE.CREATE_BY_OTHER_ACTOR",
      `${path}.actions`,
      `"${owner!.name}" is the calling ${kind.name}, so only ${kind.name} can create ${entity.name}: drop create, or make the reference optional.`,
    );
};

/** What is wrong with a condition; null where nothing is, or where it leads to what is known by name only. */
const wrongCondition = (
  world: World,
  actor: string,
  start: AutoBeAnalyze.IEntity,
  { path, value }: AutoBeAnalyze.ICondition,
): string | null => {
  let name = start.name;
  if (path.length === 0) return "A condition begins with a path.";
  for (const [index, segment] of path.entries()) {
    const entity = world.entity(name);
    if (entity === undefined && (world.foreign.has(name) || !world.account(name))) return null;
    const names = entity === undefined ? ["id"] : world.members(entity);
    const member = entity === undefined ? undefined : world.member(entity, segment);
    if (member === undefined && segment !== "id")
      return `${name} has no "${segment}"; nearest: ${nearest(segment, names)}.`;
    if (index === path.length - 1) return wrongValue(world, actor, name, member, value);
    if (member?.kind !== "reference")
      return `"${segment}" of ${name} is no reference to one row, so the path ends there.`;
    name = member.target ?? "";
  }
  return null;
};

const wrongValue = (
  world: World,
  actor: string,
  holder: string,
  member: AutoBeAnalyze.IAttribute | undefined,
  value: string,
): string | null => {
  if (value === "me") {
    const account = pascal(actor);
    if (world.account(account) === undefined) return `"${actor}" has no account, so nothing is "me".`;
    const isKey = member === undefined || member.name === "id";
    const isOwn = isKey ? holder === account : member.kind === "reference" && member.target === account;
    return isOwn
      ? null
      : `"me" is a ${account}: the path must end in a reference to ${account}, not in "${member?.name ?? "id"}".`;
  }
  if (member === undefined || value === "null") return null;
  if (member.source === "count") return `"${member.name}" is counted when read and cannot be filtered by.`;
  if (!COMPARABLE.includes(member.kind))
    return `"${member.name}" is ${member.kind}: compare it with me or null, or compare an enum, a boolean or a number.`;
  if (!isLiteral(member, value))
    return `"${value}" is no value of "${member.name}" (${member.values ? listed(member.values) : member.kind}).`;
  return null;
};

const COMPARABLE: readonly AutoBeAnalyze.Kind[] = ["enum", "boolean", "int", "bigint", "decimal", "double"];
