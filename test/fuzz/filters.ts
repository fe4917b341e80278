/** Filters of permissions that some row satisfies. */
import { pascal } from "../../src/base/naming.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { Built, Service } from "./service.js";

type Condition = AutoBeAnalyze.ICondition;

const is = (path: string[], value: string): Condition => ({ path, operator: "=", value });
const isNot = (path: string[], value: string): Condition => ({ path, operator: "!=", value });

/** Conditions by which rows that the actor creates are the actor's own: by an owner, or by one of what they belong to. */
export const ownPaths = (service: Service, actor: string, entity: AutoBeAnalyze.IEntity, depth = 0): Condition[] => {
  const account = pascal(actor);
  const references = entity.attributes.filter((one) => one.kind === "reference");
  const direct = references
    .filter((one) => one.target === account && (one.source === "actor" || one.required))
    .map((one) => is([one.name], "me"));
  if (direct.length !== 0 || depth > 1) return direct;
  const parent = references.find((one) => one.target === entity.parent && entity.parent !== null);
  const above = parent === undefined ? undefined : service.find(parent.target!);
  if (above === undefined || !above.makers.includes(actor)) return [];
  return ownPaths(service, actor, above.entity, depth + 1).map((one) => is([parent!.name, ...one.path], "me"));
};

/** What narrows reading; null for nothing. */
export const conditionsFor = (
  service: Service,
  built: Built,
  actor: string,
  choice: number,
  isMaker: boolean,
): Condition[] | null => {
  const { entity, lifecycle } = built;
  const own = isMaker ? ownPaths(service, actor, entity).slice(0, 1) : [];
  const given = entity.attributes.filter((one) => one.writer !== "server");
  const choosable = given.flatMap((one) =>
    one.kind === "boolean"
      ? [is([one.name], "true"), isNot([one.name], "true")]
      : one.kind === "enum"
        ? [is([one.name], one.values!.at(-1)!), ...(one.values!.length > 1 ? [isNot([one.name], one.values![0]!)] : [])]
        : one.kind === "int"
          ? [is([one.name], String(Math.max(one.minimum ?? 5, Math.min(5, one.maximum ?? 5))))]
          : !one.required && one.kind !== "json"
            ? [isNot([one.name], "null"), is([one.name], "null")]
            : [],
  );
  const constant = choosable[choice % Math.max(choosable.length, 1)];
  const state =
    lifecycle === null || isMaker
      ? undefined
      : [
          is([lifecycle.attribute], lifecycle.states.at(-1)!),
          is([lifecycle.attribute], lifecycle.states[1]!),
          isNot([lifecycle.attribute], lifecycle.initial),
        ][choice % 3];
  const alternatives: (Condition[] | null)[] = [
    null,
    own,
    own,
    constant ? [constant] : null,
    state ? [state] : null,
    state && constant ? [state, constant] : null,
    constant ? [...own, constant] : own,
    own,
    null,
    state ? [state] : constant ? [constant] : null,
    own,
    null,
  ];
  const chosen = alternatives[choice] ?? null;
  return chosen === null || chosen.length === 0 ? null : chosen;
};
