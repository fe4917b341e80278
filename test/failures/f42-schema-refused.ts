/** F42: the schema is refused: one rung after the other is tried, down to no function at all, and remembered. */
import { expect } from "vitest";
import { call, json, type Loose, type Scene, say } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT, WRONG } from "./failure.js";

/** Answers only what stands low enough. */
const until = (takes: (body: Record<string, Loose>) => boolean, answer: Scene, message: string): Scene => {
  const refuse = json(400, { error: { message } });
  return (response, heard) => (takes(heard.body) ? answer : refuse)(response, heard);
};

const parametersOf = (body: Record<string, Loose>): Loose => body["tools"]?.[0].function.parameters;

const settled = (
  title: string,
  message: string,
  takes: (body: Record<string, Loose>) => boolean,
  answers: [Scene, Scene],
): FailureScenario => ({
  title,
  scenes: playing(takes, answers, message),
  expect: ({ outcome, chats, notices }) => {
    expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
    const taken = chats.filter(({ body }) => takes(body));
    expect(taken).toHaveLength(2);
    expect(chats.slice(-2)).toEqual(taken); // the second turn begins where the first ended
    const tried = chats.slice(0, -1).map(({ body }) => JSON.stringify(body["tools"]));
    expect(new Set(tried).size).toBe(tried.length);
    expect(notices).toEqual([]);
  },
});

/** First a wrong answer, then the right one, to whatever is taken. */
const playing = (
  takes: (body: Record<string, Loose>) => boolean,
  [wrong, right]: [Scene, Scene],
  message: string,
): Scene[] => {
  let taken = 0;
  return [
    (response, heard) => until(takes, takes(heard.body) && taken++ > 0 ? right : wrong, message)(response, heard),
  ];
};

const calls: [Scene, Scene] = [call(WRONG), call(RIGHT)];
const asText = (value: unknown): Scene => call({ json: JSON.stringify(value) });
const fenced = (value: unknown): Scene => say(`Here:\n\`\`\`json\n${JSON.stringify(value)}\n\`\`\``);

export const scenario: FailureScenario[] = [
  settled(
    "bounds: the strict form tells them",
    "The provided JSON schema contains features not supported by xgrammar.",
    (body) => body["tools"]?.[0].function.strict === true,
    calls,
  ),
  settled(
    "references: they are written out",
    "Invalid JSON payload received. Unknown name \"$ref\" at 'tools[0].function_declarations[0].parameters'",
    (body) => !/\$ref|\$defs|additionalProperties/.test(JSON.stringify(parametersOf(body))),
    calls,
  ),
  settled(
    "everything but an object: the schema is told",
    "Failed to initialize samplers: failed to parse grammar",
    (body) =>
      JSON.stringify(parametersOf(body)) === '{"type":"object"}' && body["messages"][0].content.includes('"columns"'),
    calls,
  ),
  settled(
    "an object without members: the arguments are one string",
    "Invalid schema for function 'emit': object schema missing properties",
    (body) => Object.keys(parametersOf(body)?.properties ?? {}).join() === "json",
    [asText(WRONG), asText(RIGHT)],
  ),
  settled(
    "every function: the answer is fenced JSON",
    "JSON schema error at #/properties/x",
    (body) => !("tools" in body) && body["messages"][0].content.includes('"columns"'),
    [fenced(WRONG), fenced(RIGHT)],
  ),
  {
    title: "a model without functions gets none at once",
    scenes: [json(400, { error: { message: "toy does not support tools" } }), fenced(RIGHT)],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(chats).toHaveLength(2);
      expect(chats[1]!.body).not.toHaveProperty("tools");
    },
  },
];
