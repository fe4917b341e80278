/** A rule as a model says it → as later phases read it. */
import type { AutoBeAnalyze, IModuleRule } from "./ast.js";

/** @param member name of an attribute as the analysis has it */
export const ruleOf = (
  one: IModuleRule,
  member: (name: string) => string,
  requirements: string[],
): AutoBeAnalyze.IRule => {
  const isLimit = one.kind === "limit";
  const needs = one.kind === "requires" || one.kind === "temporal" ? one.needs?.trim() || null : null;
  return {
    name: one.name,
    entity: one.entity,
    kind: one.kind,
    members: one.members.map(member),
    minimum: one.minimum ?? null,
    maximum: one.maximum ?? null,
    most: isLimit ? mostOf(one, member) : null,
    states: isLimit ? (one.states ?? []) : [],
    needs,
    on: needs === null ? [] : (one.on ?? ["create"]),
    statement: one.statement,
    requirements,
  };
};

/** `event.venue.seats`, and `venue.seats` where rows are counted per event. */
const mostOf = ({ members, most }: IModuleRule, member: (name: string) => string): string[] | null => {
  if (!most?.trim()) return null;
  const path = most.trim().split(".");
  const reference = member(members[0] ?? "");
  return path[0] === members[0] || path[0] === reference ? [reference, ...path.slice(1)] : [reference, ...path];
};
