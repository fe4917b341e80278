/** `05-lifecycles-and-rules.md`: states with their transitions, rules, and operations beyond the usual ones. */
import type { AutoBeAnalyze } from "../ast.js";
import { printFilter } from "../filter.js";
import { diagram, heading, table } from "./markdown.js";

export const printRules = (analyze: AutoBeAnalyze.IApplication): string => {
  const all = <Key extends "rules" | "operations" | "lifecycles">(key: Key) =>
    analyze.modules.flatMap((module) => module[key] as AutoBeAnalyze.IModule[Key][number][]);
  return [
    heading(1, "Lifecycles and rules"),
    heading(2, "Lifecycles"),
    ...(all("lifecycles").length === 0 ? ["None.\n"] : all("lifecycles").flatMap(lifecycle)),
    heading(2, "Rules"),
    table(
      ["Entity", "Rule", "Kind", "Members", "Statement", "Requirements"],
      all("rules").map(({ entity, name, kind, members, statement, requirements }) => [
        entity,
        name,
        kind,
        members.join(", "),
        statement,
        requirements.join(", "),
      ]),
    ),
    heading(2, "Operations beyond create, read, update, erase and transitions"),
    table(
      ["Entity", "Operation", "Actors", "Description", "Requirements"],
      all("operations").map(({ entity, name, actors, description, requirements }) => [
        entity,
        name,
        actors.join(", "),
        description,
        requirements.join(", "),
      ]),
    ),
  ].join("\n");
};

const lifecycle = ({ entity, attribute, initial, transitions }: AutoBeAnalyze.ILifecycle): string[] => [
  heading(3, `${entity}: ${attribute}`),
  diagram([
    "stateDiagram-v2",
    `  [*] --> ${initial}`,
    ...transitions.flatMap(({ action, from, to }) => from.map((state) => `  ${state} --> ${to} : ${action}`)),
  ]),
  table(
    ["Action", "Actors", "From", "To", "Requirements"],
    transitions.map(({ action, actors, scopes, from, to, requirements }) => [
      action,
      actors.map((actor) => whom(actor, scopes)).join(", "),
      from.join(", "),
      to,
      requirements.join(", "),
    ]),
  ),
];

/** `member where tool.owner = me` */
const whom = (actor: string, scopes: readonly AutoBeAnalyze.IScope[]): string => {
  const own = scopes.filter((scope) => scope.actor === actor).map(({ filter }) => printFilter(filter));
  return own.length === 0 ? actor : `${actor} where ${own.join(" or ")}`;
};
