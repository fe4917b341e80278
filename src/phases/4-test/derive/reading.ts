/** Rows are read one by one and page by page, with what is counted of them. */
import { camel, parameter, spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { accountOf, contains, keyPath, newest, type Writer } from "./phrases.js";
import type { Account } from "./plan.js";
import { identifier, number, object, type Script } from "./script.js";
import type { Workshop } from "./workshop.js";

export const at: Writer = (workshop, model, operation, caller) => ({
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

export const list: Writer = (workshop, model, operation, caller) => ({
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
export const pageTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
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
