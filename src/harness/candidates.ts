/** Where in a reply the arguments may stand: in a call, in markup of a call, or bare in the content. */
import type { ChatReply } from "../base/endpoint.js";

export interface Candidate {
  text: string;
  via: "call" | "content";
}

/** Best place first. One function exists per call, so a mangled name is no reason to look away. */
export const candidates = (reply: Pick<ChatReply, "calls" | "content">, name: string): Candidate[] => {
  const named = [...reply.calls].sort((x, y) => Number(y.name === name) - Number(x.name === name));
  const content = withoutThinking(reply.content);
  return [
    ...named.map(({ arguments: text }): Candidate => ({ text, via: "call" })),
    ...[...markup(content), ...fences(content), ...(content.includes("{") ? [content] : [])].map(
      (text): Candidate => ({ text, via: "content" }),
    ),
  ];
};

/** What is left once `<think>…</think>`, or a lone closing tag, is cut off. */
export const withoutThinking = (content: string): string => {
  const end = content.lastIndexOf("</think>");
  return (end < 0 ? content : content.slice(end + "</think>".length)).trim();
};

const CALLS = [
  /<tool_call>\s*(\{[\s\S]*?)(?:<\/tool_call>|$)/g,
  /\[TOOL_CALLS\]\s*([[{][\s\S]*)/g,
  /<\|python_tag\|>\s*(\{[\s\S]*)/g,
  /<function=[^>]*>\s*(\{[\s\S]*?)(?:<\/function>|$)/g,
];

const markup = (content: string): string[] => [
  ...CALLS.flatMap((pattern) => [...content.matchAll(pattern)].map((match) => match[1]!)),
  ...[...content.matchAll(/<function=[^>]*>([\s\S]*?)(?:<\/function>|$)/g)].flatMap((match) => parameters(match[1]!)),
];

/** Qwen's form: `<parameter=name>value</parameter>`, whose values have no types. */
const parameters = (body: string): string[] => {
  const found = [...body.matchAll(/<parameter=([^>\s]+)>\n?([\s\S]*?)\n?<\/parameter>/g)];
  if (found.length === 0) return [];
  return [JSON.stringify(Object.fromEntries(found.map((match) => [match[1]!, typed(match[2]!)])))];
};

const typed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const fences = (content: string): string[] =>
  [...content.matchAll(/(?:```|~~~)[a-z]*\s*\n([\s\S]*?)(?:```|~~~|$)/gi)]
    .map((match) => match[1]!.trim())
    .filter((text) => text.startsWith("{") || text.startsWith("["))
    .reverse();
