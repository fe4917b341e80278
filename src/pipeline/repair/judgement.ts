/** `repair/<operation or scenario>`: the model says which side is wrong, where the machine does not know. */
import type { Asker } from "../../base/asker.js";
import { type Diagnostic, Findings } from "../../base/diagnostic.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import { foldOperation } from "../../phases/3-interface/notation.js";
import type { IScenarios } from "../../phases/4-test/ast.js";
import { owedRefusals } from "../../phases/5-realize/check.js";
import type { Design } from "../design.js";
import { type IFailureJudgement, repairFunctions } from "./ast.js";
import { type Cause, callsOf, type Part } from "./causes.js";
import { type Amended, answerTo, type Memory } from "./memory.js";
import { breakOf, dutiesOf, leavesOf, storyOf } from "./words.js";

export interface Situation {
  design: Design;
  memory: Memory;
  amended: Amended;
  asker: Asker;
}

/** More of one cause say nothing new. */
const MOST_TESTS = 3;

export const judgementTask = (
  { design, memory, amended, asker }: Situation,
  cause: Cause,
  round: number,
  tried: readonly string[],
): Task<IFailureJudgement> => {
  const tests = cause.tests.slice(0, MOST_TESTS);
  const called = new Set(tests.flatMap(({ test }) => callsOf(test.statements)));
  const operations = (design.document?.operations ?? []).filter((one) => called.has(one.name));
  const ids = new Set([
    ...operations.flatMap((one) => [...one.requirements, ...one.rules]),
    ...tests.flatMap(({ test }) => [...test.requirements, ...test.rules]),
  ]);
  const written = (key: string | undefined): IScenarios | null =>
    key === undefined ? null : answerTo<IScenarios>(memory, amended, key);
  const scenarioKey = cause.parts.find((one) => one.side === "scenario")?.key;
  const shown = {
    operations: operations
      .map((one) =>
        [foldOperation(one), ...owedRefusals(one).map((two) => `  ${two.code} is avoided so: ${two.avoid}`)].join("\n"),
      )
      .join("\n"),
    duties: dutiesOf(design.analyze, ids),
    leaves:
      cause.parts
        .filter((one) => one.side === "implementation")
        .map((part) => leavesOf(part, answerTo(memory, amended, part.key) ?? {}))
        .join("\n") || "none",
    tests: tests
      .map((one) =>
        [
          `${one.test.name.split(".scenario.")[1] ?? one.test.name}: ${one.test.title}`,
          storyOf(one, written(scenarioKey)),
          `  It broke here: ${breakOf(one)}`,
        ].join("\n"),
      )
      .join("\n\n"),
    tried: tried.map((one) => `- ${one}`).join("\n") || "nothing",
  };
  const refusals = operations.flatMap(owedRefusals).map((one) => one.code);
  const agreed = cause.parts.filter((one) => one.side === "contract").map((one) => one.name);
  const promised = operations.flatMap((one) => (agreed.includes(one.name) ? one.refusals.map((two) => two.code) : []));
  return {
    key: `repair/${cause.name}${round === 1 ? "" : `/${round}`}`,
    function: repairFunctions.functions.find(
      (one) => one.name === "judgeFailure",
    ) as unknown as ModelFunction<IFailureJudgement>,
    enums: {
      side: sidesOf(cause.parts, refusals),
      part: [...new Set(cause.parts.map((one) => one.name))],
      refusal: [...new Set([...refusals, ...promised])],
      "blocked[].name": [...new Set([...ids, ...refusals, ...operations.map((one) => one.name)])],
    },
    ...halves(asker.render("repair", shown)),
    // Bodies hold keys and moments of one inspection: a resumed run sees others, and asks nothing anew for that.
    shown: {
      ...shown,
      tests: tests.map(({ test, failed }) => [test.name, failed.exchange?.template, failed.exchange?.status]),
    },
    lists: { blocked: (one: { name: string }) => one.name },
    closing: "blocked",
    check: (answer) => checkJudgement(cause.parts, answer),
  };
};

const sidesOf = (parts: readonly Part[], refusals: readonly string[]): IFailureJudgement["side"][] => [
  ...new Set(parts.flatMap(({ side }) => (side === "contract" ? [] : [side]))),
  ...(refusals.length > 0 && parts.some((one) => one.side === "scenario") ? ["refusal" as const] : []),
  "contract",
];

/** What is amended for it: how a refusal is avoided is heard by the scenario that runs into it. */
export const sideOf = (side: IFailureJudgement["side"]): Part["side"] => (side === "refusal" ? "scenario" : side);

export const checkJudgement = (
  parts: readonly Part[],
  { side, part, refusal, avoid, blocked }: IFailureJudgement,
): Diagnostic[] => {
  const found = new Findings();
  const names = parts.filter((one) => one.side === sideOf(side)).map((one) => one.name);
  const isContradiction = side === "contract" && part === null;
  const others = [...new Set(parts.map((one) => one.side))].filter((one) => one !== sideOf(side));
  if (!isContradiction && !names.includes(part ?? ""))
    found.add(
      "REPAIR.PART_OF_OTHER_SIDE",
      names.length === 0 ? "$input.side" : "$input.part",
      names.length === 0
        ? `Nobody wrote anything on the side ${side} that these tests call: the machine did. The side is ${others.join(" or ")}${side === "contract" ? ", or the part null where the contract contradicts itself" : ""}.`
        : `On the side ${side} it is one of ${names.join(", ")}${side === "contract" ? ", or null where the contract contradicts itself" : ""}.`,
    );
  if (side === "refusal" && (refusal === null || avoid === null))
    found.add(
      "REPAIR.REFUSAL_UNNAMED",
      refusal === null ? "$input.refusal" : "$input.avoid",
      "Name the refusal, and how a caller avoids it.",
    );
  if (isContradiction && blocked.length === 0)
    found.add(
      "REPAIR.CONTRADICTION_UNNAMED",
      "$input.side",
      "Name in blocked what contradicts what, or in part the operation of which the contract says something wrong.",
    );
  return found.list;
};
