/** Rows are read one by one and page by page, with what is counted of them. */
import { camel, parameter, spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { contains, keyPath, newest, type Writer } from "./phrases.js";
import type { Account, Plan, Referred } from "./plan.js";
import { identifier, number, object } from "./script.js";
import type { Workshop } from "./workshop.js";

export const at: Writer = (workshop, model, operation, caller) => ({
  claim: `reads ${withArticle(model.name)}`,
  requirements: [],
  write: (script) => {
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const read = script.name("read");
    script.call(operation, caller, object(path), { keep: read });
    const isWhole = plan.call === null || plan.operation.responseBody === operation.responseBody;
    if (plan.transitions.length === 0 && model.stance !== "actor" && isWhole)
      script.equal("what is read is what was created", identifier(read), identifier(script.row(plan)));
    else script.equal("key", identifier(`${read}.id`), path[parameter(model.name)]!);
    return true;
  },
});

export const list: Writer = (workshop, model, operation, caller) => ({
  claim: `lists ${spoken(model.name)} rows and finds one there`,
  requirements: [],
  write: (script) => {
    const query = newest(model);
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const row = script.row(plan);
    const page = script.name("page");
    script.call(operation, caller, object({ ...script.path(plan), query }), { keep: page });
    script.holds("the row is in the list", contains(page, `${row}.id`));
    return true;
  },
});

/** A count goes up by one when a child is created. */
export const countTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
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
        if (plan === null || plan.call !== null) return false;
        const path = keyPath(script, plan);
        const row = model.stance === "actor" ? script.name("before") : script.row(plan);
        if (model.stance === "actor") script.call(operation, caller, object(path), { keep: row });
        script.equal("none at first", identifier(`${row}.${attribute.name}`), number(0));
        const inner = childOf(workshop, child, relation, plan, caller);
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

/** A row of the child that points to the planned row. */
export const childOf = (
  workshop: Workshop,
  child: AutoBeDatabase.IModel,
  relation: string,
  plan: Plan,
  caller: Account,
): Plan | null => {
  const { planner } = workshop;
  const isOwner = child.foreignFields.some(
    (field) => field.relation.name === relation && field.source?.kind === "actor",
  );
  if (isOwner)
    return (
      planner.find(child, [plan.creator], { demands: [], creator: plan.creator }) ??
      planner.find(child, [], { demands: [], creator: plan.creator })
    );
  const referred: Referred =
    plan.model.stance === "actor" ? { kind: "account", account: plan.creator } : { kind: "row", plan };
  const wish = { demands: [], given: new Map([[relation, referred]]) };
  return (
    planner.find(child, [plan.creator, caller], wish) ??
    planner.find(child, [plan.creator], wish) ??
    planner.find(child, [], wish)
  );
};

/** A page holds no more than was asked for and says how many there are. */
export const pageTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const caller = workshop.callers(operation)[0]!;
  workshop.add(
    operation,
    "pages",
    `a page of ${spoken(camel(model.name))} rows is as long as asked for`,
    { requirements: [] },
    (script) => {
      const plan = workshop.touchable(model, operation, caller, { isFresh: true });
      const second = plan === null ? null : workshop.second(plan, operation, caller);
      if (plan === null || (second === null && model.stance !== "actor")) return false;
      script.row(plan);
      // A page is told from the whole where there is more than one row.
      const placeOf = (one: Plan): string => JSON.stringify(object(script.path(one)));
      const hasSecond = second !== null && placeOf(plan) === placeOf(second);
      if (hasSecond) script.row(second);
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
      if (!hasSecond) return true;
      const next = script.name("next");
      script.call(operation, caller, object({ ...path, query: object({ limit: number(1), page: number(2) }) }), {
        keep: next,
      });
      script.equal("one row again", identifier(`${next}.data.length`), number(1));
      script.notEqual("another one", identifier(`${next}.data[0]!.id`), identifier(`${page}.data[0]!.id`));
      return true;
    },
  );
};
