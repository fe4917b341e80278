/** Renames carried through the answers of all modules, so that what is called otherwise stays the same thing. */
import { camel, collection } from "../../../base/naming.js";
import type { IChange, IModuleAnswer, IModuleAttribute } from "../ast.js";
import { parseFilter, printFilter } from "../filter.js";

/** What was renamed, by its names before: `member` null for an entity. */
export interface Renamed {
  entity: string;
  member: string | null;
  to: string;
}

/** The renames asked for, and those that follow: a reference to a parent is called like the parent. */
export const renamesOf = (answers: readonly IModuleAnswer[], { renames }: Pick<IChange, "renames">): Renamed[] => {
  const following = answers.flatMap(({ entities }) =>
    entities.flatMap(({ name, parent }): Renamed[] => {
      const move = renames.find((one) => one.member === null && one.entity === parent);
      const isSaid = attributesOf(answers, name).some((one) => one.target === parent);
      return move === undefined || isSaid ? [] : [{ entity: name, member: camel(parent!), to: camel(move.to) }];
    }),
  );
  return [...renames, ...following];
};

export const renamed = (
  answer: IModuleAnswer,
  answers: readonly IModuleAnswer[],
  renames: readonly Renamed[],
): IModuleAnswer => {
  const entity = <Name extends string | null | undefined>(name: Name): Name =>
    (renames.find((one) => one.member === null && one.entity === name)?.to ?? name) as Name;
  const member = (of: string, name: string): string =>
    renames.find((one) => one.entity === of && isCalled(name, one.member))?.to ?? name;
  const path = (of: string | null, steps: readonly string[]): string[] => {
    const [step, ...rest] = steps;
    if (of === null || step === undefined) return [...steps];
    return [member(of, step), ...path(targetOf(answers, of, step), rest)];
  };
  const filter = (of: string, text: string | null): string | null => {
    const conditions = text === null ? null : parseFilter(text);
    if (conditions === null) return text;
    return printFilter(conditions.map((one) => ({ ...one, path: path(of, one.path) })));
  };
  const sourceOf = (one: IModuleAttribute): IModuleAttribute["of"] => {
    if (one.of == null) return one.of;
    if (one.source === "copy") return path(one.entity, one.of.split(".")).join(".");
    const move = renames.find(
      ({ entity: from, member }) => member === null && [from, camel(from), collection(from)].includes(one.of!),
    );
    return one.source === "count" ? (move?.to ?? one.of) : one.of;
  };
  const owned = <Item extends { entity: string }>(items: readonly Item[]): Item[] =>
    items.map((one) => ({ ...one, entity: entity(one.entity) }));
  return {
    ...answer,
    entities: answer.entities.map((one) => ({ ...one, name: entity(one.name), parent: entity(one.parent) })),
    attributes: owned(
      answer.attributes.map((one) => ({
        ...one,
        name: member(one.entity, one.name),
        ...(one.target === undefined ? {} : { target: entity(one.target) }),
        ...(one.of === undefined ? {} : { of: sourceOf(one) }),
      })),
    ),
    permissions: owned(answer.permissions.map((one) => ({ ...one, filter: filter(one.entity, one.filter) }))),
    lifecycles: owned(answer.lifecycles.map((one) => ({ ...one, attribute: member(one.entity, one.attribute) }))),
    transitions: owned(answer.transitions),
    rules: owned(answer.rules.map((one) => ({ ...one, members: one.members.map((name) => member(one.entity, name)) }))),
    operations: owned(answer.operations),
  };
};

/** The entity that a relation leads to, null where it ends. */
const targetOf = (answers: readonly IModuleAnswer[], of: string, step: string): string | null => {
  const attribute = attributesOf(answers, of).find((one) => isCalled(one.name, step));
  const parent = answers.flatMap(({ entities }) => entities).find((one) => one.name === of)?.parent ?? null;
  return attribute?.target ?? (parent !== null && camel(parent) === step ? parent : null);
};

const attributesOf = (answers: readonly IModuleAnswer[], entity: string): IModuleAttribute[] =>
  answers.flatMap(({ attributes }) => attributes.filter((one) => one.entity === entity));

/** A reference may be named by its column. */
const isCalled = (name: string, member: string | null): boolean =>
  member !== null && (name === member || name === `${member}Id`);
