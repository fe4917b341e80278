/** A model that gets everything right that `doctor` asks, but for what is changed. */
import { data, delta, type Scene, stream } from "../fake-endpoint.js";

export const value = (value: number) => ({ kind: "value", value });
const operation = (operator: string, left: unknown, right: unknown) => ({ kind: "operation", operator, left, right });

/** What a good model fills in. */
export const RIGHT: Record<string, object> = {
  handInSum: { sum: 42 },
  handIn: { text: "one two three" },
  handInFormula: {
    formula: operation("times", operation("plus", value(3), value(4)), operation("minus", value(9), value(2))),
  },
  outline: {
    plan: "Villagers have accounts, everybody else reads.",
    name: "village",
    title: "Village board",
    summary: "Villagers post notices and reply to them.",
    prefix: "village",
    actors: [
      { name: "villager", kind: "member", signup: "open", description: "Posts notices." },
      { name: "visitor", kind: "guest", signup: "open", description: "Reads notices." },
    ],
    modules: [
      {
        name: "notices",
        title: "Notices",
        purpose: "Notices and replies.",
        entities: ["Notice", "Reply"],
        passages: [1, 2, 3, 4, 5],
      },
    ],
    scopeIn: ["Notices"],
    scopeOut: [],
    unserved: [],
  },
};

/** Calls whatever function it is given, and fills it rightly but for what is changed. */
export const model =
  (changes: Record<string, Scene> = {}): Scene =>
  (response, heard) => {
    const { name } = heard.body["tools"][0].function;
    return (changes[name] ?? fill(name, RIGHT[name]))(response, heard);
  };

export const fill = (name: string, values: unknown): Scene =>
  stream(
    delta({ tool_calls: [{ index: 0, id: "c1", function: { name, arguments: JSON.stringify(values) } }] }),
    delta({}, "tool_calls"),
    data({ choices: [], usage: { prompt_tokens: 100, completion_tokens: 20 } }),
    "data: [DONE]",
  );
