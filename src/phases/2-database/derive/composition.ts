/** Which entities live inside the body of their parent. */
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";

/** Nothing else knows of it, and it has no life of its own: it lives inside the parent's body. */
export const isComposed = (analyze: AutoBeAnalyze.IApplication, entity: AutoBeAnalyze.IEntity): boolean => {
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
    entity.attributes.every(
      (attribute) => attribute.kind !== "references" && attribute.source !== "actor" && attribute.source !== "copy",
    ) &&
    !entities.some((one) => one.parent === entity.name) &&
    !others(entity).some((one) => isBelow(entities, one.target, parent.name)) &&
    allOf(analyze, "permissions").every((permission) => permission.entity !== entity.name) &&
    allOf(analyze, "lifecycles").every((lifecycle) => lifecycle.entity !== entity.name) &&
    allOf(analyze, "rules").every((rule) => rule.entity !== entity.name || rule.kind === "range") &&
    allOf(analyze, "operations").every((operation) => operation.entity !== entity.name)
  );
};

/** References but that to the parent. */
const others = ({ attributes, parent }: AutoBeAnalyze.IEntity): AutoBeAnalyze.IAttribute[] => {
  const own = attributes.find((one) => one.kind === "reference" && one.target === parent);
  return attributes.filter((one) => one.kind === "reference" && one !== own);
};

/** Whether rows of an entity need one of the ancestor first: then no row inside of a new ancestor can refer to them. */
const isBelow = (entities: AutoBeAnalyze.IEntity[], name: string | null, ancestor: string, depth = 0): boolean =>
  name === ancestor ||
  (depth < entities.length &&
    entities
      .filter((one) => one.name === name)
      .flatMap((one) => one.attributes)
      .some((one) => one.kind === "reference" && one.required && isBelow(entities, one.target, ancestor, depth + 1)));

export const allOf = <Key extends "lifecycles" | "rules" | "permissions" | "operations" | "entities">(
  analyze: AutoBeAnalyze.IApplication,
  key: Key,
): AutoBeAnalyze.IModule[Key][number][] =>
  analyze.modules.flatMap((module) => module[key] as AutoBeAnalyze.IModule[Key][number][]);
