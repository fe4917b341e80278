/** Each operation by each actor that may call it: it succeeds, and what it says is so. */
import type { IExpression } from "../../../base/expression.js";
import { camel, dto, linkIds, parameter, spoken, withArticle } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Workshop } from "./derive.js";
import type { Account, Plan } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";

export const happyTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  for (const caller of workshop.callers(operation)) {
    const made = WRITERS[operation.kind]?.(workshop, model, operation, caller);
    if (made === undefined) continue;
    const who = caller.actor === "guest" ? "anybody" : withArticle(caller.actor);
    workshop.add(
      operation,
      `by.${caller.actor}`,
      `${who} ${made.claim}`,
      {
        requirements: [
          ...workshop.requirementsOf(operation, caller.actor),
          ...served(workshop, operation),
          ...made.requirements,
        ],
        rules: [],
      },
      made.write,
    );
  }
  if (operation.kind === "at") countTests(workshop, model, operation);
  if (operation.kind === "list") pageTest(workshop, model, operation);
};

/** What an operation serves whoever calls it, apart from the rules that its refusals are for. */
const served = (workshop: Workshop, operation: AutoBeOpenApi.IOperation): string[] => {
  const rules = workshop.analyze.modules.flatMap((module) => module.rules);
  const elsewhere = new Set([
    ...operation.access.flatMap((access) => access.requirements),
    ...rules.filter((rule) => operation.rules.includes(ruleId(rule))).flatMap((rule) => rule.requirements),
  ]);
  return operation.requirements.filter((one) => !elsewhere.has(one));
};

interface Made {
  claim: string;
  requirements: string[];
  write: (script: Script) => boolean | void;
}
type Writer = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
) => Made;

/** Path parameters that lead to a planned row, with its own key. */
export const keyPath = (script: Script, plan: Plan): Record<string, IExpression> => {
  const name = script.row(plan);
  return { ...script.path(plan), [parameter(plan.model.name)]: identifier(`${name}.id`) };
};

const create: Writer = (workshop, model, operation, caller) => ({
  claim: `creates ${withArticle(model.name)} and finds in it what was written`,
  requirements: [
    ...written(workshop, model, operation),
    ...entityRequirements(workshop, model),
    ...composedRequirements(workshop, model),
  ],
  write: (script) => {
    const plan =
      workshop.planner.find(model, [caller], { demands: [], isFull: true, creator: caller }) ??
      workshop.planner.find(model, [], { demands: [], isFull: true, creator: caller });
    if (plan === null) return false;
    const path = script.path(plan);
    const body = script.declare("body", script.body(plan), operation.requestBody);
    const row = script.name("created");
    script.call(operation, caller, object({ ...path, body: identifier(body) }), { keep: row, makes: plan });
    echo(workshop, script, plan, row, body);
    const at = workshop.operation("at", model.name, caller.actor);
    if (at !== undefined && workshop.planner.sees(plan, caller)) {
      const again = script.name("again");
      script.call(at, caller, object({ ...path, [parameter(model.name)]: identifier(`${row}.id`) }), { keep: again });
      script.equal("what is read is what was created", identifier(again), identifier(row));
    }
    return true;
  },
});

/** Requirements of the attributes that a body writes or the server fills. */
const written = (workshop: Workshop, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): string[] => {
  const schema = workshop.document.components.schemas[operation.requestBody ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  const has = (name: string): boolean => properties[name] !== undefined;
  return [
    ...model.plainFields
      .filter((field) => has(field.name) || ["now", "constant", "state", "copy"].includes(field.source?.kind ?? ""))
      .flatMap((field) => field.requirements),
    ...model.foreignFields
      .filter(
        (field) => has(field.name) || field.source?.kind === "actor" || field.relation.name === model.parent?.relation,
      )
      .flatMap((field) => field.requirements),
    ...model.links.filter((link) => has(linkIds(link.name))).flatMap((link) => link.requirements),
  ];
};

const entityRequirements = (workshop: Workshop, model: AutoBeDatabase.IModel): string[] =>
  workshop.analyze.modules.flatMap((module) => module.entities).find((entity) => entity.name === model.entity)
    ?.requirements ?? [];

/** Rows that live in the body of their parent's have no operation of their own. */
const composedRequirements = (workshop: Workshop, model: AutoBeDatabase.IModel): string[] =>
  composedOf(workshop.database, model).flatMap((child) => [
    ...entityRequirements(workshop, child),
    ...[...child.plainFields, ...child.foreignFields].flatMap((field) => field.requirements),
  ]);

/** Every value of the body stands in the answer; the server's own values are what they should be. */
const echo = (workshop: Workshop, script: Script, plan: Plan, row: string, body: string | null): void => {
  const { model } = plan;
  const answer = workshop.document.components.schemas[dto(model.name)];
  const properties = answer !== undefined && "properties" in answer ? answer.properties : {};
  const declared = body === null ? [] : bodyMembers(script, body);
  for (const field of model.plainFields) {
    if (properties[field.name] === undefined) continue;
    if (body !== null && declared.includes(field.name))
      script.equal(spoken(field.name), identifier(`${row}.${field.name}`), identifier(`${body}.${field.name}`));
    else if (field.source?.kind === "state")
      script.equal(spoken(field.name), identifier(`${row}.${field.name}`), text(plan.state ?? field.default ?? ""));
    else if (field.source?.kind === "transition")
      script.equal(`${spoken(field.name)} is not yet`, identifier(`${row}.${field.name}`), { type: "nullLiteral" });
    else if (field.source?.kind === "copy") {
      const [relation, column] = (field.source.of ?? "").split(".");
      const referred = plan.references.get(relation ?? "");
      if (referred?.kind === "row" && isShown(workshop, referred.plan.model.name, column ?? ""))
        script.equal(
          spoken(field.name),
          identifier(`${row}.${field.name}`),
          identifier(`${script.row(referred.plan)}.${column}`),
        );
    }
  }
  for (const field of model.foreignFields) {
    const referred = plan.references.get(field.relation.name);
    if (referred === undefined || properties[field.relation.name] === undefined) continue;
    const value: IExpression = field.nullable
      ? {
          type: "propertyAccessExpression",
          expression: identifier(`${row}.${field.relation.name}`),
          questionDot: true,
          name: "id",
        }
      : identifier(`${row}.${field.relation.name}.id`);
    script.equal(spoken(field.relation.name), value, script.key(referred));
  }
  for (const link of model.links) {
    const referred = plan.references.get(link.name);
    if (referred === undefined || properties[link.name] === undefined) continue;
    script.equal(
      spoken(link.name),
      {
        type: "arrayMapExpression",
        array: identifier(`${row}.${link.name}`),
        function: { type: "arrowFunction", parameters: ["one"], body: identifier("one.id") },
      },
      { type: "arrayLiteralExpression", elements: [script.key(referred)] },
    );
  }
};

const isShown = (workshop: Workshop, model: string, column: string): boolean => {
  const schema = workshop.document.components.schemas[dto(model)];
  return schema !== undefined && "properties" in schema && schema.properties[column] !== undefined;
};

const bodyMembers = (script: Script, body: string): string[] => {
  const statement = script.statements.find((one) => one.type === "declareStatement" && one.variableName === body);
  return statement?.type === "declareStatement" && statement.expression.type === "objectLiteralExpression"
    ? statement.expression.properties.map((one) => one.name)
    : [];
};

const at: Writer = (workshop, model, operation, caller) => ({
  claim: `reads ${withArticle(model.name)}`,
  requirements: [],
  write: (script) => {
    if (model.stance === "actor") return readAccount(workshop, operation, caller, script);
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const read = script.name("read");
    script.call(operation, caller, object(path), { keep: read });
    if (plan.transitions.length === 0)
      script.equal("what is read is what was created", identifier(read), identifier(script.row(plan)));
    else script.equal("key", identifier(`${read}.id`), path[parameter(model.name)]!);
    return true;
  },
});

/** Accounts are made by the test bed, so there is no row to plan. */
const readAccount = (
  workshop: Workshop,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
  script: Script,
): boolean => {
  const account = accountOf(workshop, operation, caller);
  if (account === null) return false;
  const key = identifier(`${script.account(account)}.id`);
  const read = script.name("read");
  script.call(operation, caller, object({ [operation.parameters.at(-1)!.name]: key }), { keep: read });
  script.equal("key", identifier(`${read}.id`), key);
  return true;
};

/** An account on which the caller may call the operation. */
export const accountOf = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, caller: Account): Account | null => {
  const actor = workshop.document.components.authorizations.find((one) =>
    workshop.planner.isActor(operation.model ?? "", { actor: one.name, index: 1 }),
  );
  if (actor === undefined) return null;
  const access = operation.access.filter((one) => one.actor === caller.actor);
  if (actor.name === caller.actor) return caller;
  return access.some((one) => one.filter === null || one.filter.length === 0) ? { actor: actor.name, index: 1 } : null;
};

const list: Writer = (workshop, model, operation, caller) => ({
  claim: `lists ${spoken(model.name)} rows and finds one there`,
  requirements: [],
  write: (script) => {
    const query = newest(workshop, operation);
    if (model.stance === "actor") {
      const account = accountOf(workshop, operation, caller);
      if (account === null) return false;
      const name = script.account(account)!;
      const page = script.name("page");
      script.call(operation, caller, object({ query }), { keep: page });
      script.holds("the account is in the list", contains(page, `${name}.id`));
      return true;
    }
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const row = script.row(plan);
    const page = script.name("page");
    script.call(operation, caller, object({ ...script.path(plan), query }), { keep: page });
    script.holds("the row is in the list", contains(page, `${row}.id`));
    return true;
  },
});

/** The newest rows first, as many as there may be. */
export const newest = (_workshop: Workshop, _operation: AutoBeOpenApi.IOperation): IExpression.IObjectLiteral =>
  object({ sort: text("-createdAt"), limit: number(100) });

/** `page.data.some((one) => one.id === row.id)` */
export const contains = (page: string, key: string): IExpression => ({
  type: "callExpression",
  expression: identifier(`${page}.data.some`),
  arguments: [
    {
      type: "arrowFunction",
      parameters: ["one"],
      body: { type: "binaryExpression", left: identifier("one.id"), operator: "===", right: identifier(key) },
    },
  ],
});

const update: Writer = (workshop, model, operation, caller) => ({
  claim: `changes ${withArticle(model.name)}, and it stays changed`,
  requirements: model.plainFields.filter((field) => field.writer === "update").flatMap((field) => field.requirements),
  write: (script) => {
    const isAccount = model.stance === "actor";
    const plan = isAccount ? null : workshop.touchable(model, operation, caller);
    const account = isAccount ? accountOf(workshop, operation, caller) : null;
    if (plan === null && account === null) return false;
    const path: Record<string, IExpression> =
      plan === null
        ? { [operation.parameters.at(-1)!.name]: identifier(`${script.account(account!)}.id`) }
        : keyPath(script, plan);
    const kept = keptColumns(workshop, operation, caller);
    const changes = script
      .sample(operation.requestBody!)
      .properties.filter(
        ({ name, value }) =>
          model.plainFields.some((field) => field.name === name && !kept.includes(name)) && value.type !== "identifier",
      );
    const body = script.declare(
      "body",
      { type: "objectLiteralExpression", properties: changes },
      operation.requestBody,
    );
    const changed = script.name("changed");
    script.call(operation, caller, object({ ...path, body: identifier(body) }), { keep: changed });
    script.equal("key", identifier(`${changed}.id`), path[parameter(model.name)]!);
    for (const { name } of changes)
      script.equal(spoken(name), identifier(`${changed}.${name}`), identifier(`${body}.${name}`));
    const reading = workshop.operation("at", model.name, caller.actor);
    if (reading !== undefined && changes.length !== 0) {
      const again = script.name("again");
      script.call(reading, caller, object(path), { keep: again });
      script.equal("the change stays", identifier(again), identifier(changed));
    }
    return true;
  },
});

/** Columns on which the caller's own access hangs: changing them might put the row out of reach. */
const keptColumns = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, caller: Account): string[] =>
  [...operation.access, ...(workshop.document.readers[operation.model ?? ""] ?? [])]
    .filter((access) => access.actor === caller.actor || access.actor === "guest")
    .flatMap((access) => access.filter ?? [])
    .map((condition) => condition.path[0]!);

const erase: Writer = (workshop, model, operation, caller) => ({
  claim: `erases ${withArticle(model.name)}, and it is gone`,
  requirements: [],
  write: (script) => {
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const reading = workshop.operation("at", model.name, caller.actor);
    script.call(operation, caller, object(path), {});
    if (reading !== undefined) script.call(reading, caller, object(path), { status: 404 });
    else script.call(operation, caller, object(path), { status: 404 });
    return true;
  },
});

const transition: Writer = (workshop, model, operation, caller) => ({
  claim: `brings ${withArticle(model.name)} to ${spoken(operation.transition!.to)}`,
  requirements: [],
  write: (script) => {
    const plan = operation
      .transition!.from.map((state) => workshop.touchable(model, operation, caller, { state }))
      .find((one) => one !== null);
    if (plan === undefined || plan === null) return false;
    const path = keyPath(script, plan);
    const after = script.name("after");
    script.call(operation, caller, object(path), { keep: after });
    for (const effect of operation.effects) {
      if (!effect.compiled || effect.model !== model.name || effect.column === null) continue;
      const value = identifier(`${after}.${effect.column}`);
      if (effect.value === "now") script.notEqual(`${spoken(effect.column)} is set`, value, { type: "nullLiteral" });
      else if (effect.value === "null")
        script.equal(`${spoken(effect.column)} is cleared`, value, { type: "nullLiteral" });
      else script.equal(spoken(effect.column), value, text(effect.value));
    }
    const reading = workshop.operation("at", model.name, caller.actor);
    if (reading !== undefined) {
      const again = script.name("again");
      script.call(reading, caller, object(path), { keep: again });
      script.equal("the change stays", identifier(again), identifier(after));
    }
    return true;
  },
});

const WRITERS: Partial<Record<AutoBeOpenApi.Kind, Writer>> = { create, at, list, update, erase, transition };

/** A count goes up by one when a child is created. */
const countTests = (workshop: Workshop, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): void => {
  const entity = workshop.analyze.modules.flatMap((module) => module.entities).find((one) => one.name === model.entity);
  for (const attribute of entity?.attributes ?? []) {
    if (attribute.source !== "count") continue;
    const child = workshop.database.files.flatMap((file) => file.models).find((one) => one.name === attribute.of);
    const relation = child?.foreignFields.find((field) => field.relation.targetModel === model.name)?.relation.name;
    if (child === undefined || relation === undefined) continue;
    const caller = workshop.callers(operation)[0]!;
    workshop.add(
      operation,
      `counts.${attribute.name}`,
      `${spoken(attribute.name)} counts the ${spoken(child.name)} rows`,
      { requirements: attribute.requirements },
      (script) => {
        const plan = workshop.touchable(model, operation, caller);
        if (plan === null) return false;
        const path = keyPath(script, plan);
        const row = script.row(plan);
        script.equal("none at first", identifier(`${row}.${attribute.name}`), number(0));
        const inner = workshop.planner.find(child, [plan.creator, caller], {
          demands: [],
          given: new Map([[relation, { kind: "row", plan }]]),
        });
        if (inner === null) return false;
        script.row(inner);
        const read = script.name("read");
        script.call(operation, caller, object(path), { keep: read });
        script.equal("one more", identifier(`${read}.${attribute.name}`), number(1));
        return true;
      },
    );
  }
};

/** A page holds no more than was asked for and says how many there are. */
const pageTest = (workshop: Workshop, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): void => {
  const caller = workshop.callers(operation)[0]!;
  if (model.stance === "actor") return;
  workshop.add(
    operation,
    "pages",
    `a page of ${spoken(camel(model.name))} rows is as long as asked for`,
    { requirements: [] },
    (script) => {
      const plan = workshop.touchable(model, operation, caller, { isFresh: true });
      const second = workshop.touchable(model, operation, caller, { isFresh: true });
      if (plan === null || second === null) return false;
      script.row(plan);
      const path = script.path(plan);
      const page = script.name("page");
      script.call(operation, caller, object({ ...path, query: object({ limit: number(1), page: number(1) }) }), {
        keep: page,
      });
      script.equal("one row", identifier(`${page}.data.length`), number(1));
      script.equal("limit", identifier(`${page}.pagination.limit`), number(1));
      script.equal(
        "as many pages as rows",
        identifier(`${page}.pagination.pages`),
        identifier(`${page}.pagination.records`),
      );
      return true;
    },
  );
};
