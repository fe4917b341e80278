/** How later phases see tables: shown to a model in groups that hang together, one line a table; and the columns that tell when. */
import { collection, plural, spoken } from "../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "./ast.js";

export interface Aggregate {
  /** Collection of its first root, `lists`. */
  name: string;
  /** Namespace of the database it belongs to. */
  namespace: string;
  models: AutoBeDatabase.IModel[];
}

const MOST_TABLES = 4;

/** Root tables with all that is reached through them, at most four tables at once. */
export const aggregatesOf = (database: AutoBeDatabase.IApplication): Aggregate[] =>
  database.files.flatMap((file) => {
    const models = file.models.filter((model) => model.stance !== "session");
    const below = (root: AutoBeDatabase.IModel): AutoBeDatabase.IModel[] => [
      root,
      ...models.filter((model) => model !== root && model.parent?.model === root.name).flatMap(below),
    ];
    const isRoot = (model: AutoBeDatabase.IModel): boolean =>
      model.parent === null || !models.some((one) => one.name === model.parent!.model);
    const aggregates: Aggregate[] = [];
    for (const family of models.filter(isRoot).map(below)) {
      const last = aggregates.at(-1);
      if (last !== undefined && last.models.length + family.length <= MOST_TABLES) last.models.push(...family);
      else
        for (let at = 0; at < family.length; at += MOST_TABLES)
          aggregates.push({
            name: collection(family[at]!.name),
            namespace: file.namespace,
            models: family.slice(at, at + MOST_TABLES),
          });
    }
    return aggregates;
  });

/** One line: whether erased rows are kept, then keys, links and columns; `?` for what may be null. */
export const foldTable = (model: AutoBeDatabase.IModel): string => {
  const columns = [
    ...model.foreignFields.map((field) => `${field.name} → ${field.relation.targetModel}${field.nullable ? "?" : ""}`),
    ...model.links.map((link) => `${link.name} → many ${link.targetModel}`),
    ...model.plainFields
      .filter((field) => !field.secret)
      .map((field) => {
        const values = field.values === null ? "" : ` ${field.values.join("|")}`;
        return `${field.name}: ${field.type}${field.nullable ? "?" : ""}${values}${field.writer === "server" ? " (server)" : ""}`;
      }),
  ];
  return `${model.name}${model.softDelete ? " (softDelete)" : ""}: ${columns.join(", ")}`;
};

/** Whether the server sets a moment whenever the row changes. */
export const isTouched = (field: AutoBeDatabase.IPlainField): boolean =>
  (field.type === "datetime" || field.type === "date") &&
  field.writer === "server" &&
  (field.name === "updatedAt" || (field.source?.kind === "now" && field.source.of === "update"));
/** The column by which the newest rows come first; the key where no moment is kept. */
export const ageOf = (model: AutoBeDatabase.IModel): string => {
  const moments = model.plainFields.filter(
    (field) => field.type === "datetime" && !field.nullable && field.source?.kind === "now" && !isTouched(field),
  );
  return (moments.find((field) => field.name === "createdAt") ?? moments[0])?.name ?? "id";
};

/** Whether words name a table: `a running section ban`, `two SectionBan rows`. */
export const isSpokenOf = ({ name, stance }: AutoBeDatabase.IModel, texts: readonly string[]): boolean => {
  const names = [spoken(name), name, spoken(plural(name))].map((one) => one.toLowerCase());
  return (
    stance !== "session" &&
    texts.some((text) => {
      const bare = ` ${text.toLowerCase().replace(/[^a-z0-9]+/g, " ")} `;
      return names.some((one) => bare.includes(` ${one} `));
    })
  );
};

/** The column that a path of relations ends at, each of them leading to one row. */
export const columnAt = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  [head, ...rest]: readonly string[],
): AutoBeDatabase.IPlainField | null => {
  if (rest.length === 0) return model.plainFields.find((field) => field.name === head) ?? null;
  const pointer = model.foreignFields.find((field) => field.relation.name === head);
  const next = modelNamed(database, pointer?.relation.targetModel ?? "");
  return next === undefined ? null : columnAt(database, next, rest);
};

/** What a key is as a column, in its own table and in those that refer to it. */
export type KeyColumn = Pick<AutoBeDatabase.IPrimaryField, "type" | "native">;

export const keyColumnOf = (database: AutoBeDatabase.IApplication, name: string): KeyColumn =>
  modelNamed(database, name)?.primaryField ?? { type: "uuid" };

/** Characters that a key of text may have: those of its column, or enough for every kind of key that Prisma makes. */
export const lengthOfKey = (native = ""): number => Number(/Char\((\d+)\)/.exec(native)?.[1] ?? 64);
