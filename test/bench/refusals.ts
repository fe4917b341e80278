/** Replies that no reading may accept: cut by a limit (F18), the schema itself (F21), nothing at all (F22). */
import type { ChatReply } from "../../src/base/endpoint.js";
import { type Case, called, replyOf, said, textsOf } from "./case.js";
import type { Chance } from "./chance.js";
import { dress } from "./channels.js";
import { type Original, type Value, vary } from "./originals.js";
import { JSON_SPELLING, spell } from "./spelling.js";

export const refusal = (originals: readonly Original[], chance: Chance): Case => {
  const original = vary(chance.pick(originals), chance, null)!;
  const [fault, reply] = chance.weigh<[string, ChatReply]>([
    [8, ["F18", cut(original, chance)]],
    [2, ["F21", echoed(original, chance)]],
    [1, ["F22", empty(original, chance)]],
  ]);
  return { fault, original, reply, texts: textsOf(reply) };
};

const cut = ({ fn, value }: Original, chance: Chance): ChatReply => {
  const finishReason = chance.happens(0.6) ? "length" : "stop";
  const text = spell(value, { ...JSON_SPELLING, indent: chance.happens(0.3) }, chance);
  const at = 1 + chance.below(text.trimEnd().length - 1);
  const short = text.slice(0, at);
  const call = (given: string): ChatReply =>
    replyOf({ calls: [{ name: fn.name, arguments: given }], content: "", finishReason });
  const content = (given: string): ChatReply => replyOf({ calls: [], content: given, finishReason });
  return chance.weigh<() => ChatReply>([
    [6, () => call(short)],
    [2, () => content(chance.happens(0.5) ? short : `\`\`\`json\n${short}`)],
    [1, () => content(`<tool_call>\n{"name": "${fn.name}", "arguments": ${short}`)],
    [1, () => call(JSON.stringify(text).slice(0, at))],
    [1, () => call(JSON.stringify(short))],
    [1, () => call(JSON.stringify({ ...value, ...cutMember(value, chance) }))],
    // a server that closes what the limit cut off
    [2, () => replyOf({ calls: [{ name: fn.name, arguments: close(short) }], content: "", finishReason: "length" })],
  ])();
};

/** A member that is a string of JSON, cut, in an object that is whole. */
const cutMember = (value: Value, chance: Chance): Value => {
  const keys = Object.keys(value).filter((key) => Array.isArray(value[key]) && (value[key] as unknown[]).length > 0);
  const key = keys.length === 0 ? null : chance.pick(keys);
  if (key === null) return { [Object.keys(value)[0]!]: undefined };
  const text = JSON.stringify(value[key]);
  return { [key]: text.slice(0, 1 + chance.below(text.length - 1)) };
};

/** Ends an open string and closes all brackets. */
const close = (text: string): string => {
  const open: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; ++at) {
    const one = text[at]!;
    if (quoted && one === "\\") ++at;
    else if (one === '"') quoted = !quoted;
    else if (!quoted && (one === "{" || one === "[")) open.push(one === "{" ? "}" : "]");
    else if (!quoted && (one === "}" || one === "]")) open.pop();
  }
  const ended = `${text}${quoted ? '"' : ""}`.replace(/[,:]\s*$/, "");
  return ended + open.reverse().join("");
};

const echoed = ({ fn }: Original, chance: Chance): ChatReply => {
  const { name, description, parameters } = fn;
  const echo = chance.pick<unknown>([
    parameters,
    { name, description, parameters },
    { type: "function", function: { name, description, parameters } },
    (parameters as { properties: unknown }).properties,
    { type: "object", properties: (parameters as { properties: unknown }).properties },
  ]);
  const text = JSON.stringify(echo);
  return chance.happens(0.7) ? called(text, name) : said(dress(text, chance));
};

const empty = ({ fn }: Original, chance: Chance): ChatReply =>
  chance.happens(0.8)
    ? called(chance.pick(["", "{}", "null", "  \n", "[]", '""', "[{}]", '{"arguments": {}}', '"{}"']), fn.name)
    : said(chance.pick(["", " ", "{}", "```json\n{}\n```", "<tool_call>\n</tool_call>"]));
