/** Whether something is left of a row that was refused: somebody who would see it looks into the list, before and after. */
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { newest } from "./phrases.js";
import type { Account, Plan } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import type { Workshop } from "./workshop.js";

export interface Watcher {
  account: Account;
  listing: AutoBeOpenApi.IOperation;
}

/** Whoever would see the new row: its creator, those it refers to, or anybody else; null where nobody would. */
export const watcherOf = (workshop: Workshop, plan: Plan): Watcher | null => {
  const status = plan.model.plainFields.find((field) => field.source?.kind === "state");
  const fresh = { ...plan, state: status?.default ?? null, transitions: [] };
  const accounts = [
    plan.creator,
    ...[...plan.references.values()].map((one) => (one.kind === "account" ? one.account : one.plan.creator)),
    ...workshop.document.components.authorizations.map(({ name }) => ({ actor: name, index: 1 })),
  ];
  for (const account of accounts) {
    const listing = workshop.operation("list", plan.model.name, account.actor);
    if (listing !== undefined && workshop.planner.reaches(fresh, account)) return { account, listing };
  }
  return null;
};

/** Runs what is to leave no such row. */
export const watchList = (script: Script, plan: Plan, { account, listing }: Watcher, run: () => void): void => {
  const list = (wanted: string): string => {
    const page = script.name(wanted);
    script.call(listing, account, object({ ...script.path(plan), query: newest(plan.model) }), { keep: page });
    return `${page}.pagination.records`;
  };
  const before = list("before");
  run();
  script.equal("nothing is left of it", identifier(list("after")), identifier(before));
};
