/** Can every state be reached, and may every transition be called? */
import { nearest } from "../../../base/diagnostic.js";
import { isReserved, isReservedFunction } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";
import { checkActor, checkFilter } from "./permissions.js";
import type { World } from "./world.js";

export const checkLifecycles = (world: World): void => {
  const owners = new Set<string>();
  for (const lifecycle of world.lifecycles) {
    const { findings } = world;
    const path = world.at(lifecycle);
    const entity = world.entity(lifecycle.entity);
    checkOwner(world, lifecycle.entity, path);
    if (owners.has(lifecycle.entity))
      findings.add(
        "ANALYZE.DUPLICATE_NAME",
        `${path}.entity`,
        `${lifecycle.entity} has a lifecycle already; one is the most.`,
      );
    owners.add(lifecycle.entity);
    if (isReserved(lifecycle.attribute))
      findings.add(
        "ANALYZE.RESERVED_NAME",
        `${path}.attribute`,
        `"${lifecycle.attribute}" is a reserved word; "status" is not.`,
      );
    if (new Set(lifecycle.states).size !== lifecycle.states.length)
      findings.add("ANALYZE.DUPLICATE_NAME", `${path}.states`, "A state is there twice.");
    checkState(world, lifecycle, lifecycle.initial, `${path}.initial`);
    for (const transition of lifecycle.transitions) {
      checkTransition(world, lifecycle, transition);
      if (entity === undefined) continue;
      for (const scope of transition.scopes)
        checkFilter(world, scope.actor, entity, scope.filter, `${world.at(scope)}.filter`);
    }
    if (entity !== undefined) checkReach(world, lifecycle, path);
  }
};

export const checkOwner = (world: World, entity: string, path: string): void => {
  world.findings.require(
    world.exists(entity),
    "ANALYZE.UNKNOWN_ENTITY",
    `${path}.entity`,
    `There is no "${entity}"; nearest: ${nearest(entity, world.names())}.`,
  );
};

const checkState = (world: World, { states }: AutoBeAnalyze.ILifecycle, state: string, path: string): void => {
  world.findings.require(
    states.includes(state),
    "ANALYZE.UNKNOWN_STATE",
    path,
    `There is no state "${state}"; nearest: ${nearest(state, states)}.`,
  );
};

const checkTransition = (
  world: World,
  lifecycle: AutoBeAnalyze.ILifecycle,
  transition: AutoBeAnalyze.ITransition,
): void => {
  const { findings } = world;
  const path = world.at(transition);
  const { entity } = lifecycle;
  const twin = lifecycle.transitions.find((one) => one.action === transition.action);
  checkAction(world, transition.action, `${path}.action`);
  if (twin !== transition)
    findings.add(
      "ANALYZE.DUPLICATE_NAME",
      `${path}.action`,
      `${entity} has "${transition.action}" already; list all states it starts from in one transition.`,
    );
  transition.from.forEach((state, index) => {
    checkState(world, lifecycle, state, `${path}.from[${index}]`);
  });
  checkState(world, lifecycle, transition.to, `${path}.to`);
  transition.actors.forEach((actor, index) => {
    checkActor(world, actor, `${path}.actors[${index}]`);
    checkReader(world, actor, entity, `${path}.actors[${index}]`);
  });
};

/** Whoever acts on a row must find it first. */
const checkReader = (world: World, actor: string, entity: string, path: string): void => {
  if (world.actor(actor) === undefined || world.may(actor, "read", entity) || world.may(actor, "update", entity))
    return;
  world.findings.add(
    "ANALYZE.WRITE_WITHOUT_READ",
    path,
    `"${actor}" may not read ${entity}, so it cannot act on it: add a permission.`,
  );
};

const checkReach = (world: World, { states, initial, transitions }: AutoBeAnalyze.ILifecycle, path: string): void => {
  const known = new Set(states);
  if (transitions.some(({ from, to }) => ![...from, to].every((state) => known.has(state)))) return; // told there
  const reached = new Set([initial]);
  for (let size = 0; size !== reached.size; ) {
    size = reached.size;
    for (const { from, to } of transitions) if (from.some((state) => reached.has(state))) reached.add(to);
  }
  states.forEach((state, index) => {
    if (!reached.has(state))
      world.findings.add(
        "ANALYZE.UNREACHABLE_STATE",
        world.isAnswer ? "$input.transitions" : `${path}.states[${index}]`,
        `No transition leads from "${initial}" to "${state}": add one, or drop the state.`,
      );
  });
};

const DERIVED_OPERATIONS = ["create", "at", "list", "update", "erase", "join", "login", "refresh", "logout", "me"];

/** A verb becomes a function: it must be free. */
export const checkAction = (world: World, action: string, path: string): void => {
  if (DERIVED_OPERATIONS.includes(action))
    world.findings.add(
      "ANALYZE.RESERVED_NAME",
      path,
      `"${action}" is there already by permissions; drop it, or name what is special about it.`,
    );
  else if (isReservedFunction(action))
    world.findings.add("ANALYZE.RESERVED_NAME", path, `"${action}" is a reserved word; choose another verb.`);
};
