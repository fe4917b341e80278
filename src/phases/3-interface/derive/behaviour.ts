/** Rules and relations → refusals and effects, each with the data by which a test brings it about. */
import { dto, refusalCode, spoken, withArticle } from "../../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { parseNeed } from "../need.js";
import type { Derivation } from "./derivation.js";
import { limitsOf } from "./limits.js";

export const refusalsOf = (
  from: Derivation,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): { refusals: AutoBeOpenApi.IRefusal[]; rules: string[]; requirements: string[] } => {
  const rules = from.analyze.modules.flatMap((module) => module.rules).filter((rule) => rule.entity === model.name);
  const refusals: AutoBeOpenApi.IRefusal[] = [];
  const served: AutoBeAnalyze.IRule[] = [];
  const isNew = operation.kind === "create" || operation.kind === "join";
  if (isNew) {
    refusals.push(...duplicates(from, model, operation.requestBody!));
    served.push(...rules.filter((rule) => rule.kind === "unique"));
  }
  if (isNew || operation.kind === "update") {
    refusals.push(...orders(from, rules, operation));
    served.push(...rules.filter((rule) => rule.kind === "order" || rule.kind === "range"));
  }
  if (operation.kind === "update") {
    const changed = duplicates(from, model, bodyOf(model)).filter((one) => isChangeable(from, model, one));
    refusals.push(...changed, ...cycles(model));
    served.push(...rules.filter((rule) => changed.some((one) => one.rules.includes(ruleId(rule)))));
  }
  const limited = limitsOf(from, model, rules, operation);
  refusals.push(...limited.map(({ refusal }) => refusal));
  served.push(...limited.map(({ rule }) => rule));
  // What is marked only, others may go on referring to.
  if (operation.kind === "erase" && !model.softDelete) refusals.push(...holders(from, model));
  if (operation.transition !== null)
    refusals.push({
      status: 409,
      code: refusalCode(model.name, "state"),
      when: `The ${spoken(model.name)} is not ${operation.transition.from.map(spoken).join(" or ")}.`,
      avoid: `Call it while the ${spoken(model.name)} is ${operation.transition.from.map(spoken).join(" or ")}.`,
      provoke: { kind: "state", attribute: operation.transition.attribute, from: operation.transition.from },
      rules: [],
    });
  for (const rule of rules) {
    const needed = neededBy(from, rule, operation);
    if (needed === null) continue;
    refusals.push(needed);
    served.push(rule);
  }
  return {
    refusals,
    rules: served.map(ruleId),
    requirements: [...new Set([...operation.requirements, ...served.flatMap((rule) => rule.requirements)])],
  };
};

/** A rule that asks for another row, where the operation is among those that it is for. */
const neededBy = (
  from: Derivation,
  rule: AutoBeAnalyze.IRule,
  operation: AutoBeOpenApi.IOperation,
): AutoBeOpenApi.IRefusal | null => {
  const action = operation.transition?.action ?? operation.kind;
  if (rule.needs === null || !rule.on.includes(action)) return null;
  const parsed = parseNeed(from.database, operation, rule.needs);
  if ("wrong" in parsed) return null; // it stays an obligation
  return {
    status: 422,
    code: refusalCode(rule.name),
    when: rule.statement,
    avoid: `Call it when this is there: ${rule.needs}.`,
    provoke: parsed.provoke,
    rules: [ruleId(rule)],
  };
};

/** A transition sets its state and moments; one that leads back clears the moments of what it undoes. */
export const effectsOf = (
  from: Derivation,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): AutoBeOpenApi.IEffect[] =>
  operation.transition === null
    ? []
    : [
        own(model, operation.transition.attribute, operation.transition.to, {
          kind: "literal",
          value: operation.transition.to,
        }),
        ...operation.transition.moments.map((column) => own(model, column, "now", { kind: "now" })),
        ...undone(from, model, operation).map((column) => own(model, column, "null", { kind: "null" })),
      ];

/** A column of the row itself is set. */
const own = (
  model: AutoBeDatabase.IModel,
  column: string,
  value: string,
  assigned: AutoBeOpenApi.IValue,
): AutoBeOpenApi.IEffect => ({
  action: "set",
  model: model.name,
  path: [],
  column,
  value,
  assignments: [{ column, value: assigned }],
  only: [],
  bound: null,
  compiled: true,
  rules: [],
});

const undone = (from: Derivation, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): string[] => {
  const { to, moments } = operation.transition!;
  const undoes = from.analyze.modules
    .flatMap((module) => module.lifecycles)
    .filter((lifecycle) => lifecycle.entity === model.name)
    .flatMap((lifecycle) => lifecycle.transitions)
    .filter((transition) => transition.from.includes(to))
    .map((transition) => transition.action);
  return model.plainFields
    .filter((field) => field.source?.kind === "transition" && undoes.includes(field.source.of ?? ""))
    .map((field) => field.name)
    .filter((name) => !moments.includes(name));
};

/** Whether an update can make a row the duplicate of another: all that is not the same already may be written. */
const isChangeable = (from: Derivation, model: AutoBeDatabase.IModel, refusal: AutoBeOpenApi.IRefusal): boolean => {
  const body = from.schemas[`I${model.name}.IUpdate`];
  const properties = body !== undefined && "properties" in body ? body.properties : {};
  const columns =
    refusal.provoke?.kind === "repeat"
      ? refusal.provoke.members.filter((member) => model.plainFields.some((field) => field.name === member))
      : [];
  return columns.length !== 0 && columns.every((column) => properties[column] !== undefined);
};

/** Body by which rows come to be. */
const bodyOf = (model: AutoBeDatabase.IModel): string =>
  `${dto(model.name)}.${model.stance === "actor" ? "IJoin" : "ICreate"}`;

/** A unique whose members a caller controls: in the body, in the path, or the caller itself. */
const duplicates = (from: Derivation, model: AutoBeDatabase.IModel, type: string): AutoBeOpenApi.IRefusal[] => {
  const body = from.schemas[type];
  const properties = body !== undefined && "properties" in body ? body.properties : {};
  const isGiven = (column: string): boolean => {
    const pointer = model.foreignFields.find((field) => field.name === column);
    return (
      properties[column] !== undefined ||
      (pointer !== undefined && pointer.relation.name === model.parent?.relation) ||
      // what is copied comes with the row that the caller refers to
      model.plainFields.some((field) => field.name === column && field.source?.kind === "copy") ||
      pointer?.source?.kind === "actor"
    );
  };
  const uniques = [
    ...(model.primaryField.writer === "create" ? [{ members: ["id"], rule: null }] : []),
    ...model.uniqueIndexes.map((index) => ({
      members: index.fieldNames,
      rule: index.rule ?? ruleOfKey(from, model, index.fieldNames),
    })),
    ...model.foreignFields
      .filter((field) => field.unique)
      .map((field) => ({ members: [field.name], rule: ruleOfKey(from, model, [field.name]) })),
  ];
  return uniques
    .filter((unique) => unique.members.every(isGiven))
    .map((unique) => ({
      status: 409,
      code: "DUPLICATE",
      when: `Another ${spoken(model.name)} has the same ${unique.members.map(spoken).join(" and ")}.`,
      avoid: `Choose another ${unique.members.map(spoken).join(" or ")}.`,
      provoke: { kind: "repeat" as const, members: unique.members },
      rules: unique.rule === null ? [] : [unique.rule],
    }));
};

const ruleOfKey = (from: Derivation, model: AutoBeDatabase.IModel, columns: string[]): string | null => {
  const field = columns.length === 1 ? model.foreignFields.find((one) => one.name === columns[0]) : undefined;
  const rule = from.analyze.modules
    .flatMap((module) => module.rules)
    .find(
      (rule) =>
        rule.kind === "unique" &&
        rule.entity === model.name &&
        rule.members.length === 1 &&
        rule.members[0] === field?.relation.name,
    );
  return rule === undefined ? null : ruleId(rule);
};

const orders = (
  from: Derivation,
  rules: AutoBeAnalyze.IRule[],
  operation: AutoBeOpenApi.IOperation,
): AutoBeOpenApi.IRefusal[] => {
  const body = from.schemas[operation.requestBody ?? ""];
  const properties = body !== undefined && "properties" in body ? body.properties : {};
  return rules
    .filter((rule) => rule.kind === "order" && rule.members.length === 2)
    .filter((rule) =>
      operation.kind === "create" || operation.kind === "join"
        ? rule.members.every((member) => properties[member] !== undefined)
        : rule.members.some((member) => properties[member] !== undefined),
    )
    .map((rule) => ({
      status: 422,
      code: refusalCode(rule.name),
      when: `${rule.statement}`,
      avoid: `Give ${withArticle(rule.members[0]!)} before the ${spoken(rule.members[1]!)}.`,
      provoke: { kind: "order" as const, first: rule.members[0]!, second: rule.members[1]! },
      rules: [ruleId(rule)],
    }));
};

const cycles = (model: AutoBeDatabase.IModel): AutoBeOpenApi.IRefusal[] =>
  model.foreignFields
    .filter((field) => field.relation.targetModel === model.name && field.writer === "update")
    .map((field) => ({
      status: 422,
      code: refusalCode(model.name, field.relation.name, "cycle"),
      when: `The ${spoken(field.relation.name)} would lead back to the ${spoken(model.name)} itself.`,
      avoid: `Choose ${withArticle(field.relation.name)} that does not descend from it.`,
      provoke: { kind: "cycle" as const, member: field.name },
      rules: [],
    }));

/** Rows that restrict the deletion; one suffices to be refused. */
const holders = (from: Derivation, model: AutoBeDatabase.IModel): AutoBeOpenApi.IRefusal[] =>
  from.database.files
    .flatMap((file) => file.models)
    .filter((other) => other.stance !== "session")
    .flatMap((other) =>
      other.foreignFields
        .filter((field) => field.relation.targetModel === model.name && field.onDelete === "restrict")
        .filter(
          (field) =>
            !(composedOf(from.database, model).includes(other) && field.relation.name === other.parent?.relation),
        )
        .map((field) => ({
          status: 409,
          code: "REFERENCED",
          when: `${withArticle(other.name).replace(/^a/, "A")} still refers to it.`,
          avoid: other.softDelete
            ? `Change its ${spoken(other.name)} rows first; those that were erased hold it too.`
            : `Erase or change its ${spoken(other.name)} rows first.`,
          provoke: { kind: "referenced" as const, model: other.name, relation: field.relation.name },
          rules: [],
        })),
    );
