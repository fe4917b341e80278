/** The outline after a change: what the answer names is added or replaced, what it removes is gone, the rest stays. */
import type { IChange, IOutline, IOutlineModule } from "../ast.js";

export const changedOutline = (outline: IOutline, change: IChange): IOutline => ({
  ...outline,
  plan: `${outline.plan} ${change.plan}`,
  actors: placed(outline.actors, change.actors),
  modules: placed(
    outline.modules.map((module) => ({
      ...module,
      entities: entitiesAfter(module, change) as IOutlineModule["entities"],
    })),
    change.modules.map((named) => changedModule(outline, change, named)),
  ).filter((module) => module.entities.length !== 0),
  scopeIn: [...outline.scopeIn, ...change.scopeIn],
  scopeOut: outline.scopeOut.filter((line) => !change.noLongerOut.includes(line)),
});

/** A module that is there keeps its title and purpose, and takes more entities and passages. */
const changedModule = (outline: IOutline, change: IChange, named: IChange["modules"][number]): IOutlineModule => {
  const old = outline.modules.find((one) => one.name === named.name);
  const made = (entities: string[]) => entities as IOutlineModule["entities"];
  if (old === undefined) return { ...named, entities: made(named.entities) };
  return {
    ...old,
    entities: made([...new Set([...entitiesAfter(old, change), ...named.entities])]),
    passages: [...new Set([...old.passages, ...named.passages])],
  };
};

const entitiesAfter = ({ entities }: IOutlineModule, { renames, removals }: IChange): string[] =>
  entities
    .filter((name) => !removals.some((one) => one.entity === name && one.member === null))
    .map((name) => renames.find((one) => one.entity === name && one.member === null)?.to ?? name);

/** Namesakes take the place of the old ones, others come after them. */
const placed = <Item extends { name: string }>(old: readonly Item[], said: readonly Item[]): Item[] => [
  ...old.map((one) => said.find((other) => other.name === one.name) ?? one),
  ...said.filter((one) => !old.some((other) => other.name === one.name)),
];
