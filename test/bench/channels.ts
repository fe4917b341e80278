/** Where the arguments end up: in a call, in content, in markup, behind thoughts, or in odd pieces of a stream. */
import type { Chunk } from "../../src/io/endpoint/assemble.js";
import { appended, assembled, type Case, called, replyOf, said, textsOf } from "./case.js";
import type { Chance } from "./chance.js";
import type { Value } from "./originals.js";
import { JSON_SPELLING, spell } from "./spelling.js";

export interface Written {
  text: string;
  /** What the text says, for forms that write members one by one. */
  value: Value;
  name: string;
}

export type Channel = (written: Written, chance: Chance) => Pick<Case, "reply" | "texts">;

const heard = (reply: Case["reply"]): Pick<Case, "reply" | "texts"> => ({ reply, texts: textsOf(reply) });

export const inCall: Channel = ({ text, name }) => heard(called(text, name));

const PROSE = [
  "Here you go:",
  "Sure! I'll call the function with {plan} filled in.",
  "The arguments are as follows.",
  "Below is the JSON (see [1]):",
];
const FENCES = ["```json", "```", "~~~json", "```javascript"];

/** F15 */
export const dress = (text: string, chance: Chance): string => {
  const fence = chance.happens(0.7) ? chance.pick(FENCES) : null;
  const block = fence === null ? text : `${fence}\n${text}\n${fence.slice(0, 3)}`;
  const before = chance.happens(0.7) || fence === null ? `${chance.pick(PROSE)}\n\n` : "";
  return `${before}${block}${chance.happens(0.4) ? "\n\nLet me know if you need anything else." : ""}`;
};

export const fenced: Channel = ({ text, name }, chance) => heard(called(dress(text, chance), name));

/** F25 */
export const inContent: Channel = ({ text }, chance) => heard(said(chance.happens(0.5) ? text : dress(text, chance)));

/** F26 */
export const inMarkup: Channel = ({ text, value, name }, chance) => {
  const json = `{"name": ${JSON.stringify(name)}, "arguments": ${text}}`;
  const members = Object.entries(value).map(([key, one]) => [key, typeof one === "string" ? one : JSON.stringify(one)]);
  const python = (one: unknown): string => spell(one, { ...JSON_SPELLING, quotes: "python", words: "python" }, chance);
  const kwargs = Object.entries(value).map(([key, one]) => `${key}=${python(one)}`);
  const forms = [
    `<tool_call>\n${json}\n</tool_call>`,
    `<tool_call>${json}`,
    `<function=${name}>${text}</function>`,
    `<tool_call>\n<function=${name}>\n${members.map(([key, one]) => `<parameter=${key}>\n${one}\n</parameter>`).join("\n")}\n</function>\n</tool_call>`,
    `[TOOL_CALLS][${json}]`,
    `[TOOL_CALLS]${name}[ARGS]${text}`,
    `<|python_tag|>{"name": ${JSON.stringify(name)}, "parameters": ${text}}`,
    `default_api.${name}(${kwargs.join(", ")})`,
    `\`\`\`tool_code\nprint(default_api.${name}(${kwargs.join(", ")}))\n\`\`\``,
  ];
  return heard(said(`${chance.happens(0.3) ? "I will call the function now.\n" : ""}${chance.pick(forms)}`));
};

const THOUGHTS = [
  'The user wants a plan. Maybe {"plan": "draft"} first.',
  "I need to call the function with all members, say {…}, and finish.",
  'Let me think: columns: [ {"name": "x"} ] would do.\nNo, better not.',
];

/** F27 */
export const behindThoughts: Channel = ({ text, value, name }, chance) => {
  const thought = `${chance.happens(0.6) ? "<think>" : ""}${chance.pick(THOUGHTS)}</think>\n`;
  if (chance.happens(0.2)) return heard(called(thought + text, name));
  const rest = chance.happens(0.3) ? inMarkup({ text, value, name }, chance).reply.content : text;
  return heard(said(thought + rest));
};

/** F30 */
export const misnamed: Channel = ({ text, name }, chance) =>
  heard(
    called(text, chance.pick([`functions.${name}`, `${name}_`, `default_api:${name}`, "", name.toUpperCase(), "emit"])),
  );

/** F31 */
export const severalCalls: Channel = ({ text, name }, chance) => {
  const other = chance.pick(["", "{}", '{"plan": "dra', text, '{"plan": 1}']);
  const calls = [other, text].map((one) => ({ name, arguments: one }));
  return heard(replyOf({ calls: chance.happens(0.7) ? calls : calls.reverse(), content: "" }));
};

/** F14: arguments as an object where a string belongs. */
export const asObject: Channel = ({ text, value, name }) =>
  streamed([{ index: 0, id: "call_a", function: { name, arguments: isStrict(text) ? value : text } }]);

const isStrict = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

interface Piece {
  index?: number;
  id?: string;
  function: { name?: string; arguments?: unknown };
}

const streamed = (pieces: readonly Piece[]): Pick<Case, "reply" | "texts"> => {
  const chunks: Chunk[] = [
    ...pieces.map((piece) => ({ choices: [{ delta: { tool_calls: [piece] }, finish_reason: null }] })),
    { choices: [{ delta: {}, finish_reason: "tool_calls" }] },
  ];
  return { reply: assembled(chunks), texts: appended(chunks) };
};

const slice = (text: string, chance: Chance): string[] => {
  const size = 1 + chance.below(40);
  return Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
};

/** F32: a second call at the index of the first. */
export const sameIndex: Channel = ({ text, name }, chance) => {
  const first = chance.pick(["{}", '{"plan": "draft"}', text]);
  const call = (id: string, whole: string): Piece[] => [
    { index: 0, id, function: { name, arguments: "" } },
    ...slice(whole, chance).map((one) => ({ index: 0, function: { arguments: one } })),
  ];
  return streamed([...call("call_a", first), ...call("call_b", text)]);
};

/** F33: pieces without index, without id, or with neither. */
export const withoutIndex: Channel = ({ text, name }, chance) => {
  const kind = chance.below(3);
  const tag = { ...(kind === 0 ? { id: "call_a" } : {}), ...(kind === 1 ? { index: 0 } : {}) };
  return streamed([
    { ...tag, function: { name, arguments: "" } },
    ...slice(text, chance).map((one) => ({ ...tag, function: { arguments: one } })),
  ]);
};

/** F34: the whole arguments once more at the end. */
export const repeated: Channel = ({ text, name }, chance) =>
  streamed([
    { index: 0, id: "call_a", function: { name, arguments: "" } },
    ...[...slice(text, chance), text].map((one) => ({ index: 0, function: { arguments: one } })),
  ]);
