/** What is done to one row leaves those beside it alone, and a row is found below its own parent only. */
import { dto, parameter, spoken, withArticle } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyPath } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { identifier, number, object } from "./script.js";
import type { Workshop } from "./workshop.js";

/** Another row in the same state stays in it. */
export const neighbourTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const caller = workshop.callers(operation)[0]!;
  if (operation.transition === null || isSpread(operation)) return;
  const title = `another ${spoken(model.name)} stays as it is`;
  workshop.add(operation, "neighbours", title, { requirements: [] }, (script) => {
    for (const state of operation.transition!.from) {
      const one = workshop.touchable(model, operation, caller, { state, isFresh: true });
      const other = one === null ? null : neighbourOf(workshop, one, operation, caller, state);
      if (one === null || other === null) continue;
      const path = keyPath(script, one);
      const beside = other.isItself ? null : object(keyPath(script, other.plan));
      script.row(other.plan);
      const before = script.name("before");
      script.call(other.reading, other.reader, beside, { keep: before });
      script.call(operation, caller, object(path), {});
      const after = script.name("after");
      script.call(other.reading, other.reader, beside, { keep: after });
      for (const member of membersOf(workshop, model, operation))
        script.equal(
          `${spoken(member)} is as it was`,
          identifier(`${after}.${member}`),
          identifier(`${before}.${member}`),
        );
      return true;
    }
    return false;
  });
};

/** Whether it changes other rows of its kind as well, by the data or the words of an effect. */
const isSpread = ({ model, effects }: AutoBeOpenApi.IOperation): boolean =>
  effects.some((one) => one.model === model && (!one.compiled || one.path?.length !== 0));

interface Neighbour {
  plan: Plan;
  reading: AutoBeOpenApi.IOperation;
  reader: Account;
  /** It looks at itself, by `me`. */
  isItself: boolean;
}

/** A row like it, and who can read it: another account tells of itself. */
const neighbourOf = (
  workshop: Workshop,
  one: Plan,
  operation: AutoBeOpenApi.IOperation,
  caller: Account,
  state: string,
): Neighbour | null => {
  const { model } = one;
  if (model.stance === "actor") {
    const { actor, index } = one.creator;
    const reader = { actor, index: index === 2 ? 3 : 2 };
    const plan = workshop.planner.find(model, [], { demands: [], state, isFresh: true, creator: reader });
    return plan === null ? null : { plan, reading: plan.operation, reader, isItself: true };
  }
  const reading = workshop.operation("at", model.name, caller.actor);
  const plan = workshop.touchable(model, operation, caller, { state, isFresh: true });
  return reading === undefined || plan === null ? null : { plan, reading, reader: caller, isItself: false };
};

/** What only the row itself tells: an effect may well change what is shown of rows that both refer to. */
const membersOf = (
  { document }: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): string[] => {
  const schema = document.components.schemas[dto(model.name)];
  const shown = schema !== undefined && "properties" in schema ? Object.keys(schema.properties) : [];
  const own = [operation.transition!.attribute, ...model.plainFields.map((field) => field.name)];
  return [...new Set(own)].filter((name) => shown.includes(name) && isKept(model, name));
};

/** A count of children, and what else other rows decide, is no matter of this one alone. */
const isKept = (model: AutoBeDatabase.IModel, name: string): boolean =>
  !["count", "formula"].includes(model.plainFields.find((field) => field.name === name)?.source?.kind ?? "");

/** Below another parent, which the caller sees just as well: 404. */
export const misplacedTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const caller = workshop.callers(operation)[0]!;
  const { parent } = model;
  const above = parent?.kind === "routed" ? modelNamed(workshop.database, parent.model) : undefined;
  if (above === undefined || above.stance === "actor") return;
  const title = `${withArticle(model.name)} is not found below another ${spoken(above.name)}`;
  workshop.add(operation, "misplaced", title, { requirements: [] }, (script) => {
    const plan = workshop.touchable(model, operation, caller);
    const other = workshop.planner.find(above, [caller], { demands: [], isFresh: true });
    if (plan === null || other === null) return false;
    if (operation.kind === "list") {
      script.row(plan);
      const page = script.name("page");
      script.call(operation, caller, object({ ...keyPath(script, other), query: object({}) }), { keep: page });
      script.equal("it is not listed there", identifier(`${page}.data.length`), number(0));
      script.equal("nor counted", identifier(`${page}.pagination.records`), number(0));
      return true;
    }
    const path = keyPath(script, plan);
    script.call(operation, caller, object(path), {});
    const key = parameter(model.name);
    script.call(operation, caller, object({ ...keyPath(script, other), [key]: path[key]! }), { status: 404 });
    return true;
  });
};
