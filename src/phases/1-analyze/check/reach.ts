/** Can rows come to be at all, and may whoever writes a reference see what it points to? */
import { spoken } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";
import { listed, type World } from "./world.js";

export const checkReach = (world: World): void => {
  const makeable = makeableOf(world);
  for (const entity of world.entities) {
    if (world.account(entity.name)) continue;
    const path = world.at(entity);
    if (!isMadeBySomebody(world, entity)) {
      const remedy = "grant create to an actor, or name the operation that makes it";
      world.findings.add("ANALYZE.UNREACHABLE_ENTITY", path, `Nobody can make rows of ${entity.name}: ${remedy}.`);
    } else if (!makeable.has(entity.name)) checkBlocked(world, entity, makeable);
  }
  for (const entity of world.entities)
    for (const attribute of entity.attributes) checkReadable(world, entity, attribute);
};

/** Operations say what they make in words: those count that own it, share a requirement with it or name it. */
const isMadeBySomebody = (world: World, entity: AutoBeAnalyze.IEntity): boolean =>
  world.analyze.actors.some((actor) => world.may(actor.name, "create", entity.name)) ||
  world.operations.some(
    (operation) =>
      operation.entity === entity.name ||
      operation.requirements.some((id) => entity.requirements.includes(id)) ||
      ` ${operation.description.toLowerCase()} `.includes(spoken(entity.name)),
  );

/** Entities of which a first row can be made, given that required references need rows before. */
const makeableOf = (world: World): Set<string> => {
  const made = new Set([...world.foreign, ...world.names().filter((name) => world.account(name))]);
  for (let size = -1; size !== made.size; ) {
    size = made.size;
    for (const entity of world.entities)
      if (
        isMadeBySomebody(world, entity) &&
        needs(entity).every(({ target }) => made.has(target!) || !world.exists(target!))
      )
        made.add(entity.name);
  }
  return made;
};

const needs = (entity: AutoBeAnalyze.IEntity): AutoBeAnalyze.IAttribute[] =>
  entity.attributes.filter(
    (attribute) => attribute.kind === "reference" && attribute.required && attribute.target !== null,
  );

const checkBlocked = (world: World, entity: AutoBeAnalyze.IEntity, makeable: ReadonlySet<string>): void => {
  const blocking = needs(entity).find(({ target }) => !makeable.has(target!) && world.exists(target!))!;
  const cycle = cycleFrom(world, entity, makeable);
  const path = world.at(blocking);
  if (cycle !== null)
    world.findings.add(
      "ANALYZE.REQUIRED_CYCLE",
      path,
      `Each row would need another first: ${listed(cycle).replaceAll(", ", " → ")}. Make one of these references optional.`,
    );
  else
    world.findings.add(
      "ANALYZE.IMPOSSIBLE_CREATE",
      path,
      `${entity.name} requires ${blocking.target}, of which nobody can make a row: let somebody, or make the reference optional.`,
    );
};

const cycleFrom = (world: World, start: AutoBeAnalyze.IEntity, makeable: ReadonlySet<string>): string[] | null => {
  const walk = (entity: AutoBeAnalyze.IEntity, chain: string[]): string[] | null => {
    for (const { target } of needs(entity)) {
      if (target === start.name) return [...chain, target];
      const next = world.entity(target);
      if (next === undefined || makeable.has(target!) || chain.includes(target!)) continue;
      const found = walk(next, [...chain, target!]);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(start, [start.name]);
};

const checkReadable = (world: World, entity: AutoBeAnalyze.IEntity, attribute: AutoBeAnalyze.IAttribute): void => {
  const isWritten =
    attribute.writer !== "server" && (attribute.kind === "reference" || attribute.kind === "references");
  if (!isWritten || attribute.target === null || !world.exists(attribute.target)) return;
  const blind = world.analyze.actors
    .map((actor) => actor.name)
    .filter((actor) => writes(world, actor, entity, attribute) && !world.may(actor, "read", attribute.target!));
  if (blind.length !== 0)
    world.findings.add(
      "ANALYZE.UNREADABLE_REFERENCE",
      world.at(attribute),
      `${listed(blind)} may write "${attribute.name}" but not read ${attribute.target}: grant read of ${attribute.target}, or let the server write the reference.`,
    );
};

const writes = (
  world: World,
  actor: string,
  entity: AutoBeAnalyze.IEntity,
  attribute: AutoBeAnalyze.IAttribute,
): boolean => {
  if (world.account(entity.name)) return world.actor(actor) === world.account(entity.name);
  const isGranted = (action: AutoBeAnalyze.Action) =>
    !world.foreign.has(entity.name) && world.may(actor, action, entity.name);
  if (world.inherits(entity) && world.foreign.has(entity.parent!)) return false;
  return isGranted("create") || (attribute.writer === "update" && isGranted("update"));
};
