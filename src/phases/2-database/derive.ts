/** The analysis → the draft of the database: whatever follows mechanically, so that a model need not type it. */
import {
  collection,
  foreignKey,
  linkIds,
  pascal,
  sessionModel,
  spoken,
  tableName,
  withArticle,
} from "../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "./ast.js";

export const deriveDatabase = (analyze: AutoBeAnalyze.IApplication): AutoBeDatabase.IApplication => {
  const accounts = analyze.actors.filter((actor) => actor.kind !== "guest");
  const actorModels = new Set(accounts.map((actor) => pascal(actor.name)));
  const files: AutoBeDatabase.IFile[] = [];
  if (accounts.length !== 0)
    files.push({
      filename: "schema-00-accounts.prisma",
      namespace: "Accounts",
      models: accounts.flatMap((actor) => [actorModel(analyze, actor), sessionOf(analyze, actor)]),
    });
  analyze.modules.forEach((module, index) => {
    const models = module.entities
      .filter((entity) => !actorModels.has(entity.name))
      .map((entity) => entityModel(analyze, module, entity));
    if (models.length !== 0)
      files.push({
        filename: `schema-${String(index + 1).padStart(2, "0")}-${module.name}.prisma`,
        namespace: pascal(module.name),
        models,
      });
  });
  nameOpposites(files.flatMap((file) => file.models));
  return { prefix: analyze.prefix, files };
};

const primaryField = (name: string): AutoBeDatabase.IModel["primaryField"] => ({
  name: "id",
  type: "uuid",
  description: `Key of ${withArticle(name)}.`,
});

const moment = (name: string, description: string, nullable = false): AutoBeDatabase.IPlainField => ({
  name,
  type: "datetime",
  description,
  nullable,
  default: null,
  values: null,
  minimum: null,
  maximum: null,
  writer: "server",
  source: { kind: "now", of: null },
  secret: false,
  requirements: [],
});

const text = (name: string, description: string, maximum: number, secret: boolean): AutoBeDatabase.IPlainField => ({
  ...moment(name, description),
  type: "string",
  source: null,
  minimum: 1,
  maximum,
  secret,
});

const actorModel = (analyze: AutoBeAnalyze.IApplication, actor: AutoBeAnalyze.IActor): AutoBeDatabase.IModel => {
  const name = pascal(actor.name);
  const module = analyze.modules.find((one) => one.entities.some((entity) => entity.name === name));
  const entity = module?.entities.find((one) => one.name === name);
  const own = entity === undefined ? null : entityModel(analyze, module!, entity);
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

const sessionOf = (analyze: AutoBeAnalyze.IApplication, actor: AutoBeAnalyze.IActor): AutoBeDatabase.IModel => {
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

const entityModel = (
  analyze: AutoBeAnalyze.IApplication,
  module: AutoBeAnalyze.IModule,
  entity: AutoBeAnalyze.IEntity,
): AutoBeDatabase.IModel => {
  const lifecycle = allOf(analyze, "lifecycles").find((one) => one.entity === entity.name);
  const rules = allOf(analyze, "rules").filter((rule) => rule.entity === entity.name);
  const references = entity.attributes.filter((attribute) => attribute.kind === "reference");
  const isOfActor = analyze.actors.some((actor) => pascal(actor.name) === entity.parent);
  const parentRelation = isOfActor ? undefined : references.find((attribute) => attribute.target === entity.parent);
  const composed = parentRelation !== undefined && isComposed(analyze, entity);
  const single = (name: string): boolean =>
    rules.some((rule) => rule.kind === "unique" && rule.members.length === 1 && rule.members[0] === name);
  const foreignFields = references.map((attribute) =>
    foreignField(analyze, entity, attribute, composed && attribute === parentRelation, single(attribute.name)),
  );
  const columns = entity.attributes.filter(
    (attribute) =>
      attribute.kind !== "reference" &&
      attribute.kind !== "references" &&
      attribute.source !== "count" &&
      attribute.name !== lifecycle?.attribute,
  );
  const column = (member: string): string =>
    references.some((attribute) => attribute.name === member) ? foreignKey(member) : member;
  return {
    name: entity.name,
    table: tableName(analyze.prefix, entity.name),
    description: entity.description,
    stance: composed ? "subsidiary" : "primary",
    material: false,
    entity: entity.name,
    parent:
      parentRelation === undefined
        ? null
        : { relation: parentRelation.name, model: entity.parent!, kind: composed ? "composed" : "routed" },
    softDelete: false,
    primaryField: primaryField(entity.name),
    foreignFields,
    plainFields: [
      ...columns.map((attribute) => plainField(attribute, rules)),
      ...(lifecycle === undefined ? [] : [statusField(lifecycle)]),
      moment("createdAt", `When the ${spoken(entity.name)} came to be.`),
      ...(composed ? [] : [moment("updatedAt", `When the ${spoken(entity.name)} last changed.`)]),
    ],
    links: entity.attributes
      .filter((attribute) => attribute.kind === "references")
      .map((attribute) => ({
        name: attribute.name,
        targetModel: attribute.target!,
        oppositeName: "",
        description: attribute.description,
        writer: attribute.writer,
        requirements: attribute.requirements,
      })),
    uniqueIndexes: rules
      .filter(
        (rule) =>
          rule.kind === "unique" && !(rule.members.length === 1 && column(rule.members[0]!) !== rule.members[0]),
      )
      .map((rule) => ({ fieldNames: rule.members.map(column), rule: ruleId(rule) })),
    plainIndexes: foreignFields.filter((field) => !field.unique).map((field) => ({ fieldNames: [field.name] })),
    ginIndexes: [],
  };
};

const allOf = <Key extends "lifecycles" | "rules" | "permissions" | "operations" | "entities">(
  analyze: AutoBeAnalyze.IApplication,
  key: Key,
): AutoBeAnalyze.IModule[Key][number][] =>
  analyze.modules.flatMap((module) => module[key] as AutoBeAnalyze.IModule[Key][number][]);

/** Nothing else knows of it, and it has no life of its own: it lives inside the parent's body. */
const isComposed = (analyze: AutoBeAnalyze.IApplication, entity: AutoBeAnalyze.IEntity): boolean => {
  const entities = allOf(analyze, "entities");
  const parent = entities.find((one) => one.name === entity.parent);
  const isReferenced = entities.some((one) => one.attributes.some((attribute) => attribute.target === entity.name));
  const isCounted = entities.some((one) =>
    one.attributes.some((attribute) => attribute.source === "count" && attribute.of === entity.name),
  );
  return (
    parent !== undefined &&
    parent.parent !== entity.name &&
    !isReferenced &&
    !isCounted &&
    !(parent.parent !== null && isComposed(analyze, parent)) &&
    entity.attributes.every((attribute) => attribute.kind !== "references" && attribute.source !== "actor" && attribute.source !== "copy") &&
    !entities.some((one) => one.parent === entity.name) &&
    allOf(analyze, "permissions").every((permission) => permission.entity !== entity.name) &&
    allOf(analyze, "lifecycles").every((lifecycle) => lifecycle.entity !== entity.name) &&
    allOf(analyze, "rules").every((rule) => rule.entity !== entity.name || rule.kind === "range") &&
    allOf(analyze, "operations").every((operation) => operation.entity !== entity.name)
  );
};

const foreignField = (
  analyze: AutoBeAnalyze.IApplication,
  entity: AutoBeAnalyze.IEntity,
  attribute: AutoBeAnalyze.IAttribute,
  composed: boolean,
  unique: boolean,
): AutoBeDatabase.IForeignField => {
  const target = attribute.target!;
  const isSelf = target === entity.name;
  return {
    name: foreignKey(attribute.name),
    type: "uuid",
    description: attribute.description,
    relation: {
      name: attribute.name,
      targetModel: target,
      oppositeName: "",
      mappingName: `${entity.name}${pascal(attribute.name)}`,
    },
    unique,
    nullable: !attribute.required || isSelf,
    onDelete: composed ? "cascade" : isSelf ? "clear" : "restrict",
    writer: attribute.writer,
    source: attribute.source === null ? null : { kind: attribute.source, of: attribute.of },
    requirements: attribute.requirements,
  };
};

const plainField = (attribute: AutoBeAnalyze.IAttribute, rules: AutoBeAnalyze.IRule[]): AutoBeDatabase.IPlainField => {
  const range = rules.find((rule) => rule.kind === "range" && rule.members[0] === attribute.name);
  const type = attribute.source === "transition" ? "datetime" : (attribute.kind as AutoBeDatabase.Type);
  const nullable = attribute.source === "transition" || !attribute.required;
  const needsDefault =
    attribute.writer === "server" && !nullable && attribute.source !== "now" && attribute.source !== "copy";
  return {
    name: attribute.name,
    type,
    description: attribute.description,
    nullable,
    default: attribute.source === "constant" ? attribute.of : needsDefault ? zeroOf(type, attribute.values) : null,
    values: type === "enum" ? attribute.values : null,
    minimum: range?.minimum ?? attribute.minimum,
    maximum: range?.maximum ?? attribute.maximum,
    writer: attribute.writer,
    source: attribute.source === null ? null : { kind: attribute.source, of: attribute.of },
    secret: false,
    requirements: [...new Set([...attribute.requirements, ...(range?.requirements ?? [])])],
  };
};

const statusField = (lifecycle: AutoBeAnalyze.ILifecycle): AutoBeDatabase.IPlainField => ({
  ...moment(lifecycle.attribute, "State it is in."),
  type: "enum",
  default: lifecycle.initial,
  values: lifecycle.states,
  source: { kind: "state", of: lifecycle.initial },
  requirements: lifecycle.requirements,
});

/** What a required column that only the server writes holds until something sets it. */
const zeroOf = (type: AutoBeDatabase.Type, values: string[] | null): string =>
  type === "boolean"
    ? "false"
    : type === "enum"
      ? (values?.[0] ?? "")
      : ["int", "bigint", "double", "decimal"].includes(type)
        ? "0"
        : type === "json"
          ? "{}"
          : type === "uuid"
            ? "00000000-0000-0000-0000-000000000000"
            : type === "date" || type === "datetime"
              ? "now"
              : "";

/** The property on the target that leads back: the plural of the model, told apart by role where that is taken. */
const nameOpposites = (models: AutoBeDatabase.IModel[]): void => {
  const taken = new Map<string, Set<string>>();
  for (const model of models)
    taken.set(
      model.name,
      new Set([
        "id",
        ...model.plainFields.map((field) => field.name),
        ...model.foreignFields.flatMap((field) => [field.name, field.relation.name]),
        ...model.links.flatMap((link) => [link.name, linkIds(link.name)]),
      ]),
    );
  for (const model of models) {
    const targets = [
      ...model.foreignFields.map((field) => field.relation.targetModel),
      ...model.links.map((link) => link.targetModel),
    ];
    const opposite = (relation: string, target: string): string => {
      const names = taken.get(target) ?? new Set<string>();
      const plain = collection(model.name);
      const isAmbiguous = target === model.name || targets.filter((one) => one === target).length > 1;
      const name = isAmbiguous || names.has(plain) ? `${plain}As${pascal(relation)}` : plain;
      names.add(name);
      return name;
    };
    for (const field of model.foreignFields)
      field.relation.oppositeName = opposite(field.relation.name, field.relation.targetModel);
    for (const link of model.links) link.oppositeName = opposite(link.name, link.targetModel);
  }
};
