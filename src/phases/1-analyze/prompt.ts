/** What the model sees: the request in numbered passages, then each module its own passages and the names around it. */
import type { Asker } from "../../base/asker.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import { analyzeFunctions, type IModuleAnswer, type IOutline, type IOutlineModule } from "./ast.js";
import { checkModule, MODULE_LISTS } from "./check/module.js";
import { checkOutline } from "./check/outline.js";
import { accountsOf, allEntitiesOf, entitiesOf } from "./merge.js";

export const outlineTask = (passages: readonly string[], asker: Asker): Task<IOutline> => {
  const shown = { passages: numbered(shortened(passages)) };
  return {
    key: "analyze/outline",
    function: functionNamed<IOutline>("outline"),
    enums: {},
    ...halves(asker.render("analyze-outline", shown)),
    shown,
    lists: {
      actors: (one: { name: string }) => one.name,
      modules: (one: { name: string }) => one.name,
      scopeIn: (one: string) => one,
      scopeOut: (one: string) => one,
      unserved: (one: { passage: number }) => String(one.passage),
    },
    closing: "unserved",
    check: (answer) => checkOutline(answer, passages.length),
  };
};

export const moduleTask = (
  outline: IOutline,
  module: IOutlineModule,
  passages: readonly string[],
  asker: Asker,
  /** What is known of the other modules, beyond the names of their entities. */
  others: string | null = null,
): Task<IModuleAnswer> => {
  const own = entitiesOf(outline, module);
  const actors = outline.actors.map((actor) => actor.name);
  const shown = {
    service: `${outline.title}. ${outline.summary}`,
    actors: outline.actors.map(actorLine).join("\n"),
    module: module.name,
    purpose: module.purpose,
    entities: module.entities.join(", "),
    foreign:
      others === null
        ? foreignLines(outline, module)
        : `${foreignLines(outline, module)}\n\nWhat they hold:\n${others}`,
    decisions: outline.plan,
    scopeOut: outline.scopeOut.join("; ") || "nothing is named",
    passages: numbered(passages, module.passages),
  };
  return {
    key: `analyze/module:${module.name}`,
    function: functionNamed<IModuleAnswer>("describeModule"),
    enums: {
      "entities[].name": own,
      "attributes[].entity": own,
      "attributes[].target": allEntitiesOf(outline),
      "permissions[].actor": actors,
      "permissions[].entity": own,
      "lifecycles[].entity": own,
      "transitions[].entity": own,
      "transitions[].actors[]": actors,
      "rules[].entity": own,
      "operations[].entity": own,
      "operations[].actors[]": actors,
    },
    ...halves(asker.render("analyze-module", shown)),
    shown,
    lists: MODULE_LISTS,
    closing: "unserved",
    check: (answer) => checkModule(outline, module, answer),
  };
};

/** The request by sentences and list items; a very long one by groups of them. */
export const passagesOf = (request: string): string[] => {
  const sentences = request
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*(?:[-*+•]|#{1,6}|\d+[.)])\s+/, "").trim())
    .filter((line) => /[\p{L}\d]/u.test(line))
    .flatMap((line) => line.split(/(?<=[.!?…]["')\]]?)\s+(?=["'(]?[\p{Lu}\d])/u));
  const size = Math.ceil(sentences.length / MOST_PASSAGES);
  return Array.from({ length: Math.ceil(sentences.length / size) || 0 }, (_, index) =>
    sentences.slice(index * size, (index + 1) * size).join(" "),
  );
};

const MOST_PASSAGES = 200;

/** The outline sees the beginning of each passage where all of them together would be too long; modules see them whole. */
export const shortened = (passages: readonly string[]): string[] => {
  const length = passages.reduce((sum, passage) => sum + passage.length, 0);
  if (length <= LONGEST_REQUEST) return [...passages];
  const share = Math.floor(LONGEST_REQUEST / passages.length);
  return passages.map((passage) => (passage.length <= share ? passage : `${passage.slice(0, share)}…`));
};

const LONGEST_REQUEST = 14_000;

export const numbered = (passages: readonly string[], chosen?: readonly number[]): string => {
  const numbers = chosen ?? passages.map((_, index) => index + 1);
  return [...new Set(numbers)]
    .sort((x, y) => x - y)
    .flatMap((number) => (passages[number - 1] === undefined ? [] : [`P${number}. ${passages[number - 1]}`]))
    .join("\n");
};

export const actorLine = ({ name, kind, signup, description }: IOutline["actors"][number]): string =>
  kind === "guest" ? `- ${name} (nobody signed in): ${description}` : `- ${name} (${kind}, ${signup}): ${description}`;

const foreignLines = (outline: IOutline, module: IOutlineModule): string => {
  const others = outline.modules.filter((one) => one !== module);
  const accounts = accountsOf(outline).join(", ");
  return [
    ...(accounts === "" ? [] : [`Accounts that references may point to: ${accounts}.`]),
    ...(others.length === 0
      ? ["There are no other modules."]
      : [
          "Entities of other modules, for references only:",
          ...others.map((one) => `- ${one.name}: ${one.entities.join(", ")}`),
        ]),
  ].join("\n");
};

const functionNamed = <Answer>(name: string): ModelFunction<Answer> =>
  analyzeFunctions.functions.find((one) => one.name === name) as unknown as ModelFunction<Answer>;
