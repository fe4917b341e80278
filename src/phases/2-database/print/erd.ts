/** The database AST → `docs/ERD.md`: one Mermaid diagram and the tables of columns per namespace. */
import { type AutoBeDatabase, columnNamed, columnOf, itemOf } from "../ast.js";

export const printErd = (database: AutoBeDatabase.IApplication): string => {
  const files = database.files.filter((file) => file.models.length !== 0);
  return [
    "# Entity relationship diagrams\n",
    "![All tables](erd.svg)\n",
    ...files.map((file) => `- [${file.namespace}](#${file.namespace.toLowerCase()})`),
    "",
    ...files.flatMap((file) => [
      `## ${file.namespace}\n`,
      "```mermaid",
      "erDiagram",
      ...file.models.flatMap(boxOf),
      ...file.models.flatMap(edgesOf),
      "```\n",
      ...file.models.flatMap(tableOf),
    ]),
  ].join("\n");
};

const boxOf = (model: AutoBeDatabase.IModel): string[] => [
  `  ${model.name} {`,
  `    ${model.primaryField.type} id PK`,
  ...model.foreignFields.map((field) => `    ${field.type} ${field.name} FK${field.nullable ? ' "nullable"' : ""}`),
  ...model.plainFields.map((field) => {
    const key = isUnique(model, field.name) ? " UK" : "";
    return `    ${field.type} ${field.name}${key}${field.nullable ? ' "nullable"' : ""}`;
  }),
  "  }",
];

const isUnique = (model: AutoBeDatabase.IModel, name: string): boolean =>
  model.uniqueIndexes.some((index) => index.fieldNames.length === 1 && index.fieldNames[0] === name);

const edgesOf = (model: AutoBeDatabase.IModel): string[] => [
  ...model.foreignFields.map(
    (field) =>
      `  ${field.relation.targetModel} ${field.nullable ? "|o" : "||"}--${field.unique ? "o|" : "o{"} ${model.name} : ${field.relation.name}`,
  ),
  ...model.links.map((link) => `  ${model.name} }o--o{ ${link.targetModel} : ${link.name}`),
];

const tableOf = (model: AutoBeDatabase.IModel): string[] => [
  `### ${model.name}\n`,
  `${model.description.trim()}\n`,
  `Table \`${model.table}\`, ${STANCES[model.stance]}${model.softDelete ? "; erased rows are marked and stay" : ""}.\n`,
  "| Column | Type | Null | Written by | Meaning |",
  "|---|---|---|---|---|",
  `| \`${columnOf(model.primaryField)}\` | ${model.primaryField.type} | | ${model.primaryField.writer ?? "server"} | ${cell(model.primaryField.description)} |`,
  ...model.foreignFields.map((field) =>
    row(field, `${field.type} → ${field.relation.targetModel}, ${ERASURES[field.onDelete]}`, columnOf(field)),
  ),
  ...model.plainFields.map((field) => row(field, typeOf(field), columnOf(field))),
  ...model.links.map(
    (link) => `| | ${link.name}: set of ${link.targetModel} | | ${link.writer} | ${cell(link.description)} |`,
  ),
  "",
  ...model.uniqueIndexes.map(
    (index) => `- Unique together: ${index.fieldNames.map((name) => `\`${columnNamed(model, name)}\``).join(", ")}`,
  ),
  ...(model.uniqueIndexes.length === 0 ? [] : [""]),
];

const STANCES: Record<AutoBeDatabase.Stance, string> = {
  actor: "accounts of an actor",
  session: "logins of an actor",
  primary: "with operations of its own",
  subsidiary: "inside its parent",
  snapshot: "appended, never changed",
};
const ERASURES = { cascade: "erased with it", restrict: "holds it", clear: "cleared with it" } as const;

const row = (field: AutoBeDatabase.IForeignField | AutoBeDatabase.IPlainField, type: string, column: string): string =>
  `| \`${column}\` | ${type} | ${field.nullable ? "yes" : ""} | ${field.writer} | ${cell(field.description)} |`;

const typeOf = (field: AutoBeDatabase.IPlainField): string => {
  if (field.type === "list") return `${typeOf(itemOf(field))}, several`;
  if (field.type === "enum") return (field.values ?? []).join(" \\| ");
  if (field.minimum === null && field.maximum === null) return field.type;
  return `${field.type} ${field.minimum ?? ""}…${field.maximum ?? ""}`;
};

const cell = (text: string): string => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();
