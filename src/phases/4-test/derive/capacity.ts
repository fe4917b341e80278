/** Rows that add up: room for all that the tests make, and one row beyond it. */
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { columnAt } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { another, firstRow, type Trial, tooMany } from "./constraints.js";
import type { Plan } from "./knowledge.js";
import { object } from "./script.js";

type Capacity = AutoBeOpenApi.IProvocation.ICapacity;

/** Rows that are counted by tests one by one. */
const MOST_ROWS = 100;

/** Rows that use up all of the room. */
export interface Filling {
  rows: number;
  first: Plan;
  /** Another row beside the first. */
  next(): Plan;
}

/** Null where none can be made, or too many would be needed. */
export const fillingOf = (trial: Trial, capacity: Capacity): Filling | null => {
  const { workshop, model, refusal } = trial;
  const { relation, column, most } = capacity;
  const holder = most === null ? null : columnAt(workshop.database, model, most);
  const room = most === null ? capacity.maximum! : Math.max(1, Math.ceil(holder?.minimum ?? 1));
  const amount = column === null ? 1 : amountOf(model, column, room);
  const rows = Math.floor(room / amount);
  if (rows > MOST_ROWS) return null;
  const chosen: [string, string][] = column === null ? [] : [[column, String(amount)]];
  const sized = (plan: Plan | null): Plan | null =>
    plan && { ...plan, overrides: new Map([...plan.overrides, ...chosen]) };
  const limit = { kind: "limit" as const, relation, maximum: rows };
  const next = (plan: Plan): Plan | null => sized(another(trial, limit, plan));
  const conditions = most === null ? [] : [{ path: most, operator: "=" as const, value: String(room) }];
  const asked = { conditions, provoked: refusal.code };
  const first = sized(firstRow(trial, [relation], (plan) => next(plan) !== null, asked));
  return first === null ? null : { rows, first, next: () => next(first)! };
};

/** As much as there is room for, then one row more. */
export const overfull = (trial: Trial, capacity: Capacity): boolean => {
  const { operation, refusal, script } = trial;
  if (operation.kind !== "create") return false;
  const { relation, maximum } = capacity;
  if (capacity.most === null && capacity.column === null)
    return tooMany(trial, { kind: "limit", relation, maximum: maximum! });
  const filling = fillingOf(trial, capacity);
  if (filling === null) return false;
  const { rows, first, next } = filling;
  const call = (plan: Plan, options: { makes: Plan } | { status: number; code: string }): void =>
    script.call(operation, plan.creator, object({ ...script.path(plan), body: script.body(plan) }), options);
  if (rows > 0) call(first, { makes: first });
  for (let count = 1; count < rows; ++count) {
    const one = next();
    call(one, { makes: one });
  }
  call(rows > 0 ? next() : first, { status: refusal.status, code: refusal.code });
  return true;
};

/** As much of the room as one row may take. */
const amountOf = (model: AutoBeDatabase.IModel, column: string, room: number): number => {
  const field = model.plainFields.find((one) => one.name === column)!;
  return Math.max(field.minimum ?? 1, Math.min(field.maximum ?? room, room), 1);
};
