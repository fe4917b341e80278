/** What is done to one row leaves those beside it alone, and a row is found below its own parent only. */
import { parameter, spoken, withArticle } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyPath } from "./phrases.js";
import { identifier, object } from "./script.js";
import type { Workshop } from "./workshop.js";

/** Another row in the same state stays in it. */
export const neighbourTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const caller = workshop.callers(operation)[0]!;
  const reading = workshop.operation("at", model.name, caller.actor);
  if (operation.transition === null || reading === undefined || model.stance === "actor") return;
  const title = `another ${spoken(model.name)} stays as it is`;
  workshop.add(operation, "neighbours", title, { requirements: [] }, (script) => {
    for (const state of operation.transition!.from) {
      const one = workshop.touchable(model, operation, caller, { state, isFresh: true });
      const other = workshop.touchable(model, operation, caller, { state, isFresh: true });
      if (one === null || other === null) continue;
      const path = keyPath(script, one);
      const beside = object(keyPath(script, other));
      const before = script.name("before");
      script.call(reading, caller, beside, { keep: before });
      script.call(operation, caller, object(path), {});
      const after = script.name("after");
      script.call(reading, caller, beside, { keep: after });
      script.equal("nothing changed", identifier(after), identifier(before));
      return true;
    }
    return false;
  });
};

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
    const path = keyPath(script, plan);
    script.call(operation, caller, object(path), {});
    const key = parameter(model.name);
    script.call(operation, caller, object({ ...keyPath(script, other), [key]: path[key]! }), { status: 404 });
    return true;
  });
};
