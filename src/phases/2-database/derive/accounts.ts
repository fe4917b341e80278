/** Actors with accounts → their tables: credentials with the entity's own columns, and logins. */
import { foreignKey, pascal, sessionModel, tableName, withArticle } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../ast.js";
import { moment, primaryField } from "./columns.js";
import { entityModel } from "./entities.js";

export const actorModel = (analyze: AutoBeAnalyze.IApplication, actor: AutoBeAnalyze.IActor): AutoBeDatabase.IModel => {
  const name = pascal(actor.name);
  const entity = analyze.modules.flatMap((module) => module.entities).find((one) => one.name === name);
  const own = entity === undefined ? null : entityModel(analyze, entity);
  return {
    name,
    table: tableName(analyze.prefix, name),
    description: entity?.description ?? actor.description,
    stance: "actor",
    material: false,
    entity: entity?.name ?? null,
    parent: null,
    softDelete: false,
    primaryField: primaryField(name),
    foreignFields: own?.foreignFields ?? [],
    plainFields: [
      text("email", "Address by which the account logs in.", 254, false),
      text("passwordHash", "Salted hash of the password.", 255, true),
      ...(own?.plainFields.filter((field) => !["email", "createdAt", "updatedAt"].includes(field.name)) ?? []),
      moment("createdAt", "When the account was opened."),
      moment("updatedAt", "When the account last changed."),
    ],
    links: own?.links ?? [],
    uniqueIndexes: [
      { fieldNames: ["email"], rule: null },
      ...(own?.uniqueIndexes.filter((index) => index.fieldNames.join() !== "email") ?? []),
    ],
    plainIndexes: own?.plainIndexes ?? [],
    ginIndexes: [],
  };
};

export const sessionOf = (analyze: AutoBeAnalyze.IApplication, actor: AutoBeAnalyze.IActor): AutoBeDatabase.IModel => {
  const name = sessionModel(actor.name);
  const account = pascal(actor.name);
  const relation = actor.name;
  return {
    name,
    table: tableName(analyze.prefix, name),
    description: `Login of ${withArticle(account)}, ended by logging out or by time.`,
    stance: "session",
    material: false,
    entity: null,
    parent: null,
    softDelete: false,
    primaryField: primaryField(name),
    foreignFields: [
      {
        name: foreignKey(relation),
        type: "uuid",
        description: "Whose login it is.",
        relation: { name: relation, targetModel: account, oppositeName: "", mappingName: `${name}${account}` },
        unique: false,
        nullable: false,
        onDelete: "cascade",
        writer: "server",
        source: null,
        requirements: [],
      },
    ],
    plainFields: [
      text("refreshHash", "Digest of the refresh token that is valid now.", 64, true),
      { ...moment("expiresAt", "When the refresh token ends."), source: null },
      { ...moment("revokedAt", "When the session was ended early.", true), source: null },
      moment("createdAt", "When the login took place."),
    ],
    links: [],
    uniqueIndexes: [],
    plainIndexes: [{ fieldNames: [foreignKey(relation)] }],
    ginIndexes: [],
  };
};

const text = (name: string, description: string, maximum: number, secret: boolean): AutoBeDatabase.IPlainField => ({
  ...moment(name, description),
  type: "string",
  source: null,
  minimum: 1,
  maximum,
  secret,
});
