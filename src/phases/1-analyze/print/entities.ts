/** `04-entities.md`: a diagram of what refers to what, and the attributes of each entity. */
import { pascal } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";
import { diagram, heading, table } from "./markdown.js";

export const printEntities = (analyze: AutoBeAnalyze.IApplication): string => {
  const entities = analyze.modules.flatMap((module) => module.entities);
  return [
    heading(1, "Entities"),
    diagram(["erDiagram", ...boxes(analyze, entities), ...entities.flatMap(edges)]),
    ...analyze.modules.flatMap((module) => [heading(2, module.title), ...module.entities.flatMap(section)]),
  ].join("\n");
};

/** Accounts that no module describes are drawn empty, so that references have an end. */
const boxes = (analyze: AutoBeAnalyze.IApplication, entities: readonly AutoBeAnalyze.IEntity[]): string[] => [
  ...analyze.actors
    .filter((actor) => actor.kind !== "guest" && entities.every((entity) => entity.name !== pascal(actor.name)))
    .map((actor) => `  ${pascal(actor.name)}`),
  ...entities.flatMap((entity) => {
    const facts = entity.attributes.filter(({ kind }) => kind !== "reference" && kind !== "references");
    if (facts.length === 0) return [`  ${entity.name}`];
    return [`  ${entity.name} {`, ...facts.map(({ kind, name }) => `    ${kind} ${name}`), "  }"];
  }),
];

const edges = (entity: AutoBeAnalyze.IEntity): string[] =>
  entity.attributes.flatMap(({ name, kind, target, required }) => {
    if (kind === "references") return [`  ${entity.name} }o--o{ ${target} : ${name}`];
    return kind === "reference" ? [`  ${target} ${required ? "||" : "|o"}--o{ ${entity.name} : ${name}`] : [];
  });

const section = (entity: AutoBeAnalyze.IEntity): string[] => [
  heading(3, entity.name),
  `${entity.description}${entity.parent === null ? "" : ` Belongs to ${entity.parent}.`}\n`,
  table(
    ["Attribute", "Kind", "Required", "Written by", "Meaning", "Requirements"],
    entity.attributes.map((attribute) => [
      `\`${attribute.name}\``,
      kindOf(attribute),
      attribute.required ? "yes" : "no",
      writerOf(attribute),
      attribute.description,
      attribute.requirements.join(", "),
    ]),
  ),
];

const kindOf = ({ kind, target, values, minimum, maximum }: AutoBeAnalyze.IAttribute): string => {
  if (kind === "reference") return `→ ${target}`;
  if (kind === "references") return `→ ${target}, many`;
  if (kind === "enum") return (values ?? []).join(" | ");
  return minimum === null && maximum === null ? kind : `${kind} ${minimum ?? ""}…${maximum ?? ""}`;
};

const writerOf = ({ writer, source, of }: AutoBeAnalyze.IAttribute): string => {
  if (writer === "create") return "client, once";
  if (writer === "update") return "client";
  return source === null ? "server" : `server: ${SOURCES[source]}${of === null ? "" : ` ${of}`}`;
};

const SOURCES: Record<AutoBeAnalyze.Source, string> = {
  actor: "the caller",
  transition: "moment of",
  count: "number of",
  copy: "copy of",
  now: "current time",
  constant: "always",
  formula: "computed,",
};
