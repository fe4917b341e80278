/** What this backend does, for its README: actors, entities, operations. */
import type { AutoBeAnalyze } from "../phases/1-analyze/ast.js";
import type { AutoBeOpenApi } from "../phases/3-interface/ast.js";

export const describeProject = (analyze: AutoBeAnalyze.IApplication, document: AutoBeOpenApi.IDocument): string => {
  const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");
  const operations = document.operations.map((one) => {
    const callers = [...new Set(one.access.map((access) => access.actor))].join(", ");
    return `| \`${one.method.toUpperCase()} ${one.path}\` | ${cell(one.description)} | ${callers} |`;
  });
  return [
    "## What it does",
    "",
    "Who uses it:",
    "",
    ...analyze.actors.map((actor) => `- **${actor.name}** (${signupOf(actor)}): ${actor.description}`),
    "",
    "What it keeps:",
    "",
    ...analyze.modules.flatMap((module) =>
      module.entities.map((entity) => `- **${entity.name}**: ${entity.description}`),
    ),
    "",
    "| operation | what it does | for |",
    "| --- | --- | --- |",
    ...operations,
    "",
    "Requirements and where each of them ended up: [docs/analysis](docs/analysis/01-overview.md). Tables: [docs/ERD.md](docs/ERD.md).",
  ].join("\n");
};

const signupOf = (actor: AutoBeAnalyze.IActor): string =>
  actor.kind === "guest" ? "no account" : actor.signup === "open" ? "signs up" : "by invitation: `npm run seed`";
