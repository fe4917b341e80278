/** What a refusal teaches about the form of a request. Pure: a changed form, or null where the refusal says nothing of it. */
import type { Sent } from "./body.js";
import type { Form } from "./form.js";
import type { Schema } from "./ladder/walk.js";
import { below, type Rung } from "./ladder.js";

export interface Refused extends Sent {
  /** The schema as asked for, before it descended. */
  schema: Schema;
}

/** Several turns may run at once: what another one has learned in between is kept, and the turn sent again. */
export const learn = (said: string, sent: Refused, form: Form): Form | null => {
  const text = said.toLowerCase();
  for (const lesson of LESSONS) {
    const learned = lesson(text, sent, form);
    if (learned !== null) return learned;
  }
  return null;
};

type Lesson = (text: string, sent: Refused, form: Form) => Form | null;

const aboutEcho: Lesson = (text, { body }, form) => {
  const messages = body["messages"] as Record<string, unknown>[];
  const unwanted = /not (be )?(allowed|permitted|supported|included)|leave .{0,20}out|extra|unknown|unexpected|remove/;
  const wanted = /missing|must be|required|passed back/;
  if (/reasoning_content|thought_signature/.test(text) && wanted.test(text) && !unwanted.test(text))
    return form.echo === "all" ? null : { ...form, echo: "all" };
  const isEchoed = (message: Record<string, unknown>): boolean =>
    echoedKeys(message).some((key) => text.includes(key.toLowerCase()));
  return form.echo !== "none" && unwanted.test(text) && messages.some(isEchoed)
    ? { ...form, echo: lesser(form) }
    : null;
};

const echoedKeys = (message: Record<string, unknown>): string[] => {
  const calls = (message["tool_calls"] ?? []) as Record<string, unknown>[];
  const known = ["role", "content", "tool_calls", "tool_call_id", "id", "type", "function"];
  return [message, ...calls].flatMap(Object.keys).filter((key) => !known.includes(key));
};

const lesser = ({ echo }: Form): Form["echo"] => (echo === "all" ? "unknown" : "none");

const aboutCap: Lesson = (text, { body }, form) => {
  const name = (["max_completion_tokens", "max_tokens"] as const).find((one) => one in body);
  const speaks = text.includes("max_tokens") || text.includes("max_completion_tokens") || isOverflow(text);
  if (name === undefined || !speaks) return null;
  const limit = isOverflow(text) ? undefined : largestBelow(text, Number(body[name]));
  if (limit !== undefined) return { ...form, most: Math.min(form.most ?? limit, limit) };
  const other = name === "max_tokens" ? "max_completion_tokens" : "max_tokens";
  const swap = text.includes("use ") && text.includes(other) && !form.refused.includes(other);
  return { ...withoutMember(form, name), cap: form.cap === name ? (swap ? other : null) : form.cap };
};

const aboutTools: Lesson = (text, { body, rung }, form) => {
  if (!("tools" in body)) return null;
  if (/tool.choice.{0,20} requires|tool-call-parser/.test(text) && body["tool_choice"] !== "required")
    return { ...form, rung: 7 };
  if ("tool_choice" in body && /tool_choice|tool choice/.test(text)) {
    if (form.toolChoice !== body["tool_choice"]) return form;
    return { ...form, toolChoice: form.toolChoice === "required" ? "auto" : null };
  }
  return rung < 7 && /(does not|doesn't|not) support(ed)? (tools|tool|function)/.test(text)
    ? { ...form, rung: 7 }
    : null;
};

const aboutMembers: Lesson = (text, { body }, form) => {
  const named = Object.keys(body).find((key) => !ESSENTIAL.includes(key) && isNamed(key, text));
  if (named !== undefined) return withoutMember(form, named);
  if ("provider" in body && /["'`]provider["'`]|no endpoints found/.test(text)) return withoutMember(form, "provider");
  if ("stream" in body && /["'`.]stream["'`]|stream(ing)? (is )?not supported/.test(text))
    return withoutMember(form, "stream");
  const isStrict = JSON.stringify(body["tools"] ?? "").includes('"strict":true');
  return isStrict && isNamed("strict", text) && !isAboutSchema(text) ? withoutMember(form, "strict") : null;
};

/** Refused otherwise: by other words, or not at all. */
const ESSENTIAL = ["model", "messages", "tools", "tool_choice", "stream", "provider"];

const isNamed = (key: string, text: string): boolean => new RegExp(`(?<![a-z_])${key}(?![a-z_])`).test(text);

const aboutSchema: Lesson = (text, { rung, schema }, form) => {
  if (rung === 7 || !isAboutSchema(text)) return null;
  if (form.rung > rung) return form;
  const next = below(schema, rung);
  return next === null ? null : { ...form, rung: next };
};

const LESSONS: Lesson[] = [aboutEcho, aboutCap, aboutTools, aboutMembers, aboutSchema];

const withoutMember = (form: Form, name: string): Form => ({
  ...form,
  refused: [...new Set([...form.refused, name])],
});

/** One rung lower, after what is no refusal but no answer either. */
export const descended = (form: Form, schema: Schema, from: Rung): Form => {
  if (form.rung > from) return form;
  return { ...form, rung: below(schema, from) ?? form.rung };
};

/** The number a refusal of a cap names: "at most 16384 completion tokens". */
const largestBelow = (text: string, cap: number): number | undefined =>
  (text.match(/\d{3,}/g) ?? [])
    .map(Number)
    .filter((one) => one >= 256 && one < cap)
    .sort((x, y) => y - x)[0];

/** The prompt, or prompt and cap together, are larger than the window. */
export const isOverflow = (text: string): boolean =>
  /exceed_context_size|context_length_exceeded|maximum context length|exceeds the available context|context window|prompt is too long/i.test(
    text,
  );

/** The server cannot read the history: not the schema's fault, and no reason to wait. */
export const isPoisoned = (text: string): boolean =>
  /failed to parse|invalid tool call arguments|unterminated|expecting value|jsondecode|chat template|\.items|thought_signature/i.test(
    text,
  );

const isAboutSchema = (text: string): boolean => SCHEMA.some((pattern) => pattern.test(text));

const SCHEMA = [
  /invalid schema/,
  /unknown name \\?"/,
  /not supported by xgrammar/,
  /parse grammar/,
  /json schema/,
  /number of repetitions/,
  /function\.parameters|function_declarations/,
  /unable to generate parser/,
  /cannot resolve \$ref|unsupported \$ref/,
  /too many states|schema is too complex|invalid_function_parameters/,
];
