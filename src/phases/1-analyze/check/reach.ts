/** Can rows come to be at all, and may whoever writes a reference see what it points to? */
import { spoken } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";
import { listed, type World } from "./world.js";

export const checkReach = (world: World): void => {
  for (const entity of world.entities) {
    if (!world.account(entity.name) && !isMadeBySomebody(world, entity))
      world.findings.add(
        "ANALYZE.UNREACHABLE_ENTITY",
        world.at(entity),
        `Nobody can make rows of ${entity.name}: grant create to an actor, or name the operation that makes it.`,
      );
    for (const need of needs(entity)) checkNeed(world, entity, need);
    for (const attribute of entity.attributes) checkReadable(world, entity, attribute);
    checkPath(world, entity);
  }
  checkCycles(world);
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

const needs = (entity: AutoBeAnalyze.IEntity): AutoBeAnalyze.IAttribute[] =>
  entity.attributes.filter(({ kind, required, target }) => kind === "reference" && required && target !== null);

const checkNeed = (world: World, entity: AutoBeAnalyze.IEntity, need: AutoBeAnalyze.IAttribute): void => {
  const target = world.entity(need.target);
  if (target === undefined || world.account(target.name) || isMadeBySomebody(world, target)) return;
  world.findings.add(
    "ANALYZE.IMPOSSIBLE_CREATE",
    world.at(need),
    `${entity.name} requires ${target.name}, of which nobody can make a row: let somebody, or make the reference optional.`,
  );
};

/** A cycle of required references is told once, at the reference that may best become optional: not one to a parent. */
const checkCycles = (world: World): void => {
  const done = new Set<string>();
  const walk = (entity: AutoBeAnalyze.IEntity, chain: readonly Link[]): void => {
    for (const need of needs(entity)) {
      const links = [...chain, { entity, need }];
      const start = links.findIndex((link) => link.entity.name === need.target);
      const next = world.entity(need.target);
      if (start >= 0) tellCycle(world, links.slice(start));
      else if (next !== undefined && !done.has(next.name)) walk(next, links);
    }
    done.add(entity.name);
  };
  for (const entity of world.entities) if (!done.has(entity.name)) walk(entity, []);
};

interface Link {
  entity: AutoBeAnalyze.IEntity;
  need: AutoBeAnalyze.IAttribute;
}

const tellCycle = (world: World, links: readonly Link[]): void => {
  const loosest = links.find(({ entity, need }) => need.target !== entity.parent);
  if (loosest === undefined) return; // parents alone: told there
  const names = [...links.map(({ entity }) => entity.name), links[0]!.entity.name];
  world.findings.add(
    "ANALYZE.REQUIRED_CYCLE",
    world.at(loosest.need),
    `Each row would need another first: ${names.join(" → ")}. Make "${loosest.need.name}" optional.`,
  );
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

const isRooted = (world: World, { parent }: AutoBeAnalyze.IEntity, depth = 0): boolean => {
  const above = world.entity(parent);
  return depth < 8 && (above === undefined || above.parent === null || isRooted(world, above, depth + 1));
};

/** A row is reached through its parent, so whoever may do something with it needs to see that one. */
const checkPath = (world: World, entity: AutoBeAnalyze.IEntity): void => {
  const { name, parent } = entity;
  // What is wrong with the parent itself is told there.
  const isParent = parent !== null && world.exists(parent) && !world.account(parent) && isRooted(world, entity);
  const isPublic = world.analyze.actors.some(
    (one) => one.kind === "guest" && world.may(one.name, "read", parent ?? ""),
  );
  if (!isParent || isPublic) return;
  const blind = world.analyze.actors
    .map((actor) => actor.name)
    .filter((actor) => !world.may(actor, "read", parent))
    .filter((actor) => world.permissions.some((one) => one.actor === actor && one.entity === name));
  if (blind.length !== 0)
    world.findings.add(
      "ANALYZE.UNREADABLE_PARENT",
      world.at(entity),
      `${listed(blind)} may use ${name} but not read ${parent}, through which it is reached: grant read of ${parent}, or give ${name} no parent and an attribute that refers to ${parent}.`,
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
