/** Names that an adopted schema may keep, and others for those it may not: what the runtime or the contract needs. */
import { isReservedModel, pascal, plural, tableName } from "../../base/naming.js";
import type { PrismaDatamodel, PrismaField } from "../../base/prisma-schema.js";

/** Prisma model → name of its entity. */
export const namesOfModels = ({ models, enums }: PrismaDatamodel): Map<string, string> => {
  const taken = new Set(enums.map(({ name }) => keyOf(name)));
  const names = new Map<string, string>();
  const isFree = (name: string): boolean => !isReservedModel(name) && !taken.has(keyOf(name));
  // A name that needs no change has precedence over one that does.
  const isPlain = (name: string): boolean => /^[A-Z][A-Za-z0-9]{0,39}$/.test(name);
  for (const { name } of [...models].sort((x, y) => Number(isPlain(y.name)) - Number(isPlain(x.name)))) {
    const wanted = isPlain(name) ? name : pascal(name).slice(0, 40);
    const chosen = [wanted, ...SUFFIXES.map((suffix) => `${wanted}${suffix}`)].find(isFree) ?? wanted;
    taken.add(keyOf(chosen));
    names.set(name, chosen);
  }
  return names;
};

const SUFFIXES = ["Record", "Entry", "Item", "RecordB", "RecordC", "RecordD"];

/** Two names of one key would share a file, a table or a path. */
const keyOf = (name: string): string => plural(pascal(name)).toLowerCase();

/** The name of a member, or another where the contract means something else by it. */
export const nameOfMember = (field: PrismaField, columns: ReadonlySet<string>): string => {
  if (field.isId && !columns.has(field.name)) return "id";
  const isAsked = field.kind === "enum" || field.type === "Boolean" || columns.has(field.name);
  const isTaken = NEVER.has(field.name) || (isAsked && QUERY.has(field.name));
  return isTaken ? `${field.name}Value` : field.name;
};

/** Members of every object, of Prisma's filters, and the key. */
const NEVER = new Set(["id", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty", "AND", "OR", "NOT"]);
/** Members of every list's query. */
const QUERY = new Set(["page", "limit", "sort", "search"]);

/** Who administers: a name that neither a model nor a table of the schema has. */
export const nameOfAdministrator = ({ models, enums }: PrismaDatamodel, prefix: string): string => {
  const taken = new Set([...models, ...enums].map(({ name }) => keyOf(name)));
  const tables = new Set(models.map((model) => model.dbName ?? model.name));
  const isFree = (name: string): boolean =>
    [pascal(name), `${pascal(name)}Session`].every(
      (model) => !taken.has(keyOf(model)) && !tables.has(tableName(prefix, model)),
    );
  return ADMINISTRATORS.find(isFree) ?? "keeperOfEverything";
};

const ADMINISTRATORS = ["administrator", "operator", "steward", "superuser", "caretaker"];
