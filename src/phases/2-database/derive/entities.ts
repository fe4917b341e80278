/** Entities → tables with their columns, keys, links and indexes. */
import { foreignKey, pascal, spoken, tableName } from "../../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../ast.js";
import { foreignField, moment, plainField, primaryField, statusField } from "./columns.js";
import { allOf, isComposed } from "./composition.js";

export const entityModel = (
  analyze: AutoBeAnalyze.IApplication,
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
    foreignField(entity, attribute, composed && attribute === parentRelation, single(attribute.name)),
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
