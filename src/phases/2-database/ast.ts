/** Tables, columns and relations, and the two functions by which a model changes the derived ones. */
import typia, { type tags } from "typia";
import { columnName } from "../../base/naming.js";

type Camel = string & tags.Pattern<"^[a-z][a-zA-Z0-9]{0,39}$">;
type Pascal = string & tags.Pattern<"^[A-Z][a-zA-Z0-9]{0,39}$">;
type Line<N extends number> = string & tags.MinLength<1> & tags.MaxLength<N>;

export namespace AutoBeDatabase {
  export interface IApplication {
    /** snake_case prefix of every table. */
    prefix: string;
    files: IFile[];
  }

  export interface IFile {
    /** `schema-01-tasks.prisma` */
    filename: string;
    namespace: string;
    models: IModel[];
  }

  /** actor → authentication; session → one actor's logins; primary → own operations; subsidiary → through its parent; snapshot → appended, never changed. */
  export type Stance = "actor" | "session" | "primary" | "subsidiary" | "snapshot";

  export interface IModel {
    /** Prisma model, PascalCase singular. */
    name: string;
    /** Table in the database. */
    table: string;
    description: string;
    stance: Stance;
    /** Materialised view; none are derived yet. */
    material: boolean;
    /** Entity of the analysis it comes from; null for sessions. */
    entity: string | null;
    /** Foreign key through which it is reached: composed rows live inside the parent's body, routed ones have operations of their own. */
    parent: { relation: string; model: string; kind: "composed" | "routed" } | null;
    /** Erased rows are marked, not removed, and there is a column that says when. */
    softDelete: boolean;
    primaryField: IPrimaryField;
    foreignFields: IForeignField[];
    plainFields: IPlainField[];
    /** Pure M:N links, declared on this side. */
    links: ILink[];
    uniqueIndexes: IUniqueIndex[];
    plainIndexes: IPlainIndex[];
    ginIndexes: IGinIndex[];
  }

  export type Writer = "create" | "update" | "server";

  /** Kinds of keys: uuid is ours; the others come with a schema that was adopted. */
  export type Key = "uuid" | "int" | "bigint" | "string";

  export interface IPrimaryField extends IAdopted {
    name: "id";
    type: Key;
    description: string;
    /** What Prisma fills it with, e.g. `autoincrement()`; absent where we do, with a random uuid. */
    generated?: string;
    /** Whoever makes a row says its key as well; absent where Prisma or we do. */
    writer?: "create";
  }

  /** What an adopted schema says of a column, where that differs from what we would say. */
  export interface IAdopted {
    /** Name in the database. */
    column?: string;
    /** Prisma's attribute of the native type, such as `@db.VarChar(40)`, or empty for Prisma's own choice. */
    native?: string;
  }

  export interface IForeignField extends IAdopted {
    /** Column, relation plus `Id` where we chose it. */
    name: string;
    type: Key;
    description: string;
    relation: IRelation;
    /** 1:1. */
    unique: boolean;
    nullable: boolean;
    onDelete: "cascade" | "restrict" | "clear";
    writer: Writer;
    /** actor: the caller, at create. Null for client-written ones. */
    source: ISource | null;
    requirements: string[];
  }

  export interface IRelation {
    name: string;
    targetModel: string;
    /** Property on the target that leads back. */
    oppositeName: string;
    /** Prisma's relation name. */
    mappingName: string;
  }

  export type Type =
    | "boolean"
    | "int"
    | "bigint"
    | "double"
    | "decimal"
    | "string"
    | "text"
    | "uri"
    | "uuid"
    | "date"
    | "datetime"
    | "enum"
    | "json";

  /** What comes with an adopted schema alone: several values in one column, in order; a time of day, to the second; bytes. */
  export type ColumnType = Type | "list" | "time" | "bytes";
  /** What a list may hold. */
  export type Item = "string" | "uuid" | "boolean" | "int" | "double" | "enum";

  export interface IPlainField extends IAdopted {
    name: string;
    type: ColumnType;
    description: string;
    nullable: boolean;
    /** What a list holds; bounds and values are those of one item. */
    items?: Item;
    /** Literal as text, of a list as JSON, null for none. */
    default: string | null;
    /** What Prisma fills it with instead of a literal, e.g. `autoincrement()`. */
    generated?: string;
    /** Values of an enum. */
    values: string[] | null;
    /** Enum of an adopted schema, which several columns may share. */
    enumeration?: IEnumeration;
    /** Digits in all and after the point, where an adopted decimal says so. */
    digits?: { all: number; fraction: number };
    /** Inclusive bounds: of the value, or of the length of a string. */
    minimum: number | null;
    maximum: number | null;
    writer: Writer;
    source: ISource | null;
    /** Never leaves the database: hashes of secrets, and what clients write and nobody reads. */
    secret: boolean;
    requirements: string[];
  }

  export interface IEnumeration {
    name: string;
    /** Name in the database. */
    type: string;
    /** Values whose name in the database is another. */
    mapped: { value: string; name: string }[];
  }

  export interface ISource {
    /** erase: the moment at which the row was erased. */
    kind: "actor" | "transition" | "count" | "copy" | "now" | "constant" | "formula" | "state" | "erase";
    of: string | null;
  }

  export interface ILink {
    /** Relation, plural. */
    name: string;
    /** Prisma's relation name, after which the join table is named; absent where we choose it. */
    mappingName?: string;
    targetModel: string;
    oppositeName: string;
    description: string;
    writer: Writer;
    requirements: string[];
  }

  export interface IUniqueIndex {
    /** Columns; a foreign key by its column name. */
    fieldNames: string[];
    /** Name of the rule it serves. */
    rule: string | null;
    /** distinct: an empty member is like no other, as Prisma has it; absent: nothing is like nothing. */
    nulls?: "distinct";
  }
  export interface IPlainIndex {
    fieldNames: string[];
  }
  export interface IGinIndex {
    fieldName: string;
  }
}

// Answer of `database/arrange:<module>`: differences only, silence keeps the draft.
export interface IArrange {
  /** What you change and why, in a few sentences. */
  plan: Line<700>;
  /** Tables to change, or new ones. */
  tables: IArrangeTable[] & tags.MaxItems<12>;
  /** Relations to change, or new ones. */
  relations: IArrangeRelation[] & tags.MaxItems<24>;
  /** Comes last; what the draft should serve and cannot. */
  unserved: IDatabaseUnserved[] & tags.MaxItems<20>;
}
export interface IArrangeTable {
  name: Pascal;
  /** Why. */
  note: Line<160>;
  /** primary has operations of its own; subsidiary is reached through its parent; snapshot is appended, never changed. */
  stance: "primary" | "subsidiary" | "snapshot";
  /** true only if its rows are written inside the parent's body and replaced with it. */
  composed: boolean;
  /** true only if an erased row must still be shown by rows that refer to it; operations find it no more. */
  softDelete?: boolean;
}
export interface IArrangeRelation {
  table: Pascal;
  /** Role, without "Id". */
  name: Camel;
  note: Line<160>;
  target: Pascal;
  nullable: boolean;
  /** At most one row per target. */
  unique: boolean;
  /** What happens to this row when its target is erased. */
  onErase: "cascade" | "restrict" | "clear";
}
export interface IDatabaseUnserved {
  /** Requirement or rule. */
  id: Line<80>;
  reason: Line<160>;
}

// Answer of `database/models:<namespace>/<n>`: differences only, silence keeps the draft.
export interface IModels {
  /** What you change and why, in a few sentences. */
  plan: Line<700>;
  /** Columns to change, or new ones. */
  columns: IModelsColumn[] & tags.MaxItems<60>;
  /** Foreign keys whose deletion or nullability changes. */
  pointers: IModelsPointer[] & tags.MaxItems<24>;
  /** Uniques to add. */
  uniques: IModelsUnique[] & tags.MaxItems<16>;
  /** Indexes to add for queries you expect; foreign keys have theirs. */
  indexes: IModelsIndex[] & tags.MaxItems<16>;
  /** Rules shown that no column or constraint can hold, and why. Comes last. */
  unserved: IDatabaseUnserved[] & tags.MaxItems<40>;
}
export interface IModelsColumn {
  table: Pascal;
  name: Camel;
  note: Line<160>;
  /** Whether a client may set it: once at create, any time, or never. */
  writer: "create" | "update" | "server";
  type: AutoBeDatabase.Type;
  nullable: boolean;
  /** Values of an enum. */
  values?: (Camel[] & tags.MaxItems<20>) | null;
  /** Least number, or least length of a string. */
  minimum?: number | null;
  maximum?: number | null;
  /** Literal; a required column that clients do not write needs one. */
  default?: (string & tags.MaxLength<60>) | null;
  /** Requirements and rules it serves. */
  serves: Line<80>[] & tags.MaxItems<8>;
}
export interface IModelsPointer {
  table: Pascal;
  /** Relation, without "Id". */
  name: Camel;
  note: Line<160>;
  nullable: boolean;
  /** What happens to this row when its target is erased. */
  onErase: "cascade" | "restrict" | "clear";
}
export interface IModelsUnique {
  table: Pascal;
  /** Columns and relations that are unique together. */
  members: Camel[] & tags.MinItems<1> & tags.MaxItems<5>;
  serves: Line<80>[] & tags.MaxItems<8>;
}
export interface IModelsIndex {
  table: Pascal;
  members: Camel[] & tags.MinItems<1> & tags.MaxItems<5>;
}

/** The functions of the phase. */
export interface IDatabaseFunctions {
  /** Changes which tables there are and how they hang together. */
  arrange(props: IArrange): void;
  /** Changes columns, foreign keys, uniques and indexes of the tables shown. */
  amendModels(props: IModels): void;
}

export const databaseFunctions = typia.llm.application<IDatabaseFunctions>();
export const validateDatabase = typia.createValidate<AutoBeDatabase.IApplication>();

/** All models in the order of their files. */
export const modelsOf = (database: AutoBeDatabase.IApplication): AutoBeDatabase.IModel[] =>
  database.files.flatMap((file) => file.models);
/** Models whose rows live inside the body of this one's. */
export const composedOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
): AutoBeDatabase.IModel[] =>
  modelsOf(database).filter((one) => one.parent?.kind === "composed" && one.parent.model === model.name);
/** Property of the parent under which rows of a composed model stand. */
export const composedProperty = (child: AutoBeDatabase.IModel): string =>
  child.foreignFields.find((field) => field.relation.name === child.parent!.relation)!.relation.oppositeName;
/** Whether a column holds values of an enum, one or several. */
export const isOfEnum = ({ type, items }: AutoBeDatabase.IPlainField): boolean => type === "enum" || items === "enum";
/** One item of a list, as a column of its own would be. */
export const itemOf = (field: AutoBeDatabase.IPlainField): AutoBeDatabase.IPlainField => {
  const { items, ...rest } = field;
  return { ...rest, type: items ?? "string", nullable: false, default: null };
};
/** Name of a column in the database. */
export const columnOf = (field: { name: string; column?: string }): string => field.column ?? columnName(field.name);
/** Column that tells when a row was erased; undefined where rows are removed. */
export const deletionOf = (model: AutoBeDatabase.IModel): AutoBeDatabase.IPlainField | undefined =>
  model.softDelete ? model.plainFields.find((field) => field.source?.kind === "erase") : undefined;
/** Name of a column in the database, by the name of the field. */
export const columnNamed = (model: AutoBeDatabase.IModel, name: string): string =>
  columnOf(
    [model.primaryField, ...model.foreignFields, ...model.plainFields].find((field) => field.name === name) ?? { name },
  );
export const modelNamed = (database: AutoBeDatabase.IApplication, name: string): AutoBeDatabase.IModel | undefined => {
  // Asked for every path of every test, so no list of all models is made for it.
  for (const { models } of database.files) {
    const found = models.find((model) => model.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
};
/** The model whose rows point to one of this model, by the name of the way back; null where none has it. */
export const leadingTo = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  name: string,
): { model: AutoBeDatabase.IModel; field: AutoBeDatabase.IForeignField; isMany: boolean } | null => {
  for (const other of modelsOf(database))
    for (const field of other.stance === "session" ? [] : other.foreignFields)
      if (field.relation.targetModel === model.name && field.relation.oppositeName === name)
        return { model: other, field, isMany: !field.unique };
  return null;
};
