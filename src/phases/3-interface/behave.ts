/** Refusals and effects of a difference, put to the operations they are said of. */
import { pascal, spoken } from "../../base/naming.js";
import { type AutoBeAnalyze, ruleId } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "../2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendEffect, IAmendRefusal } from "./ast.js";
import { refusedWhile } from "./condition.js";
import { parseEffect } from "./effect.js";
import { parseNeed } from "./need.js";

/** A row that must exist and what the row itself holds are data the machine compiles; null for what only words say, which owes a leaf. */
const conditionOf = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  { needs, while: match }: IAmendRefusal,
): { provoke: AutoBeOpenApi.IProvocation } | { code: string; member: "needs" | "while"; message: string } | null => {
  if (needs != null && needs.trim() !== "") {
    const parsed = parseNeed(database, operation, needs);
    return "wrong" in parsed ? { code: "INTERFACE.NEED", member: "needs", message: parsed.wrong } : parsed;
  }
  if (match == null || match.trim() === "") return null;
  const conditions = refusedWhile(database, operation, match);
  return typeof conditions === "string"
    ? { code: "INTERFACE.WHILE", member: "while", message: conditions }
    : { provoke: { kind: "match", conditions } };
};

/** What is wrong with the condition of a refusal; null where it compiles or only words say it. */
export const wrongCondition = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  refusal: IAmendRefusal,
): { code: string; member: "needs" | "while"; message: string } | null => {
  const condition = conditionOf(database, operation, refusal);
  return condition !== null && "code" in condition ? condition : null;
};

const provocationOf = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  refusal: IAmendRefusal,
): AutoBeOpenApi.IProvocation | null => {
  const condition = conditionOf(database, operation, refusal);
  return condition !== null && "provoke" in condition ? condition.provoke : null;
};

/** Refusals and effects said of an operation under the name that was shown. */
export const behave = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  shown: string,
  answer: IAmend,
): AutoBeOpenApi.IOperation => {
  const refusals = answer.refusals
    .filter((one) => one.operation === shown)
    .map((one): AutoBeOpenApi.IRefusal & { served: string[] } => {
      const ids = idsOf(analyze, one.serves);
      return {
        status: one.status,
        code: one.code,
        when: one.when,
        avoid: one.avoid,
        provoke: provocationOf(database, operation, one),
        rules: ids.rules,
        served: ids.requirements,
      };
    });
  const effects = answer.effects
    .filter((one) => one.operation === shown)
    .map((one) => effectOf(analyze, database, operation, one));
  const bounds = effects.flatMap(({ served, ...effect }) => boundRefusal(effect).map((one) => ({ ...one, served })));
  const bare = <T extends { served: string[] }>({ served: _, ...rest }: T): Omit<T, "served"> => rest;
  const all = [
    ...operation.refusals.filter((known) => refusals.every((one) => one.code !== known.code)),
    ...refusals.map(bare),
    ...bounds.map(bare),
  ];
  const extra = [...refusals, ...effects];
  return {
    ...operation,
    refusals: all,
    effects: [...operation.effects, ...effects.map(bare)],
    requirements: [...new Set([...operation.requirements, ...extra.flatMap((one) => one.served)])],
    rules: [...new Set([...operation.rules, ...extra.flatMap((one) => one.rules)])],
    failures: failuresOf(operation, [...refusals, ...bounds]),
  };
};

const effectOf = (
  analyze: AutoBeAnalyze.IApplication,
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  one: IAmendEffect,
): AutoBeOpenApi.IEffect & { served: string[] } => {
  const ids = idsOf(analyze, one.serves);
  const model = pascal(one.table);
  const parsed = parseEffect(database, operation, one);
  return parsed !== null && "action" in parsed
    ? { ...parsed, model, compiled: true, rules: ids.rules, served: ids.requirements }
    : {
        action: one.action === "create" ? "insert" : one.action === "erase" ? "erase" : "set",
        model,
        path: null,
        column: null,
        value: one.what,
        assignments: [],
        only: [],
        bound: null,
        compiled: false,
        rules: ids.rules,
        served: ids.requirements,
      };
};

/** Added to beyond its bound, a column refuses the call. */
const boundRefusal = ({ model, path, column, bound, rules }: AutoBeOpenApi.IEffect): AutoBeOpenApi.IRefusal[] => {
  if (bound === null || path === null || column === null) return [];
  const at = (bound.least ?? bound.most)!;
  const [side, turned] = bound.least === null ? ["above", "less"] : ["below", "more"];
  return [
    {
      status: 409,
      code: bound.code,
      when: `The ${spoken(column)} of the ${spoken(model)} would go ${side} ${at}.`,
      avoid: `Call it while the ${spoken(model)} has ${turned} ${spoken(column)}.`,
      provoke: { kind: "bound", path, model, column, at },
      rules,
    },
  ];
};

const failuresOf = (
  operation: AutoBeOpenApi.IOperation,
  refusals: readonly AutoBeOpenApi.IRefusal[],
): AutoBeOpenApi.IFailure[] => {
  const base =
    operation.kind === "custom"
      ? [
          { status: 400, when: "A parameter, the query or the body has the wrong form." },
          ...(operation.access.some((one) => one.actor === "guest")
            ? []
            : [
                { status: 401, when: "The token is missing or not valid." },
                { status: 403, when: "The caller may not do this." },
              ]),
          ...(operation.parameters.length === 0
            ? []
            : [{ status: 404, when: "A row that the call names is not there for this caller." }]),
        ]
      : operation.failures;
  const failures = base.map((one) => ({ ...one }));
  for (const refusal of refusals) {
    const same = failures.find((failure) => failure.status === refusal.status);
    if (same === undefined) failures.push({ status: refusal.status, when: refusal.when });
    else same.when += ` ${refusal.when}`;
  }
  return failures.sort((x, y) => x.status - y.status);
};

/** Which of the ids are requirements and which are rules. */
export const idsOf = (
  analyze: AutoBeAnalyze.IApplication,
  ids: readonly string[],
): { requirements: string[]; rules: string[] } => {
  const rules = new Set(analyze.modules.flatMap((module) => module.rules).map(ruleId));
  const requirements = new Set(analyze.modules.flatMap((module) => module.requirements).map((one) => one.id));
  const named = ids.filter((id) => rules.has(id));
  return {
    requirements: [
      ...new Set([
        ...ids.filter((id) => requirements.has(id)),
        ...analyze.modules
          .flatMap((module) => module.rules)
          .filter((rule) => named.includes(ruleId(rule)))
          .flatMap((rule) => rule.requirements),
      ]),
    ],
    rules: named,
  };
};
