/** Judges what is said to change: passages, new names, and whether what is renamed or removed is there. */
import { type Diagnostic, Findings, nearest } from "../../../base/diagnostic.js";
import { segmentsOf } from "../../../base/json-path.js";
import type { AutoBeAnalyze, IChange, IOutline } from "../ast.js";
import { checkOutline } from "../check/outline.js";
import { accountsOf } from "../merge.js";
import { changedOutline } from "./outline.js";

export interface Asked {
  outline: IOutline;
  analyze: AutoBeAnalyze.IApplication;
  /** Numbers of the passages of the change. */
  passages: readonly number[];
}

export const checkChange = ({ outline, analyze, passages }: Asked, change: IChange): Diagnostic[] => {
  const findings = new Findings();
  checkPassages(passages, change, findings);
  change.renames.forEach((one, index) => {
    checkRename(outline, analyze, change, one, `$input.renames[${index}]`, findings);
  });
  change.removals.forEach(({ entity, member }, index) => {
    if (member === null || membersOf(analyze, entity).includes(member)) return;
    const message = `${entity} has no ${member}; nearest: ${nearest(member, membersOf(analyze, entity))}.`;
    findings.add("ANALYZE.UNKNOWN_MEMBER", `$input.removals[${index}].member`, message);
  });
  change.modules.forEach(({ name, entities }, index) => {
    const isNew = !outline.modules.some((one) => one.name === name);
    if (isNew && entities.length === 0)
      findings.add(
        "ANALYZE.NO_SUCH_MODULE",
        `$input.modules[${index}].name`,
        `There is no module "${name}", and a new one has entities; nearest: ${nearest(
          name,
          outline.modules.map((one) => one.name),
        )}.`,
      );
  });
  findings.list.push(...checkNames(outline, change));
  return findings.list;
};

const checkPassages = (passages: readonly number[], { modules, unserved }: IChange, findings: Findings): void => {
  const known = `P${passages[0]} to P${passages.at(-1)}`;
  const judge = (passage: number, path: string): void =>
    void findings.require(passages.includes(passage), "ANALYZE.UNKNOWN_PASSAGE", path, `The change has ${known}.`);
  modules.forEach((module, index) => {
    module.passages.forEach((passage, at) => {
      judge(passage, `$input.modules[${index}].passages[${at}]`);
    });
  });
  unserved.forEach(({ passage }, index) => {
    judge(passage, `$input.unserved[${index}].passage`);
  });
  const taken = [...modules.flatMap((module) => module.passages), ...unserved.map(({ passage }) => passage)];
  const lost = passages.filter((passage) => !(taken as number[]).includes(passage));
  if (lost.length !== 0)
    findings.add(
      "ANALYZE.PASSAGE_LOST",
      "$input.unserved",
      `No module takes ${lost.map((passage) => `P${passage}`).join(", ")}: give it to a module, or say here why none needs it.`,
    );
};

/** A name that is wrong would lose the rows it was to keep. */
const checkRename = (
  outline: IOutline,
  analyze: AutoBeAnalyze.IApplication,
  change: IChange,
  { entity, member, to }: IChange["renames"][number],
  path: string,
  findings: Findings,
): void => {
  const entities = analyze.modules.flatMap((module) => module.entities).map((one) => one.name);
  const names = member === null ? entities : membersOf(analyze, entity);
  const add = (at: string, message: string): void => findings.add("ANALYZE.BAD_RENAME", `${path}${at}`, message);
  if (member === null && accountsOf(outline).includes(entity))
    add(".entity", `${entity} is the account of an actor and is called like the actor.`);
  else if (member !== null && !names.includes(member))
    add(".member", `${entity} has no ${member}; nearest: ${nearest(member, names)}.`);
  else if (names.includes(to)) add(".to", `${to} is there already.`);
  else if (!(member === null ? /^[A-Z]/ : /^[a-z]/).test(to))
    add(".to", `${to} begins with ${member === null ? "a capital" : "a small letter"}.`);
  else if (change.renames.filter((one) => one.entity === entity && one.member === member).length > 1)
    add("", `${member ?? entity} is renamed twice.`);
};

/** New names are judged in the outline that they make. */
const checkNames = (outline: IOutline, change: IChange): Diagnostic[] => {
  const next = changedOutline(outline, change);
  return checkOutline(next, 0)
    .filter((one) => one.code !== "ANALYZE.UNKNOWN_PASSAGE" && one.code !== "ANALYZE.PASSAGE_LOST")
    .map(({ code, path, message }) => ({ code, path: inChange(next, change, path), message }));
};

/** Where the answer says what the outline has at this path. */
const inChange = (next: IOutline, change: IChange, path: string): string => {
  const [list, index, key, at] = segmentsOf(path) as ["actors" | "modules", number, string, number | undefined];
  const { name } = next[list][index]!;
  const place = change[list].findIndex((one) => one.name === name);
  if (list !== "modules" || key !== "entities") return `$input.${list}[${Math.max(place, 0)}].${key}`;
  const entity = next.modules[index]!.entities[at!]!;
  const said = change.modules[place]?.entities.indexOf(entity) ?? -1;
  if (said >= 0) return `$input.modules[${place}].entities[${said}]`;
  const rename = change.renames.findIndex((one) => one.to === entity && one.member === null);
  return rename >= 0 ? `$input.renames[${rename}].to` : "$input.modules";
};

/** All that belongs to an entity and has a name. */
const membersOf = (analyze: AutoBeAnalyze.IApplication, name: string): string[] =>
  analyze.modules.flatMap((module) => {
    const own = <Item extends { entity: string }>(items: readonly Item[]): Item[] =>
      items.filter((one) => one.entity === name);
    return [
      ...module.entities.filter((one) => one.name === name).flatMap((one) => one.attributes.map((each) => each.name)),
      ...own(module.lifecycles).flatMap((one) => [one.attribute, ...one.transitions.map((each) => each.action)]),
      ...own(module.rules).map((one) => one.name),
      ...own(module.operations).map((one) => one.name),
    ];
  });
