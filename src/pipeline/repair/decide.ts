/** What is to be put right after a verdict: the certain parts at once, the others once a model has said which side is wrong. */

import type { IAmend, IAmendRefusal } from "../../phases/3-interface/ast.js";
import { type Wanted, wantedFor, wantedForGap } from "./amend.js";
import type { IFailureJudgement } from "./ast.js";
import { type Cause, causesOf, type Part } from "./causes.js";
import type { Standing, Workshop } from "./contract.js";
import { gapsOf } from "./gaps.js";
import { judgementTask, sideOf } from "./judgement.js";
import { answerTo } from "./memory.js";
import { releaseOf } from "./release.js";
import type { Avoided } from "./remake.js";

export interface Decided {
  wanted: Wanted[];
  avoided: Avoided;
}

export const decide = async ({ asker }: Workshop, standing: Standing, round: number): Promise<Decided> => {
  const { design, gated, memory, tried, left } = standing;
  const { amended } = standing.changes;
  if (gated.evidence.report === null || gated.evidence.stopped !== null) return { wanted: [], avoided: new Map() };
  const causes = causesOf(gated.verdict, design, memory);
  const open = causes.filter((cause) => isOpen(cause, left));
  const unclear = open.filter((cause) => cause.certain === null);
  const triedAt = (cause: Cause): string[] => cause.parts.flatMap((part) => tried.get(part.name) ?? []);
  const situation = { design, memory, amended, asker };
  const judged = await asker.askAll(unclear.map((cause) => judgementTask(situation, cause, round, triedAt(cause))));
  const avoided = new Map<string, string>();
  const wanted = open.flatMap((cause): Wanted[] => {
    const answer = cause.certain === null ? judged[unclear.indexOf(cause)]!.answer : null;
    const why = answer === null ? null : remarkOf(answer);
    if (answer?.side === "contract" && answer.part === null) left.set(cause.name, contradictionOf(answer));
    if (answer?.side === "refusal") avoided.set(answer.refusal!, answer.avoid!);
    const isMeant = (one: Part): boolean => one.name === answer?.part && one.side === sideOf(answer.side);
    const part = cause.certain ?? cause.parts.find(isMeant) ?? null;
    const released = part === null || answer === null ? null : takenBack(standing, cause, part, answer);
    if (left.has(cause.name)) return [];
    if (part === null) left.set(cause.name, "Nobody could say which side is wrong.");
    if (part === null) return [];
    return [wantedFor(part, cause.tests, why, tried.get(part.name) ?? [], memory, amended, released)];
  });
  for (const gap of gapsOf(gated.verdict, design, memory)) {
    if (left.has(gap.id)) continue;
    if (gap.key !== null) wanted.push(wantedForGap(gap.id, gap.said, gap.key, memory, amended));
    left.set(gap.id, gap.key === null ? `${gap.said}, and nobody writes scenarios for it.` : `${gap.said}.`);
  }
  return { wanted, avoided };
};

/** A cause without a part of a model's is no model's to mend; it is named once. */
const isOpen = (cause: Cause, left: Map<string, string>): boolean => {
  if (left.has(cause.name)) return false;
  const isTrusted = cause.tests.some(({ test }) => test.origin === "derived") && cause.certain === null;
  if (cause.parts.length > 0 && !isTrusted) return true;
  const { failed } = cause.tests[0] ?? { failed: null };
  const at = failed?.exchange == null ? "" : `, at ${failed.exchange.method} ${failed.exchange.path}`;
  left.set(
    cause.name,
    `It fails by what the contract says of itself${at}; nothing that a model wrote is called, so the contract contradicts itself or autobe is wrong.`,
  );
  return false;
};

/** A refusal that no call is said to reach: what may go; one that has to stay leaves the contradiction, which is named. */
const takenBack = (
  { design, gated, memory, changes, left }: Standing,
  cause: Cause,
  part: Part,
  judged: IFailureJudgement,
): IAmendRefusal | null => {
  const answer = answerTo<IAmend>(memory, changes.amended, part.key);
  if (part.side !== "contract" || judged.refusal === null || answer === null) return null;
  const release = releaseOf(design, gated, part, answer, judged.refusal);
  if (release.kind === "held") left.set(cause.name, `${contradictionOf(judged)}${release.why}`);
  return release.kind === "released" ? release.refusal : null;
};

const remarkOf = ({ side, why, refusal, avoid }: IFailureJudgement): string =>
  side === "refusal" ? `${why} ${refusal} is avoided so: ${avoid}` : why;

const contradictionOf = ({ why, blocked }: IFailureJudgement): string =>
  `The contract contradicts itself. ${why} ${blocked.map((one) => `${one.name}: ${one.why}`).join(" ")}`;
