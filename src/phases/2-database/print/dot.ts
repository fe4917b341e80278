/** The database AST → a Graphviz graph: a table per model, clusters by namespace, crow's feet, actors in a colour of their own. */
import { type AutoBeDatabase, columnOf, modelNamed } from "../ast.js";

/** Every letter of a monospaced font is as wide as the others: Graphviz measures none itself. */
const FONT = "DejaVu Sans Mono";
const SIZE = 10;
/** Points of one letter, by the font's own metrics. */
const LETTER = 0.602 * SIZE;

export const printDot = (database: AutoBeDatabase.IApplication): string => {
  const files = database.files.filter((file) => file.models.length !== 0);
  return [
    "digraph erd {",
    `  graph [rankdir=LR, ranksep=0.9, nodesep=0.22, newrank=true, bgcolor=white, pad=0.3, fontname="${FONT}"];`,
    `  node [shape=plain, fontname="${FONT}", fontsize=${SIZE}];`,
    "  edge [dir=both, arrowsize=0.7, penwidth=1.1];",
    ...files.flatMap((file, index) => clusterOf(file, index)),
    ...files.flatMap((file, index) => file.models.flatMap((model) => edgesOf(database, model, inkOf(index)))),
    "}",
    "",
  ].join("\n");
};

/** Inks that are told apart on white, one for each namespace in turn. */
const INKS = ["#1d4ed8", "#b45309", "#047857", "#be123c", "#6d28d9", "#0e7490", "#4d7c0f", "#a21caf"];
const inkOf = (index: number): string => INKS[index % INKS.length]!;

const clusterOf = (file: AutoBeDatabase.IFile, index: number): string[] => [
  `  subgraph cluster_${index} {`,
  `    label=<<b>${escaped(file.namespace)}</b>>; labeljust=l; fontsize=16; fontcolor="${inkOf(index)}";`,
  `    style="rounded,filled"; color="${inkOf(index)}"; fillcolor="#f8fafc"; margin=14;`,
  ...file.models.map((model) => `    ${quoted(model.name)} [label=<${labelOf(model)}>];`),
  "  }",
];

interface Row {
  key: string;
  name: string;
  type: string;
}

const labelOf = (model: AutoBeDatabase.IModel): string => {
  const rows = rowsOf(model);
  const [names, types] = [longest(rows.map((row) => row.name)), longest(rows.map((row) => row.type))];
  const free = Math.max(0, model.table.length + 1 - KEY - names - types);
  const cells = ({ key, name, type }: Row): string =>
    `<tr>${cell(key, KEY, "#b45309")}${cell(name, names + free, "#0f172a")}${cell(type, types, "#64748b")}</tr>`;
  return [
    '<table border="1" cellborder="0" cellspacing="0" cellpadding="2" color="#94a3b8" bgcolor="white">',
    `<tr><td colspan="3" align="left" balign="left" bgcolor="${HEADS[model.stance]}"><font color="white"><b>${escaped(model.table)}</b></font></td></tr>`,
    ...rows.map(cells),
    "</table>",
  ].join("");
};

const HEADS: Record<AutoBeDatabase.Stance, string> = {
  actor: "#b91c1c",
  session: "#9ca3af",
  primary: "#1e3a8a",
  subsidiary: "#475569",
  snapshot: "#115e59",
};

/** Letters of `FK`, with a space. */
const KEY = 3;

const rowsOf = (model: AutoBeDatabase.IModel): Row[] => [
  { key: "PK", name: "id", type: "uuid" },
  ...model.foreignFields.map((field) => ({
    key: "FK",
    name: columnOf(field),
    type: field.nullable ? "uuid?" : "uuid",
  })),
  ...model.plainFields.map((field) => ({
    key: isUnique(model, field.name) ? "UK" : "",
    name: columnOf(field),
    type: field.nullable ? `${field.type}?` : field.type,
  })),
];

const isUnique = (model: AutoBeDatabase.IModel, name: string): boolean =>
  model.uniqueIndexes.some((index) => index.fieldNames.length === 1 && index.fieldNames[0] === name);

const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, text.length), 0);

const cell = (text: string, letters: number, ink: string): string =>
  `<td align="left" balign="left" width="${Math.ceil((letters + 1) * LETTER)}">` +
  `${text === "" ? "" : `<font color="${ink}">${escaped(text)}</font>`}</td>`;

/** From the many to the one: a crow's foot, and a bar, with a ring where there may be none. */
const edgesOf = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel, ink: string): string[] => [
  ...model.foreignFields.map((field) =>
    edge(model.name, field.relation.targetModel, {
      arrowtail: field.unique ? "teeodot" : "crowodot",
      arrowhead: field.nullable ? "teeodot" : "teetee",
      color: modelNamed(database, field.relation.targetModel)?.stance === "actor" ? "#cbd5e1" : ink,
    }),
  ),
  ...model.links.map((link) =>
    edge(model.name, link.targetModel, { arrowtail: "crowodot", arrowhead: "crowodot", color: ink, style: "dashed" }),
  ),
];

const edge = (from: string, to: string, attributes: Record<string, string>): string =>
  `  ${quoted(from)} -> ${quoted(to)} [${Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(", ")}];`;

const quoted = (name: string): string => JSON.stringify(name);
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
