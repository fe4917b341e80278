/** How adopted models lead to one another: ways back, and links of many to many. */

import { spoken } from "../../base/naming.js";
import type { PrismaDatamodel, PrismaField, PrismaModel } from "../../base/prisma-schema.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";
import { nameOfMember } from "./names.js";

interface Related {
  datamodel: PrismaDatamodel;
  names: ReadonlyMap<string, string>;
  change(model: string, field: string | null, what: string): void;
}

/** The field of the other model that belongs to the same relation. */
const partnerOf = ({ datamodel }: Related, model: PrismaModel, field: PrismaField): PrismaField =>
  datamodel.models
    .find((one) => one.name === field.type)!
    .fields.find(
      (one) =>
        one.relationName === field.relationName &&
        one.type === model.name &&
        !(field.type === model.name && one.name === field.name),
    )!;

const NO_COLUMNS: ReadonlySet<string> = new Set();

export const oppositeOf = (related: Related, model: PrismaModel, field: PrismaField): string =>
  nameOfMember(partnerOf(related, model, field), NO_COLUMNS);

/** A link belongs to the model that names it first. */
export const linksOf = (
  related: Related,
  model: PrismaModel,
  renamed: ReadonlyMap<string, string>,
): AutoBeDatabase.ILink[] =>
  model.fields
    .filter((field) => field.kind === "object" && field.isList)
    .filter((field) => {
      const partner = partnerOf(related, model, field);
      return partner.isList && isFirst(related, model, field, partner);
    })
    .map((field) => {
      tellOrder(related, model, field);
      return {
        name: renamed.get(field.name)!,
        mappingName: field.relationName!,
        targetModel: related.names.get(field.type)!,
        oppositeName: oppositeOf(related, model, field),
        description: field.documentation ?? `The ${spoken(field.name)}.`,
        writer: "update",
        requirements: [],
      };
    });

/** Prisma calls the columns of a join table A and B after the order of its models' names, which a new name may turn round. */
const tellOrder = ({ names, change }: Related, model: PrismaModel, field: PrismaField): void => {
  const isBefore = (left: string, right: string): boolean => left < right;
  if (field.type === model.name) return;
  if (isBefore(model.name, field.type) !== isBefore(names.get(model.name)!, names.get(field.type)!))
    change(model.name, field.name, `has the columns A and B of its table _${field.relationName} exchanged`);
};

const isFirst = ({ datamodel }: Related, model: PrismaModel, field: PrismaField, partner: PrismaField): boolean => {
  if (field.type === model.name) return model.fields.indexOf(field) < model.fields.indexOf(partner);
  const place = (name: string): number => datamodel.models.findIndex((one) => one.name === name);
  return place(model.name) < place(field.type);
};
