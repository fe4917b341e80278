/** What the model sees of the database: derived tables in a compact notation, and only what the draft still owes. */
import type { Asker } from "../../base/asker.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import { type AutoBeDatabase, databaseFunctions, type IArrange, type IModels, modelNamed, modelsOf } from "./ast.js";
import { checkArrange } from "./check/arrange.js";
import { checkModels } from "./check/models.js";
import { type Obligation, obligationsOf } from "./obligations.js";

export const arrangeTask = (
  analyze: AutoBeAnalyze.IApplication,
  draft: AutoBeDatabase.IApplication,
  file: AutoBeDatabase.IFile,
  asker: Asker,
): Task<IArrange> => {
  const obligations = obligationsOf(analyze, file.models);
  const shown = {
    module: file.namespace,
    tables: file.models.map(printTable).join("\n"),
    others: namesOf(modelsOf(draft).filter((model) => !file.models.includes(model) && model.stance !== "session")),
    duties: dutiesOf(analyze, file.models, obligations),
  };
  const context = { analyze, draft, namespace: file.namespace, obligations };
  return {
    key: `database/arrange:${file.namespace.toLowerCase()}`,
    function: functionNamed<IArrange>("arrange"),
    enums: { "unserved[].id": obligations.map((one) => one.id) },
    ...halves(asker.render("database-arrange", shown)),
    shown,
    lists: {
      tables: (one: { name: string }) => one.name,
      relations: (one: { table: string; name: string }) => `${one.table}.${one.name}`,
      unserved: (one: { id: string }) => one.id,
    },
    closing: "unserved",
    check: (answer) => checkArrange(context, answer),
  };
};

export const modelsTask = (
  analyze: AutoBeAnalyze.IApplication,
  draft: AutoBeDatabase.IApplication,
  namespace: string,
  part: number,
  models: readonly AutoBeDatabase.IModel[],
  asker: Asker,
): Task<IModels> => {
  const obligations = obligationsOf(analyze, models);
  const ids = obligations.map((one) => one.id);
  const tables = models.map((model) => model.name);
  const shown = {
    namespace,
    tables: models.map(printTable).join("\n"),
    neighbours: namesOf(neighboursOf(draft, models)),
    duties: dutiesOf(analyze, models, obligations),
  };
  return {
    key: `database/models:${namespace.toLowerCase()}/${part}`,
    function: functionNamed<IModels>("amendModels"),
    enums: {
      "columns[].table": tables,
      "columns[].serves[]": ids,
      "pointers[].table": tables,
      "uniques[].table": tables,
      "uniques[].serves[]": ids,
      "indexes[].table": tables,
      "unserved[].id": ids,
    },
    ...halves(asker.render("database-models", shown)),
    shown,
    lists: {
      columns: (one: { table: string; name: string }) => `${one.table}.${one.name}`,
      pointers: (one: { table: string; name: string }) => `${one.table}.${one.name}`,
      uniques: (one: { table: string; members: string[] }) => `${one.table}(${one.members.join()})`,
      indexes: (one: { table: string; members: string[] }) => `${one.table}(${one.members.join()})`,
      unserved: (one: { id: string }) => one.id,
    },
    closing: "unserved",
    check: (answer) => checkModels({ draft, tables, obligations }, answer),
  };
};

/** One line per table, one per relation and column; what every table has is left out. */
export const printTable = (model: AutoBeDatabase.IModel): string => {
  const parent =
    model.parent === null
      ? ""
      : `, ${model.parent.kind === "composed" ? "composed in" : "reached through"} ${model.parent.model}`;
  const kept = model.softDelete ? ", softDelete" : "";
  return [
    `${model.name} (${model.stance}${parent}${kept}): ${model.description}`,
    ...model.foreignFields.map((field) => {
      const unique = field.unique ? ", unique" : "";
      return `  ${field.relation.name} → ${field.relation.targetModel}${mark(field)}${unique}, ${writerOf(field)}, on erase ${field.onDelete}`;
    }),
    ...model.links.map((link) => `  ${link.name} → many ${link.targetModel}, ${link.writer}`),
    ...model.plainFields.filter((field) => !field.secret && !MOMENTS.includes(field.name)).map(printColumn),
    ...model.uniqueIndexes.map((index) => `  unique: ${index.fieldNames.join(", ")}`),
  ].join("\n");
};

const MOMENTS = ["createdAt", "updatedAt"];

const printColumn = (field: AutoBeDatabase.IPlainField): string => {
  const values = field.values === null ? "" : ` ${field.values.join("|")}`;
  const bounds =
    field.minimum === null && field.maximum === null ? "" : ` ${field.minimum ?? ""}…${field.maximum ?? ""}`;
  const literal = field.default === null ? "" : `, default ${JSON.stringify(field.default)}`;
  return `  ${field.name}: ${field.type}${mark(field)}${values}${bounds}, ${writerOf(field)}${literal}`;
};

const mark = ({ nullable }: { nullable: boolean }): string => (nullable ? "?" : "");

const writerOf = ({
  writer,
  source,
}: {
  writer: AutoBeDatabase.Writer;
  source: AutoBeDatabase.ISource | null;
}): string => (source === null ? writer : `${writer} (${source.kind}${source.of === null ? "" : ` ${source.of}`})`);

const namesOf = (models: readonly AutoBeDatabase.IModel[]): string =>
  models.map((model) => model.name).join(", ") || "none";

const neighboursOf = (
  draft: AutoBeDatabase.IApplication,
  models: readonly AutoBeDatabase.IModel[],
): AutoBeDatabase.IModel[] => {
  const names = new Set(models.map((model) => model.name));
  const ahead = models.flatMap((model) =>
    model.foreignFields.map(({ relation }) => modelNamed(draft, relation.targetModel)),
  );
  const back = modelsOf(draft).filter((model) =>
    model.foreignFields.some(({ relation }) => names.has(relation.targetModel)),
  );
  return [...new Set([...ahead, ...back])].filter(
    (model): model is AutoBeDatabase.IModel =>
      model !== undefined && !names.has(model.name) && model.stance !== "session",
  );
};

const dutiesOf = (
  analyze: AutoBeAnalyze.IApplication,
  models: readonly AutoBeDatabase.IModel[],
  obligations: readonly Obligation[],
): string => {
  const entities = models.map((model) => model.entity);
  const operations = analyze.modules
    .flatMap((module) => module.operations)
    .filter((one) => entities.includes(one.entity));
  return [
    obligations.length === 0
      ? "The draft owes nothing: no obligation is open."
      : "Obligations that the draft does not serve yet:",
    ...obligations.map((one) => `- ${one.id}: ${one.statement}`),
    ...(operations.length === 0 ? [] : ["", "Custom operations on these tables:"]),
    ...operations.map((one) => `- ${one.entity}.${one.name}: ${one.description}`),
  ].join("\n");
};

const functionNamed = <Answer>(name: string): ModelFunction<Answer> =>
  databaseFunctions.functions.find((one) => one.name === name) as unknown as ModelFunction<Answer>;
