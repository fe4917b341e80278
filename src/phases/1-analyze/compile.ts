/** The analysis → six documents for a reader, the last of which follows each requirement into tables, operations and tests. */
import type { FileTree } from "../../base/file-tree.js";
import type { AutoBeAnalyze } from "./ast.js";
import { printActors } from "./print/actors.js";
import { printEntities } from "./print/entities.js";
import { heading, list, table } from "./print/markdown.js";
import { printRules } from "./print/rules.js";

/** Where a requirement ended up; filled by the later phases. */
export interface RequirementLink {
  requirement: string;
  tables: string[];
  operations: string[];
  tests: string[];
}

export const compileAnalyze = (
  analyze: AutoBeAnalyze.IApplication,
  links: readonly RequirementLink[] = [],
): FileTree => ({
  "docs/analysis/01-overview.md": printOverview(analyze),
  "docs/analysis/02-actors-and-permissions.md": printActors(analyze),
  "docs/analysis/03-requirements.md": printRequirements(analyze),
  "docs/analysis/04-entities.md": printEntities(analyze),
  "docs/analysis/05-lifecycles-and-rules.md": printRules(analyze),
  "docs/analysis/06-traceability.md": printTraceability(analyze, links),
});

const printOverview = (analyze: AutoBeAnalyze.IApplication): string =>
  [
    heading(1, analyze.title),
    `${analyze.summary}\n`,
    heading(2, "Modules"),
    table(
      ["Module", "Purpose", "Entities", "Requirements"],
      analyze.modules.map((module) => [
        module.title,
        module.purpose,
        module.entities.map((entity) => entity.name).join(", "),
        String(module.requirements.length),
      ]),
    ),
    heading(2, "In scope"),
    list(analyze.scopeIn),
    heading(2, "Out of scope"),
    list(analyze.scopeOut),
  ].join("\n");

const printRequirements = (analyze: AutoBeAnalyze.IApplication): string =>
  [
    heading(1, "Requirements"),
    ...analyze.modules.flatMap((module) => [
      heading(2, module.title),
      `${module.purpose}\n`,
      ...module.requirements.flatMap(({ id, text, priority, acceptance }) => [
        heading(3, id),
        `**${priority}** — ${text}\n`,
        `Accepted when: ${acceptance}\n`,
      ]),
      ...(module.unserved.length === 0
        ? []
        : [heading(3, "Not served"), list(module.unserved.map(({ id, reason }) => `${id}: ${reason}`))]),
    ]),
  ].join("\n");

const printTraceability = (analyze: AutoBeAnalyze.IApplication, links: readonly RequirementLink[]): string => {
  const byId = new Map(links.map((link) => [link.requirement, link]));
  const code = (names: readonly string[] = []) => names.map((name) => `\`${name}\``).join("<br>") || "—";
  return [
    heading(1, "Traceability"),
    "Each requirement, the tables that hold it, the operations that serve it and the tests that show it.\n",
    table(
      ["Requirement", "Priority", "Tables", "Operations", "Tests"],
      analyze.modules
        .flatMap((module) => module.requirements)
        .map(({ id, priority }) => {
          const link = byId.get(id);
          return [id, priority, code(link?.tables), code(link?.operations), code(link?.tests)];
        }),
    ),
  ].join("\n");
};
