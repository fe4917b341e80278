/** Drafts of lifecycles → states that somebody can reach. */
import { isReservedFunction, pascal } from "../../src/base/naming.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import { plain, valuesFrom } from "./attributes.js";
import type { LifecycleDraft } from "./blueprint.js";
import { ACTIONS, MEMBERS, Names } from "./names.js";
import type { Built, Service } from "./service.js";

export const addStates = (service: Service, built: Built, { name, states: count }: LifecycleDraft): void => {
  const states = valuesFrom(name, count);
  const attribute = built.names.pick(["status", "state", "phase", ...MEMBERS.slice(0, 5)], name);
  const requirements = service.require(built.module, `${built.entity.name} has states.`);
  built.lifecycle = {
    entity: built.entity.name,
    attribute,
    states,
    initial: states[0]!,
    transitions: [],
    requirements,
  };
  built.module.lifecycles.push(built.lifecycle);
};

/** A chain through all states by somebody who sees them all, then whatever chance adds. */
export const addTransitions = (service: Service, built: Built, draft: LifecycleDraft): void => {
  const { states } = built.lifecycle!;
  const readers = readersOf(service, built);
  const stewards = readers.filter((actor) => seesAll(service, built, actor));
  if (stewards.length === 0) service.letRead(built.makers[0]!, built.entity.name);
  const steward = stewards[draft.steward % stewards.length] ?? built.makers[0]!;
  const anybody = (at: number | undefined): string[] =>
    at === undefined || readers.length === 0 ? [] : [readers[at % readers.length]!];
  const actions = new Names((one) => [one.toLowerCase(), ...(isReservedFunction(one) ? ["!"] : [])]);
  for (let at = 1; at < states.length; ++at) {
    const { actor, hasMoment = false, scope = 0 } = draft.actions[at - 1] ?? {};
    const transition = { from: [states[at - 1]!], to: states[at]!, actors: [steward, ...anybody(actor)], scope };
    addTransition(service, built, actions.pick(ACTIONS, draft.name + at), transition, hasMoment);
  }
  for (const one of draft.actions) {
    const to = states[one.to % states.length]!;
    const starts = [states[one.from % states.length]!, states[one.actor % states.length]!];
    const from = [...new Set(starts)].filter((state) => state !== to);
    const transition = { from, to, actors: [steward], scope: one.scope };
    if (from.length !== 0) addTransition(service, built, actions.pick(ACTIONS, one.name), transition, one.hasMoment);
  }
};

const addTransition = (
  service: Service,
  built: Built,
  action: string,
  { from, to, actors, scope }: { from: string[]; to: string; actors: string[]; scope: number },
  hasMoment: boolean,
): void => {
  const { module, entity, lifecycle, names } = built;
  const scopes = [...new Set(actors)].flatMap((actor) => scopeOf(service, built, actor, scope));
  const requirements = action.length % 2 === 0 ? service.require(module, `One can ${action} ${entity.name}.`) : [];
  lifecycle!.transitions.push({ action, actors: [...new Set(actors)], scopes, from, to, requirements });
  const moment = { required: false, writer: "server", source: "transition", of: action } as const;
  if (hasMoment) entity.attributes.push(plain(names.pick(MOMENTS, action.length), "datetime", moment));
};

/** Its own rows, those of others of its kind, or those with a value that is given when they are made. */
const scopeOf = (service: Service, built: Built, actor: string, choice: number): AutoBeAnalyze.IScope[] => {
  const seesEverything = service.right(actor, built.entity.name, "read")?.filter === null;
  const own = built.entity.attributes.find(
    (one) => one.required && one.source === "actor" && one.target === pascal(actor),
  );
  const mine = own === undefined || !built.makers.includes(actor) ? [] : [{ path: [own.name], value: "me" }];
  const flag = built.entity.attributes.find((one) => one.kind === "boolean" && one.writer !== "server");
  if (choice === 3 && mine.length !== 0) return [{ actor, filter: [{ ...mine[0]!, operator: "=" }] }];
  if (choice === 4 && mine.length !== 0 && seesEverything && built.entity.parent === null)
    return [{ actor, filter: [{ ...mine[0]!, operator: "!=" }] }];
  if (choice === 5 && flag !== undefined && seesEverything && !service.isAccount(built.entity.name))
    return [{ actor, filter: [{ path: [flag.name], operator: "=", value: "false" }] }];
  return [];
};

const MOMENTS = ["publishedAt", "closedAt", "doneAt", "heldAt", "sentAt", "paidAt", "readAt", "shippedAt", "openedAt"];

const readersOf = (service: Service, { entity }: Built): string[] =>
  service.actors.map((one) => one.name).filter((one) => service.may(one, entity.name, "read"));

/** Whether the actor sees and touches rows in every state: its own, or those with a value that whoever creates them can give. */
const seesAll = (service: Service, built: Built, actor: string): boolean => {
  const isHarmless = ({ path, value }: AutoBeAnalyze.ICondition): boolean =>
    (value === "me" && built.makers[0] === actor) ||
    (path.length === 1 && path[0] !== built.lifecycle?.attribute && value !== "me");
  return (["read", "update"] as const).every((action) =>
    (service.right(actor, built.entity.name, action)?.filter ?? []).every(isHarmless),
  );
};
