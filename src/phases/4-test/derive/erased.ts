/** Rows that are deleted softly: nothing finds them, counts them or refers to them any more, and what refers to them shows them still. */
import type { IExpression } from "../../../base/expression.js";
import { parameter, spoken, variable } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { another, fill, firstRow, type Trial } from "./constraints.js";
import { keptTests } from "./kept.js";
import { originOf } from "./origins.js";
import { barePath, contains, keyPath, newest } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { childOf } from "./reading.js";
import { identifier, number, object, type Script } from "./script.js";
import type { Workshop } from "./workshop.js";

export const erasedTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  if (operation.kind !== "erase" || !model.softDelete) return;
  const said = spoken(model.name);
  const add = (aspect: string, title: string, write: (script: Script) => boolean): void =>
    workshop.add(operation, aspect, title, { requirements: [] }, write);
  for (const caller of workshop.callers(operation))
    add(`unlisted.${caller.actor}`, `an erased ${said} is in no list and in no total`, (script) =>
      unlisted(workshop, model, operation, caller, script),
    );
  add("again", `what was unique of an erased ${said} may be taken again`, (script) =>
    again(workshop, model, operation, script),
  );
  const creation = originOf(workshop.document, model.name);
  creation?.refusals
    .filter(({ provoke }) => provoke?.kind === "limit")
    .forEach((refusal, index) => {
      add(`room${index + 1}`, `an erased ${said} leaves room for another`, (script) =>
        room({ workshop, model, operation: creation, refusal, script }, operation),
      );
    });
  for (const entity of workshop.analyze.modules.flatMap((module) => module.entities))
    for (const attribute of entity.attributes)
      if (attribute.source === "count" && attribute.of === model.name)
        add(`uncounted.${entity.name}.${attribute.name}`, `an erased ${said} does not count`, (script) =>
          uncounted(workshop, model, operation, entity.name, attribute.name, script),
        );
  for (const needing of workshop.document.operations)
    for (const refusal of needing.refusals)
      if (refusal.provoke?.kind === "absent" && refusal.provoke.model === model.name)
        add(`needed.${needing.name}`, `an erased ${said} is not there for what needs one`, (script) =>
          needed(workshop, model, operation, needing, refusal, script),
        );
  keptTests(workshop, model, operation);
};

const unlisted = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
  script: Script,
): boolean => {
  const listing = workshop.operation("list", model.name, caller.actor);
  const plan = workshop.touchable(model, operation, caller, { isFresh: true });
  if (listing === undefined || plan === null) return false;
  const path = keyPath(script, plan);
  const row = script.row(plan);
  const list = object({ ...script.path(plan), query: newest(model) });
  const [before, after] = [script.name("before"), script.name("after")];
  script.call(listing, caller, list, { keep: before });
  script.holds("the row is in the list", contains(before, `${row}.id`));
  script.call(operation, caller, object(path), {});
  script.call(listing, caller, list, { keep: after });
  script.holds("it is there no more", {
    type: "prefixUnaryExpression",
    operator: "!",
    operand: contains(after, `${row}.id`),
  });
  oneFewer(script, `${before}.pagination.records`, `${after}.pagination.records`);
  return true;
};

const oneFewer = (script: Script, before: string, after: string): void =>
  script.equal(
    "one fewer",
    { type: "binaryExpression", left: identifier(after), operator: "+", right: number(1) },
    identifier(before),
  );

/** The same body once more, which would be a duplicate of the first row if that were there. */
const again = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  script: Script,
): boolean => {
  const kinds = originOf(workshop.document, model.name)?.refusals.map(({ provoke }) => provoke?.kind) ?? [];
  if (!kinds.includes("repeat") || kinds.includes("bound")) return false;
  for (const [caller, isFull] of workshop
    .callers(operation)
    .flatMap((one) => [[one, true] as const, [one, false] as const])) {
    const plan = workshop.touchable(model, operation, caller, { isFresh: true, isFull });
    if (plan === null || plan.call !== null || plan.transitions.length + plan.ahead.length !== 0) continue;
    const path = script.path(plan);
    const body = identifier(script.declare("body", script.body(plan), plan.operation.requestBody));
    const creation = object({ ...path, body });
    const row = script.name(variable(model.name));
    script.call(plan.operation, plan.creator, creation, { keep: row, makes: plan });
    script.call(operation, caller, object({ ...path, [parameter(model.name)]: identifier(`${row}.id`) }), {});
    const second = script.name("second");
    script.call(plan.operation, plan.creator, creation, { keep: second });
    script.notEqual("another row", identifier(`${second}.id`), identifier(`${row}.id`));
    return true;
  }
  return false;
};

const room = (trial: Trial, operation: AutoBeOpenApi.IOperation): boolean => {
  const { workshop, script } = trial;
  const limit = trial.refusal.provoke as AutoBeOpenApi.IProvocation.ILimit;
  if (limit.maximum > MOST_ROWS || trial.operation.kind !== "create") return false;
  const plan = firstRow(
    trial,
    [limit.relation],
    (one) => another(trial, limit, one) !== null && eraserOf(workshop, operation, one) !== null,
  );
  if (plan === null) return false;
  const eraser = eraserOf(workshop, operation, plan)!;
  const path = erasurePath(script, plan, eraser);
  fill(trial, limit, plan);
  script.call(operation, eraser.account, object(path), {});
  const last = another(trial, limit, plan)!;
  script.call(trial.operation, last.creator, object({ ...script.path(last), body: script.body(last) }), {});
  return true;
};

const MOST_ROWS = 100;

const uncounted = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  counter: string,
  attribute: string,
  script: Script,
): boolean => {
  const reading = workshop.document.operations.find((one) => one.kind === "at" && one.model === counter);
  const relation = model.foreignFields.find((field) => field.relation.targetModel === counter)?.relation.name;
  const table = workshop.database.files.flatMap((file) => file.models).find((one) => one.name === counter);
  if (reading === undefined || relation === undefined || table === undefined) return false;
  const caller = workshop.callers(reading)[0]!;
  const plan = workshop.touchable(table, reading, caller);
  const child = plan === null ? null : childOf(workshop, model, relation, plan, caller);
  const eraser = child === null ? null : eraserOf(workshop, operation, child);
  if (plan === null || child === null || eraser === null) return false;
  const path = object(keyPath(script, plan));
  const erasure = erasurePath(script, child, eraser);
  const [before, after] = [script.name("before"), script.name("after")];
  script.call(reading, caller, path, { keep: before });
  script.call(operation, eraser.account, object(erasure), {});
  script.call(reading, caller, path, { keep: after });
  oneFewer(script, `${before}.${attribute}`, `${after}.${attribute}`);
  return true;
};

/** What the call needs is made and erased: it is refused as if it had never been there. */
const needed = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  needing: AutoBeOpenApi.IOperation,
  refusal: AutoBeOpenApi.IRefusal,
  script: Script,
): boolean => {
  const table = workshop.database.files.flatMap((file) => file.models).find((one) => one.name === needing.model);
  if (table === undefined || !["create", "update", "erase", "transition"].includes(needing.kind)) return false;
  for (const caller of workshop.callers(needing))
    for (const state of needing.transition?.from ?? [undefined]) {
      const wish = state === undefined ? {} : { state };
      const plan =
        needing.kind === "create"
          ? workshop.planner.find(table, [caller], { demands: [], creator: caller })
          : workshop.touchable(table, needing, caller, wish);
      const row = [...(plan?.needs ?? []), ...(plan?.ahead ?? [])].find((one) => one.model.name === model.name);
      const eraser = row === undefined ? null : eraserOf(workshop, operation, row);
      if (plan === null || row === undefined || eraser === null) continue;
      if ([...plan.references.values()].some((one) => one.kind === "row" && one.plan === row)) continue;
      const path = needing.kind === "create" ? script.path(plan) : keyPath(script, plan);
      const body: Record<string, IExpression> =
        needing.kind === "create" ? { body: script.body(plan) } : needing.kind === "update" ? { body: object({}) } : {};
      const erasure = erasurePath(script, row, eraser);
      // Another one would do as well.
      if (script.made.filter((one) => one.plan.model.name === model.name).length !== 1) return false;
      script.call(operation, eraser.account, object(erasure), {});
      const { status, code } = refusal;
      script.call(needing, caller, object({ ...path, ...body }), { status, code });
      return true;
    }
  return false;
};

/** Who may erase a planned row, and the rows without which that would be refused. */
export interface Eraser {
  account: Account;
  ahead: Plan[];
}

export const eraserOf = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, plan: Plan): Eraser | null => {
  const { planner } = workshop;
  const accounts = [plan.creator, ...workshop.callers(operation)];
  for (const account of accounts) {
    if (!planner.reaches(plan, account) || !planner.mayTouch(plan, operation, account)) continue;
    if (planner.isRefused(plan, operation, account)) continue;
    const ahead = planner.needsOf(plan, operation, account);
    if (ahead !== null) return { account, ahead };
  }
  return null;
};

export const erasurePath = (script: Script, plan: Plan, { ahead }: Eraser): ReturnType<typeof barePath> => {
  const path = barePath(script, plan);
  for (const one of ahead) script.row(one);
  return path;
};
