/** Contract and tables → mappings between bodies, rows and answers; custom operations start without a body. */
import { dto, linkIds } from "../../base/naming.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf, composedProperty, modelsOf } from "../2-database/ast.js";
import { isTouched, keyColumnOf } from "../2-database/notation.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { AutoBeRealize } from "./ast.js";

export const deriveRealize = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
): AutoBeRealize.IApplication => {
  const models = modelsOf(database).filter((model) => model.stance !== "session");
  return {
    collectors: models.flatMap((model) => collectorOf(database, document, model)),
    transformers: models.flatMap((model) =>
      (["full", "summary"] as const).flatMap((shape) => transformerOf(analyze, database, document, model, shape)),
    ),
    operations: document.operations.map((operation) => ({
      name: operation.name,
      origin: operation.kind === "custom" ? "custom" : "derived",
      before: [],
      after: [],
      result: null,
    })),
  };
};

/** The DTO that creates rows of a model: join for open actors, create for others. */
export const creationDto = (document: AutoBeOpenApi.IDocument, model: AutoBeDatabase.IModel): string | null => {
  const name = `${dto(model.name)}.${model.stance === "actor" ? "IJoin" : "ICreate"}`;
  return document.components.schemas[name] === undefined ? null : name;
};

/** Argument that hands in the value copied into a column. */
export const copyOf = (field: AutoBeDatabase.IPlainField): string => `${field.name}Copy`;

const propertiesOf = (document: AutoBeOpenApi.IDocument, name: string | null): Set<string> => {
  const schema = document.components.schemas[name ?? ""];
  return new Set(schema !== undefined && "properties" in schema ? Object.keys(schema.properties) : []);
};

const collectorOf = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  model: AutoBeDatabase.IModel,
): AutoBeRealize.ICollector[] => {
  const creation = creationDto(document, model);
  const update =
    document.components.schemas[`${dto(model.name)}.IUpdate`] === undefined ? null : `${dto(model.name)}.IUpdate`;
  if (creation === null && update === null) return [];
  const given = propertiesOf(document, creation);
  const changed = propertiesOf(document, update);
  const handed = model.foreignFields
    .filter((field) => !given.has(field.name))
    .filter((field) => model.parent?.kind !== "composed" || field.relation.name !== model.parent.relation)
    .filter((field) => field.source?.kind === "actor" || field.relation.name === model.parent?.relation)
    .map((field) => ({ name: field.name, member: field.name, nullable: field.nullable }));
  // Nobody's row is there to copy from when an account is opened.
  const columns = model.plainFields.filter((field) => model.stance !== "actor" || field.source?.kind !== "copy");
  const copied = columns
    .filter((field) => field.source?.kind === "copy")
    .map((field) => ({ name: copyOf(field), member: field.name, nullable: field.nullable }));
  const secret = model.plainFields
    .filter(isHandedIn)
    .map((field) => ({ name: field.name, member: field.name, nullable: false }));
  return [
    {
      model: model.name,
      arguments: [...handed, ...copied, ...secret],
      create:
        creation === null
          ? null
          : [
              ...keyOf(model),
              ...columns.flatMap((field) => createColumn(field, given)),
              ...model.foreignFields.flatMap((field): AutoBeRealize.IMapping[] =>
                given.has(field.name)
                  ? [
                      {
                        member: field.name,
                        kind: "belongsTo",
                        from: body(field.name, keyConversion(field.type), field.nullable, field.nullable),
                      },
                    ]
                  : handed.some((one) => one.name === field.name)
                    ? [{ member: field.name, kind: "belongsTo", from: { kind: "argument", name: field.name } }]
                    : [],
              ),
              ...links(database, model, given),
              ...children(database, model, given),
            ],
      update:
        update === null
          ? null
          : [
              ...model.plainFields
                .filter((field) => changed.has(field.name))
                .map(
                  (field): AutoBeRealize.IMapping => ({
                    member: field.name,
                    kind: "scalar",
                    from: body(field.name, conversionOf(field), field.nullable, true),
                  }),
                ),
              ...model.plainFields
                .filter(isTouched)
                .map(
                  (field): AutoBeRealize.IMapping => ({ member: field.name, kind: "scalar", from: { kind: "now" } }),
                ),
              ...model.foreignFields
                .filter((field) => changed.has(field.name))
                .map(
                  (field): AutoBeRealize.IMapping => ({
                    member: field.name,
                    kind: "belongsTo",
                    from: body(field.name, keyConversion(field.type), field.nullable, true),
                  }),
                ),
              ...links(database, model, changed),
              ...children(database, model, changed),
            ],
    },
  ];
};

const body = (
  property: string,
  conversion: AutoBeRealize.Conversion,
  nullable: boolean,
  optional: boolean,
): AutoBeRealize.IMapping["from"] => ({ kind: "body", property, conversion, nullable, optional });

/** Hashes; when a row is erased is said only then. */
const isHandedIn = ({ secret, writer, source }: AutoBeDatabase.IPlainField): boolean =>
  secret && writer === "server" && source?.kind !== "erase";

const createColumn = (field: AutoBeDatabase.IPlainField, given: Set<string>): AutoBeRealize.IMapping[] => {
  const mapping = (from: AutoBeRealize.IMapping["from"]): AutoBeRealize.IMapping[] => [
    { member: field.name, kind: "scalar", from },
  ];
  if (isHandedIn(field)) return mapping({ kind: "argument", name: field.name });
  if (field.source?.kind === "copy") return mapping({ kind: "argument", name: copyOf(field) });
  if (given.has(field.name))
    return mapping(body(field.name, conversionOf(field), field.nullable, field.nullable || field.default !== null));
  if (field.source?.kind === "now") return mapping({ kind: "now" });
  return [];
};

const links = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  given: Set<string>,
): AutoBeRealize.IMapping[] =>
  model.links
    .filter((link) => given.has(linkIds(link.name)))
    .map((link) => ({
      member: link.name,
      kind: "link",
      from: body(linkIds(link.name), keyConversion(keyColumnOf(database, link.targetModel).type), false, true),
    }));

const children = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  given: Set<string>,
): AutoBeRealize.IMapping[] =>
  composedOf(database, model)
    .filter((child) => given.has(composedProperty(child)))
    .map((child) => ({
      member: composedProperty(child),
      kind: "hasMany",
      from: { kind: "composed", property: composedProperty(child), model: child.name, optional: true },
    }));

/** The key is ours, or the caller's; what Prisma makes is not written. */
const keyOf = ({ primaryField }: AutoBeDatabase.IModel): AutoBeRealize.IMapping[] => {
  if (primaryField.writer === "create")
    return [{ member: "id", kind: "scalar", from: body("id", keyConversion(primaryField.type), false, false) }];
  return primaryField.generated === undefined ? [{ member: "id", kind: "scalar", from: { kind: "id" } }] : [];
};

const keyConversion = (type: AutoBeDatabase.Key): AutoBeRealize.Conversion => (type === "bigint" ? "bigint" : "none");

export const conversionOf = (field: AutoBeDatabase.IPlainField): AutoBeRealize.Conversion =>
  field.type === "date" ||
  field.type === "datetime" ||
  field.type === "time" ||
  field.type === "bytes" ||
  field.type === "bigint" ||
  field.type === "decimal" ||
  field.type === "json"
    ? field.type
    : "none";

const transformerOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  model: AutoBeDatabase.IModel,
  shape: "full" | "summary",
): AutoBeRealize.ITransformer[] => {
  const name = shape === "full" ? dto(model.name) : `${dto(model.name)}.ISummary`;
  const schema = document.components.schemas[name];
  if (schema === undefined || !("properties" in schema)) return [];
  const counted = analyze.modules
    .flatMap((module) => module.entities)
    .filter((entity) => entity.name === model.entity)
    .flatMap((entity) => entity.attributes)
    .filter((attribute) => attribute.source === "count");
  return [
    {
      model: model.name,
      shape,
      dto: name,
      properties: Object.keys(schema.properties).flatMap((property): AutoBeRealize.ITransform[] => {
        const make = (parts: Partial<AutoBeRealize.ITransform>): AutoBeRealize.ITransform[] => [
          { property, member: property, from: "column", conversion: "none", nullable: false, model: null, ...parts },
        ];
        if (property === "id") return make({ conversion: keyConversion(model.primaryField.type) });
        const column = model.plainFields.find((field) => field.name === property);
        if (column !== undefined) return make({ conversion: conversionOf(column), nullable: column.nullable });
        const pointer = model.foreignFields.find((field) => field.relation.name === property);
        if (pointer !== undefined)
          return make({ from: "relation", nullable: pointer.nullable, model: pointer.relation.targetModel });
        const link = model.links.find((one) => one.name === property);
        if (link !== undefined) return make({ from: "link", model: link.targetModel });
        const child = composedOf(database, model).find((one) => composedProperty(one) === property);
        if (child !== undefined) return make({ from: "composed", model: child.name });
        const count = counted.find((attribute) => attribute.name === property);
        const back = count === undefined ? null : countedRelation(database, model, count.of ?? "");
        return back === null ? [] : make({ from: "count", model: count!.of, ...back });
      }),
    },
  ];
};

/** Property of a model that leads to the rows of the child entity; nullable where there is one at most. */
const countedRelation = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  child: string,
): { member: string; nullable: boolean } | null => {
  const other = modelsOf(database).find((one) => one.name === child);
  const pointer = other?.foreignFields.find((field) => field.relation.targetModel === model.name);
  if (pointer !== undefined) return { member: pointer.relation.oppositeName, nullable: pointer.unique };
  const link =
    other?.links.find((one) => one.targetModel === model.name)?.oppositeName ??
    model.links.find((one) => one.targetModel === child)?.name;
  return link === undefined ? null : { member: link, nullable: false };
};
