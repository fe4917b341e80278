/** Adopted tables → an analysis: one administrator, who may create, read, change and erase every row. */
import { spoken, withArticle } from "../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../../phases/1-analyze/ast.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";

/** What the service is called. */
export interface Title {
  name: string;
  title: string;
  summary: string;
  prefix: string;
  administrator: string;
}

export const MODULE = "records";

/** Names the rules of uniques at their indexes, and the requirements at their columns. */
export const analysisOf = (title: Title, models: AutoBeDatabase.IModel[]): AutoBeAnalyze.IApplication => {
  const { administrator, ...said } = title;
  const module: AutoBeAnalyze.IModule = {
    name: MODULE,
    title: "Records",
    purpose: "Keeps the rows of every table of the schema.",
    requirements: [],
    entities: [],
    permissions: [],
    lifecycles: [],
    rules: [],
    operations: [],
    unserved: [],
  };
  models.forEach((model, index) => {
    const id = `${MODULE}.R${index + 1}`;
    const isChangeable = [...model.plainFields, ...model.foreignFields, ...model.links].some(
      (field) => field.writer === "update",
    );
    const verbs = isChangeable ? "create, read, change and erase" : "create, read and erase";
    module.requirements.push({
      id,
      text: `The service shall let ${withArticle(administrator)} ${verbs} ${spoken(model.name)} rows.`,
      priority: "must",
      acceptance: `${withArticle(model.name)} that was created can be read${isChangeable ? ", changed" : ""} and erased.`,
    });
    for (const field of [...model.plainFields, ...model.foreignFields, ...model.links]) field.requirements = [id];
    const rules = rulesOf(model, id);
    module.entities.push({
      name: model.name,
      description: model.description,
      parent: null,
      attributes: attributesOf(model, id),
      requirements: [id],
    });
    module.permissions.push({
      actor: administrator,
      entity: model.name,
      actions: ["create", "read", ...(isChangeable ? (["update"] as const) : []), "erase"],
      filter: null,
      requirements: [id],
    });
    module.rules.push(...rules);
  });
  return {
    ...said,
    scopeIn: ["What the schema holds."],
    scopeOut: ["Rules that the schema does not tell."],
    actors: [
      {
        name: administrator,
        kind: "admin",
        signup: "invited",
        description: "Administers every row; the first account comes from the seed.",
      },
    ],
    modules: [module],
  };
};

const attributesOf = (model: AutoBeDatabase.IModel, id: string): AutoBeAnalyze.IAttribute[] => {
  const plain: Omit<AutoBeAnalyze.IAttribute, "name" | "description" | "kind" | "required" | "writer"> = {
    target: null,
    values: null,
    minimum: null,
    maximum: null,
    source: null,
    of: null,
    requirements: [id],
  };
  return [
    ...model.foreignFields.map((field) => ({
      ...plain,
      name: field.relation.name,
      description: field.description,
      kind: "reference" as const,
      required: !field.nullable,
      writer: field.writer,
      target: field.relation.targetModel,
    })),
    ...model.links.map((link) => ({
      ...plain,
      name: link.name,
      description: link.description,
      kind: "references" as const,
      required: false,
      writer: link.writer,
      target: link.targetModel,
    })),
    // What Prisma or the machine fills is said by the tables alone.
    ...model.plainFields
      .filter((field) => field.generated === undefined && field.source?.kind !== "erase")
      .filter((field) => !["createdAt", "updatedAt"].includes(field.name))
      .map((field) => ({
        ...plain,
        name: field.name,
        description: field.description,
        kind: kindOf(field.type),
        required: !field.nullable && field.type !== "list",
        writer: field.writer,
        values: field.type === "list" ? null : field.values,
        minimum: field.type === "list" ? null : field.minimum,
        maximum: field.type === "list" ? null : field.maximum,
        source: field.source?.kind === "now" ? ("now" as const) : null,
      })),
  ];
};

/** Of those that no analysis knows, the nearest. */
const kindOf = (type: AutoBeDatabase.ColumnType): AutoBeAnalyze.Kind =>
  type === "list" ? "json" : type === "time" || type === "bytes" ? "string" : type;

/** A unique is a rule where clients write all of its members: others nobody can break. */
const rulesOf = (model: AutoBeDatabase.IModel, id: string): AutoBeAnalyze.IRule[] => {
  const member = (column: string): string | null => {
    const field = [...model.plainFields, ...model.foreignFields].find((one) => one.name === column);
    if (field === undefined || field.writer === "server" || field.type === "json" || field.type === "list") return null;
    return "relation" in field ? field.relation.name : field.name;
  };
  const rules: AutoBeAnalyze.IRule[] = [];
  const add = (columns: readonly string[]): string | null => {
    const members = columns.map(member);
    if (members.some((one) => one === null)) return null;
    const said = members.map((one) => spoken(one!)).join(" and ");
    const rule: AutoBeAnalyze.IRule = {
      name: `unique${rules.length + 1}`,
      entity: model.name,
      kind: "unique",
      members: members as string[],
      minimum: null,
      maximum: null,
      most: null,
      states: [],
      needs: null,
      on: [],
      statement: `No two ${spoken(model.name)} rows have the same ${said}.`,
      requirements: [id],
    };
    rules.push(rule);
    return ruleId(rule);
  };
  for (const index of model.uniqueIndexes) index.rule = add(index.fieldNames);
  for (const field of model.foreignFields) if (field.unique) add([field.name]);
  return rules;
};
