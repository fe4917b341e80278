/** Judges a whole analysis, or one module of it among entities known by name. */
import { type Diagnostic, Findings } from "../../../base/diagnostic.js";
import type { AutoBeAnalyze } from "../ast.js";
import { checkEntities } from "./entities.js";
import { checkLifecycles } from "./lifecycles.js";
import { checkPermissions } from "./permissions.js";
import { checkReach } from "./reach.js";
import { checkOperations, checkRules } from "./rules.js";
import { World } from "./world.js";

/** Everything that is wrong with the analysis, at paths inside it (`$input.modules[1].rules[0].members`). */
export const checkAnalyze = (analyze: AutoBeAnalyze.IApplication): Diagnostic[] => {
  const paths = pathsOf(analyze);
  const findings = new Findings();
  checkMeaning(analyze, new Set(), (item) => paths.get(item) ?? "$input", findings);
  analyze.modules.forEach((module, index) => {
    checkMust(module, `$input.modules[${index}]`, findings);
  });
  return findings.list;
};

export const checkMeaning = (
  analyze: AutoBeAnalyze.IApplication,
  foreign: ReadonlySet<string>,
  at: (item: object) => string,
  findings: Findings,
  isAnswer = false,
): void => {
  const world = new World(analyze, foreign, at, findings, isAnswer);
  checkEntities(world);
  checkPermissions(world);
  checkLifecycles(world);
  checkRules(world);
  checkOperations(world);
  checkReach(world);
};

/** Must requirements that nothing serves and nobody gave up. */
const checkMust = (module: AutoBeAnalyze.IModule, path: string, findings: Findings): void => {
  const served = new Set([...servedBy(module), ...module.unserved.map(({ id }) => id)]);
  module.requirements.forEach(({ id, priority }, index) => {
    if (priority === "must" && !served.has(id))
      findings.add(
        "ANALYZE.MUST_UNSERVED",
        `${path}.requirements[${index}]`,
        `Nothing serves ${id}: name it at the item that does, or in unserved.`,
      );
  });
};

export const servedBy = (module: AutoBeAnalyze.IModule): string[] =>
  [
    ...module.entities,
    ...module.entities.flatMap((entity) => entity.attributes),
    ...module.permissions,
    ...module.lifecycles,
    ...module.lifecycles.flatMap((lifecycle) => lifecycle.transitions),
    ...module.rules,
    ...module.operations,
  ].flatMap((item) => item.requirements);

const pathsOf = (analyze: AutoBeAnalyze.IApplication): Map<object, string> => {
  const paths = new Map<object, string>();
  const walk = (value: unknown, path: string): void => {
    if (value === null || typeof value !== "object") return;
    paths.set(value, path);
    for (const [key, inner] of Object.entries(value))
      walk(inner, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  };
  walk(analyze, "$input");
  return paths;
};
