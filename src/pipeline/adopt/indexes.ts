/** Uniques and indexes of an adopted model, by the names that its members have here. */
import type { PrismaDatamodel, PrismaModel } from "../../base/prisma-schema.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";

export const indexesOf = (
  {
    datamodel,
    change,
  }: { datamodel: PrismaDatamodel; change(model: string, field: string | null, what: string): void },
  model: PrismaModel,
  renamed: ReadonlyMap<string, string>,
): { uniques: AutoBeDatabase.IUniqueIndex[]; plain: AutoBeDatabase.IPlainIndex[] } => {
  const own = datamodel.indexes.filter((index) => index.model === model.name);
  const isEmptyable = (name: string): boolean => model.fields.some((field) => field.name === name && !field.isRequired);
  const columns = (type: string): string[][] =>
    distinct(
      own
        .filter((index) => index.type === type)
        .filter(({ algorithm, fields }) => {
          const isTree = algorithm === undefined || algorithm === "BTree" || algorithm === "Hash";
          if (!isTree) change(model.name, fields[0]?.name ?? null, `has no ${algorithm} index: add it by a migration`);
          return isTree;
        })
        .map((index) => index.fields.map((field) => field.name)),
    );
  for (const index of own)
    if (index.type === "fulltext") change(model.name, index.fields[0]?.name ?? null, "has no full-text index");
  const here = (names: string[]): string[] => names.map((name) => renamed.get(name) ?? name);
  return {
    uniques: columns("unique").map((names) => ({
      fieldNames: here(names),
      rule: null,
      ...(names.length > 1 && names.some(isEmptyable) ? { nulls: "distinct" as const } : {}),
    })),
    plain: columns("normal").map((names) => ({ fieldNames: here(names) })),
  };
};

const distinct = (lists: string[][]): string[][] => [...new Map(lists.map((list) => [list.join(), list])).values()];
