/** Refusals by what a row holds, or a new one would hold. */
import type { IExpression } from "../../../base/expression.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Trial } from "./constraints.js";
import { keyPath } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { object } from "./script.js";
import { watcherOf, watchList } from "./watching.js";
import type { Wish } from "./wish.js";

/** The call with a row that holds what it must not, then with one that does not. */
export const matching = (
  { workshop, model, operation, refusal, script }: Trial,
  { conditions }: AutoBeOpenApi.IProvocation.IMatch,
  caller: Account,
): boolean => {
  const wish: Wish = { demands: [{ account: caller, conditions }], provoked: refusal.code };
  const call = (plan: Plan, options: { status?: number; code?: string }): void => {
    const body: Record<string, IExpression> = operation.kind === "update" ? { body: object({}) } : {};
    const argument =
      operation.kind === "create"
        ? { ...script.path(plan), body: script.body(plan) }
        : { ...keyPath(script, plan), ...body };
    // A new row is written before it is refused, so that it needs as much room as one that stays.
    script.call(
      operation,
      caller,
      object(argument),
      operation.kind === "create" ? { ...options, makes: plan } : options,
    );
  };
  const plans = [wish, { demands: [] }].map((one): Plan | null => {
    if (operation.kind !== "create") {
      const states = operation.transition?.from ?? [undefined];
      return (
        states
          .map((state) => workshop.touchable(model, operation, caller, state === undefined ? one : { ...one, state }))
          .find((plan) => plan !== null) ?? null
      );
    }
    const made = { ...one, creator: caller, isFresh: true };
    return workshop.planner.find(model, [caller], made) ?? workshop.planner.find(model, [], made);
  });
  const [refused, allowed] = plans;
  if (!refused || !allowed) return false;
  const refuse = (): void => call(refused, { status: refusal.status, code: refusal.code });
  // What a new row holds is known once it is written.
  const watcher = operation.kind === "create" ? watcherOf(workshop, refused) : null;
  if (watcher === null) refuse();
  else watchList(script, refused, watcher, refuse);
  call(allowed, {});
  return true;
};
