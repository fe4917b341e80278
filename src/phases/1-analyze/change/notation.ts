/** The analysis as a change sees it: an entity a line with its members; by name only what is far from the change where all would be too long. */
import { spoken } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";

/** In characters: about 3,500 tokens. */
const LONGEST = 14_000;

export const foldAnalysis = (analyze: AutoBeAnalyze.IApplication, request: string): string => {
  const whole = analyze.modules.map((module) => foldModule(analyze, module, true)).join("\n");
  if (whole.length <= LONGEST) return whole;
  const near = analyze.modules.map((module) => foldModule(analyze, module, isSpokenOf(module, request))).join("\n");
  if (near.length <= LONGEST) return near;
  return analyze.modules.map((module) => foldModule(analyze, module, false)).join("\n");
};

const isSpokenOf = (module: AutoBeAnalyze.IModule, request: string): boolean => {
  const text = request.toLowerCase();
  const nouns = [
    module.name,
    ...module.entities.flatMap((entity) => [spoken(entity.name), ...spoken(entity.name).split(" ")]),
  ];
  return nouns.some((noun) => noun.length > 3 && text.includes(noun.toLowerCase()));
};

const foldModule = (analyze: AutoBeAnalyze.IApplication, module: AutoBeAnalyze.IModule, isWhole: boolean): string =>
  isWhole
    ? [`${module.name} (${module.purpose})`, ...module.entities.map((entity) => foldEntity(analyze, entity))].join("\n")
    : `${module.name}: ${module.entities.map((entity) => entity.name).join(", ")}`;

const foldEntity = (analyze: AutoBeAnalyze.IApplication, entity: AutoBeAnalyze.IEntity): string => {
  const of = <Key extends "lifecycles" | "rules" | "operations">(key: Key): AutoBeAnalyze.IModule[Key][number][] =>
    analyze.modules
      .flatMap((module): AutoBeAnalyze.IModule[Key][number][] => module[key])
      .filter((one) => one.entity === entity.name);
  const parts = [
    entity.attributes.map(foldAttribute).join(", "),
    ...of("lifecycles").map(
      ({ attribute, states, transitions }) =>
        `${attribute}: ${states.join("|")} by ${transitions.map((one) => one.action).join(", ")}`,
    ),
    ...named("rules", of("rules")),
    ...named("operations", of("operations")),
  ].filter((part) => part !== "");
  const parent = entity.parent === null ? "" : ` in ${entity.parent}`;
  return `- ${entity.name}${parent}: ${parts.join("; ")}`;
};

const foldAttribute = ({ name, kind, required, target }: AutoBeAnalyze.IAttribute): string =>
  `${name}${required ? "" : "?"} ${kind === "reference" ? `→ ${target}` : kind === "references" ? `→ many ${target}` : kind}`;

const named = (what: string, items: readonly { name: string }[]): string[] =>
  items.length === 0 ? [] : [`${what} ${items.map((one) => one.name).join(", ")}`];
