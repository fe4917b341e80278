/** Removals carried through the answers of all modules: what goes takes with it what cannot be without it. */
import type { IChange, IModuleAnswer } from "../ast.js";

type Removals = IChange["removals"];

const LISTS = ["attributes", "permissions", "lifecycles", "transitions", "rules", "operations"] as const;

export const removed = (answer: IModuleAnswer, removals: Removals): IModuleAnswer => {
  const isGone = (entity: string | null | undefined): boolean =>
    removals.some((one) => one.entity === entity && one.member === null);
  const isOut = (entity: string, name: string): boolean =>
    removals.some((one) => one.entity === entity && (one.member === name || `${one.member}Id` === name));
  const owned = <Item extends { entity: string }>(items: readonly Item[]): Item[] =>
    items.filter((one) => !isGone(one.entity));
  const left: IModuleAnswer = {
    ...answer,
    entities: answer.entities
      .filter((one) => !isGone(one.name))
      .map((one) => ({ ...one, parent: isGone(one.parent) ? null : one.parent })),
    attributes: owned(answer.attributes).filter(
      (one) => !isGone(one.target) && !isOut(one.entity, one.name) && !(one.source === "count" && isGone(one.of)),
    ),
    permissions: owned(answer.permissions),
    lifecycles: owned(answer.lifecycles).filter((one) => !isOut(one.entity, one.attribute)),
    transitions: owned(answer.transitions).filter((one) => !isOut(one.entity, one.action)),
    rules: owned(answer.rules).filter(
      (one) => !isOut(one.entity, one.name) && !one.members.some((name) => isOut(one.entity, name)),
    ),
    operations: owned(answer.operations).filter((one) => !isOut(one.entity, one.name)),
  };
  return withoutIdle(answer, left);
};

/** A requirement goes with the last item that served it. */
const withoutIdle = (before: IModuleAnswer, after: IModuleAnswer): IModuleAnswer => {
  const [had, has] = [served(before), served(after)];
  const isIdle = (id: string): boolean => had.has(id) && !has.has(id);
  return { ...after, requirements: after.requirements.filter(({ id }) => !isIdle(id)) };
};

const served = (answer: IModuleAnswer): Set<string> =>
  new Set(["entities" as const, ...LISTS].flatMap((key) => answer[key].flatMap(({ serves }) => serves)));
