/** Where in a reply the arguments may stand: in a call, in markup of a call, or bare in the content. */
import type { ChatReply } from "../base/endpoint.js";
import { markup } from "./markup.js";

export interface Candidate {
  text: string;
  /** What JSON makes of the text as it stands; undefined where it is none, or was not looked at yet. */
  strict?: unknown;
  via: "call" | "content";
  /** Whether nothing came after it, so that a limit that ended the reply ended it. */
  isLast: boolean;
}

/** Best place first. One function exists per call, so a mangled name is no reason to look away. */
export const candidates = (reply: Pick<ChatReply, "calls" | "content">, name: string): Candidate[] => {
  const last = reply.calls.at(-1);
  const named = [...reply.calls].sort((x, y) => Number(y.name === name) - Number(x.name === name));
  return [
    ...named.flatMap((call) => placesIn(call.arguments, name, "call", call === last)),
    ...placesIn(reply.content, name, "content", last === undefined),
  ];
};

const placesIn = (text: string, name: string, via: Candidate["via"], isLast: boolean): Candidate[] => {
  const candidate = (one: string): Candidate => ({ text: one, via, isLast });
  const strict = strictly(text);
  if (strict !== undefined) return [{ ...candidate(text), strict }];
  const spoken = withoutThinking(text);
  const plain = spoken.includes("{") ? [spoken] : [];
  return [...markup(spoken, name), ...fences(spoken), ...plain].map(candidate);
};

const THOUGHT_ENDS = /<\/(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷/g;
const THOUGHT_BEGINS = /^\s*(?:<(?:think|thinking|thought|reasoning)>|\[THINK\]|◁think▷)/;

/** What is left once `<think>…</think>`, or a lone closing tag, is cut off; a thought without end leaves nothing. */
const withoutThinking = (content: string): string => {
  const end = [...content.matchAll(THOUGHT_ENDS)].at(-1);
  const rest = end === undefined ? content : content.slice(end.index + end[0].length);
  return THOUGHT_BEGINS.test(rest) ? "" : rest.trim();
};

const fences = (content: string): string[] =>
  [...content.matchAll(/(?:```|~~~)[\w-]*\s*\n([\s\S]*?)(?:```|~~~|$)/gi)]
    .map((match) => match[1]!.trim())
    .filter((text) => /^[{["]/.test(text))
    .reverse();

const strictly = (text: string): unknown => {
  const one = text.trimStart()[0];
  if (one !== "{" && one !== '"' && one !== "[") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
