/** A Prisma schema that somebody else wrote: its text, and what Prisma's own parser says of it. */

export interface PrismaSchema {
  /** The file as it is shown to the user. */
  file: string;
  text: string;
  /** `postgresql`, `sqlite`, …; null where the schema names none. */
  provider: string | null;
  /** Null where the schema is not valid. */
  datamodel: PrismaDatamodel | null;
  complaints: { line: number; message: string }[];
}

/** The part of Prisma's DMMF that is read. */
export interface PrismaDatamodel {
  enums: PrismaEnum[];
  models: PrismaModel[];
  indexes: PrismaIndex[];
}

export interface PrismaEnum {
  name: string;
  dbName: string | null;
  values: { name: string; dbName: string | null }[];
}

export interface PrismaModel {
  name: string;
  dbName: string | null;
  fields: PrismaField[];
  primaryKey: { fields: string[] } | null;
  documentation?: string;
}

export interface PrismaField {
  name: string;
  dbName?: string | null;
  kind: "scalar" | "enum" | "object" | "unsupported";
  /** `String`, or the name of an enum or a model. */
  type: string;
  isList: boolean;
  isRequired: boolean;
  isUnique: boolean;
  isId: boolean;
  isUpdatedAt: boolean;
  nativeType?: [name: string, args: string[]] | null;
  default?: PrismaDefault;
  relationName?: string;
  relationFromFields?: string[];
  relationToFields?: string[];
  relationOnDelete?: "Cascade" | "Restrict" | "NoAction" | "SetNull" | "SetDefault";
  documentation?: string;
}

export type PrismaDefault = string | number | boolean | unknown[] | { name: string; args: (string | number)[] };

export interface PrismaIndex {
  model: string;
  type: "id" | "normal" | "unique" | "fulltext";
  algorithm?: string;
  fields: { name: string }[];
}

/** The same text with blanks for its comments, so that nothing in them is taken for the schema. */
export const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|\/\/.*/g, (found) => (found.startsWith('"') ? found : " ".repeat(found.length)));
