/** What the model sees of a change: its own passages, and the analysis folded small. */
import type { Asker } from "../../../base/asker.js";
import { halves } from "../../../base/prompt.js";
import type { ModelFunction, Task } from "../../../base/task.js";
import { analyzeFunctions, type IChange, type IModuleAnswer, type IOutline } from "../ast.js";
import { actorLine, moduleTask, numbered, shortened } from "../prompt.js";
import { type Asked, checkChange } from "./check.js";
import { foldAnalysis } from "./notation.js";

/** `passages` are those of the request and of all changes so far; the last of them, from `asked.passages`, are this change's. */
export const changeTask = (number: number, asked: Asked, passages: readonly string[], asker: Asker): Task<IChange> => {
  const { outline, analyze } = asked;
  const entities = analyze.modules.flatMap((module) => module.entities.map((one) => one.name));
  const request = asked.passages.map((one) => passages[one - 1]!);
  const shown = {
    service: `${outline.title}. ${outline.summary}`,
    actors: outline.actors.map(actorLine).join("\n"),
    modules: foldAnalysis(analyze, request.join(" ")),
    scopeOut: outline.scopeOut.map((line) => `- ${line}`).join("\n") || "nothing is named",
    passages: numbered([...passages.slice(0, -request.length), ...shortened(request)], asked.passages),
  };
  return {
    key: `analyze/change:${number}`,
    function: analyzeFunctions.functions.find(
      (one) => one.name === "changeOutline",
    ) as unknown as ModelFunction<IChange>,
    enums: { "renames[].entity": entities, "removals[].entity": entities, "noLongerOut[]": outline.scopeOut },
    ...halves(asker.render("analyze-change", shown)),
    shown,
    lists: {
      actors: (one: { name: string }) => one.name,
      modules: (one: { name: string }) => one.name,
      renames: (one: { entity: string; member: string | null }) => `${one.entity}.${one.member ?? ""}`,
      removals: (one: { entity: string; member: string | null }) => `${one.entity}.${one.member ?? ""}`,
      scopeIn: (one: string) => one,
      noLongerOut: (one: string) => one,
      unserved: (one: { passage: number }) => String(one.passage),
    },
    closing: "unserved",
    check: (answer) => checkChange(asked, answer),
  };
};

/** A module described again: what it says is a difference against what it said before. */
export const changedModuleTask = (
  outline: IOutline,
  name: string,
  earlier: IModuleAnswer | null,
  passages: { all: readonly string[]; fresh: readonly number[] },
  asker: Asker,
): Task<IModuleAnswer> => {
  const module = outline.modules.find((one) => one.name === name)!;
  const task = moduleTask(outline, module, passages.all, asker);
  if (earlier === null) return task;
  const last = Math.max(0, ...earlier.requirements.map(({ id }) => Number(id.slice(1))));
  const fresh = module.passages.filter((one) => passages.fresh.includes(one)).map((one) => `P${one}`);
  return {
    ...task,
    groups: {
      permissions: {
        of: (one: { actor: string; entity: string }) => `${one.actor} ${one.entity}`,
        what: "permissions of one actor on one entity",
      },
    },
    earlier: {
      answer: earlier,
      note: `New since then: ${fresh.join(", ") || "nothing in the passages"}. New requirements are numbered from R${last + 1} on.`,
    },
  };
};
