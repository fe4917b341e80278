/** Tables → DTOs: the answer, its summary, and the bodies of create, update and list. */
import { dto, linkIds, pageOf, spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf, composedProperty } from "../../2-database/ast.js";
import { ageOf, keyColumnOf } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../ast.js";
import { columnSchema, enumSchema, keySchema, nullable, reference } from "./columns.js";
import { credentialSchemas } from "./credentials.js";

type Property = AutoBeOpenApi.IJsonSchemaProperty;
export type Properties = Record<string, Property>;
export type Schemas = Record<string, AutoBeOpenApi.IJsonSchemaDescriptive>;

/** Every DTO of every model but sessions; what no operation reaches is pruned afterwards. */
export const deriveSchemas = (analyze: AutoBeAnalyze.IApplication, database: AutoBeDatabase.IApplication): Schemas => {
  const schemas: Schemas = { ...presets() };
  for (const model of database.files.flatMap((file) => file.models)) {
    if (model.stance === "session") continue;
    const name = dto(model.name);
    const said = spoken(model.name);
    const add = (suffix: string, description: string, properties: Properties, required: string[]): void => {
      schemas[`${name}${suffix}`] = { type: "object", description, model: model.name, properties, required };
    };
    const full = { ...summaryOf(model), ...longColumns(model), ...nested(database, model), ...counts(analyze, model) };
    add("", model.description, full, Object.keys(full));
    add(".ISummary", `Short form of ${withArticle(model.name)}.`, summaryOf(model), Object.keys(summaryOf(model)));
    const create = bodyOf(database, model, "create");
    if (model.stance !== "actor")
      add(".ICreate", `Body that creates ${withArticle(model.name)}.`, create.properties, create.required);
    const update = bodyOf(database, model, "update");
    if (Object.keys(update.properties).length !== 0)
      add(".IUpdate", `Changes to ${withArticle(model.name)}; what is left out stays as it is.`, update.properties, []);
    const request = requestOf(model);
    add(".IRequest", `Which page of ${said} rows, and which rows.`, request, []);
    schemas[pageOf(`${name}.ISummary`)] = page(`${name}.ISummary`);
    if (model.stance === "actor") Object.assign(schemas, credentialSchemas(model, create));
  }
  return schemas;
};

const presets = (): Schemas => ({
  "IPage.IPagination": {
    type: "object",
    description: "Where in a list a page stands.",
    properties: Object.fromEntries(
      (
        [
          ["current", "Number of the page, from 1."],
          ["limit", "Rows per page."],
          ["records", "Rows in all."],
          ["pages", "Pages in all."],
        ] as const
      ).map(([key, description]) => [key, { type: "integer", minimum: 0, description }]),
    ),
    required: ["current", "limit", "records", "pages"],
  },
  IAuthorizationToken: {
    type: "object",
    description: "What authorizes later calls.",
    properties: {
      access: { type: "string", description: "Bearer token of calls." },
      refresh: { type: "string", description: "Token that buys the next pair, once." },
      expiredAt: { type: "string", format: "date-time", description: "When the access token ends." },
      refreshableUntil: { type: "string", format: "date-time", description: "When the refresh token ends." },
    },
    required: ["access", "refresh", "expiredAt", "refreshableUntil"],
  },
  IJsonMap: {
    type: "object",
    description: "Free flat map of names to plain values.",
    properties: {},
    required: [],
    additionalProperties: { oneOf: [{ type: "string" }, { type: "number" }, { type: "boolean" }, { type: "null" }] },
  },
});

const page = (of: string): AutoBeOpenApi.IJsonSchemaDescriptive => ({
  type: "object",
  description: "One page of a list.",
  properties: {
    pagination: { ...reference("IPage.IPagination"), description: "Where in the list the page stands." },
    data: { type: "array", items: reference(of), description: "Rows of the page." },
  },
  required: ["pagination", "data"],
});

const described = (
  schema: Exclude<AutoBeOpenApi.IJsonSchema, AutoBeOpenApi.IJsonSchema.IObject>,
  description: string,
  member: string,
): Property => ({ ...schema, description, member }) as Property;

const columnOf = (field: AutoBeDatabase.IPlainField): Property =>
  described(field.nullable ? nullable(columnSchema(field)) : columnSchema(field), field.description, field.name);

const isLong = (field: AutoBeDatabase.IPlainField): boolean => ["text", "json", "list", "bytes"].includes(field.type);

/** An account's e-mail address is shown to itself only. */
const isPrivate = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): boolean =>
  model.stance === "actor" && field.name === "email";

const summaryOf = (model: AutoBeDatabase.IModel): Properties => ({
  id: described(keySchema(model.primaryField), model.primaryField.description, "id"),
  ...Object.fromEntries(
    model.plainFields
      .filter((field) => !field.secret && !isLong(field) && !isPrivate(model, field))
      .map((field) => [field.name, columnOf(field)]),
  ),
});

const longColumns = (model: AutoBeDatabase.IModel): Properties =>
  Object.fromEntries(
    model.plainFields
      .filter((field) => !field.secret && (isLong(field) || isPrivate(model, field)))
      .map((field) => [field.name, columnOf(field)]),
  );

/** Relations as summaries instead of raw keys; composed children whole. */
const nested = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): Properties => ({
  ...Object.fromEntries(
    model.foreignFields
      .filter((field) => !(model.parent?.kind === "composed" && field.relation.name === model.parent.relation))
      .map((field) => {
        const target = reference(`${dto(field.relation.targetModel)}.ISummary`);
        return [
          field.relation.name,
          described(field.nullable ? nullable(target) : target, field.description, field.relation.name),
        ];
      }),
  ),
  ...Object.fromEntries(
    model.links.map((link) => [
      link.name,
      described({ type: "array", items: reference(`${dto(link.targetModel)}.ISummary`) }, link.description, link.name),
    ]),
  ),
  ...Object.fromEntries(
    composedOf(database, model).map((child) => {
      const name = composedProperty(child);
      return [name, described({ type: "array", items: reference(dto(child.name)) }, child.description, name)];
    }),
  ),
});

const counts = (analyze: AutoBeAnalyze.IApplication, model: AutoBeDatabase.IModel): Properties =>
  Object.fromEntries(
    analyze.modules
      .flatMap((module) => module.entities)
      .filter((entity) => entity.name === model.entity)
      .flatMap((entity) => entity.attributes)
      .filter((attribute) => attribute.source === "count")
      .map((attribute) => [
        attribute.name,
        described({ type: "integer", minimum: 0 }, attribute.description, attribute.name),
      ]),
  );

/** What clients may write: all of it at create, the updatable part later. */
const bodyOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  moment: "create" | "update",
): { properties: Properties; required: string[] } => {
  const isWritable = (writer: AutoBeDatabase.Writer): boolean =>
    moment === "create" ? writer !== "server" : writer === "update";
  const properties: Properties = {};
  const required: string[] = [];
  const put = (name: string, property: Property, isRequired: boolean): void => {
    properties[name] = property;
    if (isRequired && moment === "create") required.push(name);
  };
  if (model.primaryField.writer === moment)
    put("id", described(keySchema(model.primaryField), model.primaryField.description, "id"), true);
  for (const field of model.plainFields)
    if (isWritable(field.writer) && !isPrivate(model, field))
      put(field.name, columnOf(field), !field.nullable && field.default === null && field.type !== "list");
  // Nobody is signed in who could see what an account refers to: it is set afterwards.
  const isJoin = model.stance === "actor" && moment === "create";
  for (const field of isJoin ? [] : model.foreignFields)
    if (isWritable(field.writer) && field.relation.name !== model.parent?.relation)
      put(
        field.name,
        described(
          field.nullable ? nullable(keySchema(field)) : keySchema(field),
          field.description,
          field.relation.name,
        ),
        !field.nullable,
      );
  for (const link of isJoin ? [] : model.links)
    if (isWritable(link.writer))
      put(
        linkIds(link.name),
        described(
          {
            type: "array",
            items: keySchema(keyColumnOf(database, link.targetModel)),
            uniqueItems: true,
            maxItems: 100,
          },
          link.description,
          link.name,
        ),
        false,
      );
  for (const child of composedOf(database, model)) {
    const name = composedProperty(child);
    const items = reference(`${dto(child.name)}.ICreate`);
    put(name, described({ type: "array", items, maxItems: 100 }, child.description, name), true);
  }
  return { properties, required };
};

const requestOf = (model: AutoBeDatabase.IModel): Properties => {
  const sortable = model.plainFields.filter(
    (field) => !field.secret && !isPrivate(model, field) && !field.nullable && !isLong(field) && field.type !== "uuid",
  );
  const isSearchable = model.plainFields.some((field) => isSearched(model, field));
  return {
    page: { type: "integer", minimum: 1, maximum: 1000000, description: "Number of the page, from 1." },
    limit: { type: "integer", minimum: 1, maximum: 100, description: "Rows per page, 20 unless told." },
    sort: {
      ...enumSchema(
        [...(ageOf(model) === "id" ? ["id"] : []), ...sortable.map((field) => field.name)].flatMap((name) => [
          name,
          `-${name}`,
        ]),
      ),
      description: "Order of the rows; a minus sign turns it round.",
    },
    ...(isSearchable
      ? {
          search: {
            type: "string",
            minLength: 1,
            maxLength: 100,
            description: "Text that the row must contain.",
          } as Property,
        }
      : {}),
    ...Object.fromEntries(
      model.plainFields
        .filter((field) => field.type === "enum" || field.type === "boolean")
        .map((field) => [
          field.name,
          described(columnSchema(field), `Only rows with this: ${field.description}`, field.name),
        ]),
    ),
    ...Object.fromEntries(
      model.foreignFields
        .filter((field) => field.relation.name !== model.parent?.relation)
        .map((field) => [
          field.name,
          described(keySchema(field), `Only rows with this: ${field.description}`, field.relation.name),
        ]),
    ),
  };
};

export const isSearched = (model: AutoBeDatabase.IModel, field: AutoBeDatabase.IPlainField): boolean =>
  !field.secret && !isPrivate(model, field) && (field.type === "string" || field.type === "text");

/** Names of schemas that are reached from the given ones. */
export const reachable = (schemas: Schemas, roots: Iterable<string>): Set<string> => {
  const seen = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value))
        if (key === "$ref" && typeof inner === "string") enter(inner.replace("#/components/schemas/", ""));
        else visit(inner);
  };
  const enter = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    visit(schemas[name]);
  };
  for (const root of roots) enter(root);
  return seen;
};
