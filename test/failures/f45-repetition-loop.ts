/** F45: the model says the same again and again: it is stopped early and asked with other dice. */
import { expect } from "vitest";
import { call, delta, json, type Scene } from "../fake-endpoint.js";
import { type FailureScenario, RIGHT, WRONG } from "./failure.js";

const MOST = 400_000;

/** Writes until nobody listens; says how much it was. */
const circling =
  (start: string, again: string, written: number[]): Scene =>
  async (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    const piece = (text: string) => `${delta({ tool_calls: [{ index: 0, function: { arguments: text } }] })}\n\n`;
    response.write(piece(start));
    let length = 0;
    while (!response.destroyed && length < MOST) {
      length += again.length;
      response.write(piece(again));
      await new Promise((resolve) => setImmediate(resolve));
    }
    written.push(length);
    response.end();
  };

const stopped = (title: string, start: string, again: string): FailureScenario => {
  const written: number[] = [];
  return {
    title,
    scenes: [circling(start, again, written), call(WRONG), call(RIGHT)],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(written[0]).toBeLessThan(MOST);
      expect(chats[0]!.body).not.toHaveProperty("temperature");
      expect(chats[1]!.body).toMatchObject({ temperature: 0.7, seed: 1 });
      expect(chats[2]!.body).not.toHaveProperty("temperature"); // for one turn only
      expect(entries.filter(({ kind }) => kind === "attempt")).toHaveLength(2);
    },
  };
};

const whole = `{"plan":"p","columns":[${JSON.stringify(RIGHT.columns[0])},`;

export const scenario: FailureScenario[] = [
  stopped("brackets", '{"plan":"p","columns":[', "]]]]]]]]"),
  stopped("blank lines", '{"plan":"p",', "\n\n  \n"),
  stopped("an item of a list", '{"plan":"p","columns":[', '{"table":"orders","name":"x","kind":"text","size":1},'),
  {
    title: "a server without seeds",
    scenes: [
      circling("{", "]]]]]]]]", []),
      json(400, { error: { message: "Unsupported parameter: seed" } }),
      call(RIGHT),
    ],
    expect: ({ outcome, chats }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 1 });
      expect(chats[2]!.body).toMatchObject({ temperature: 0.7 });
      expect(chats[2]!.body).not.toHaveProperty("seed");
    },
  },
  {
    title: "it does not stop: what came whole is kept, and the rest asked for",
    scenes: [
      circling(whole, " ".repeat(60), []),
      circling(whole, " ".repeat(60), []),
      circling(whole, " ".repeat(60), []),
      call(RIGHT),
    ],
    expect: ({ outcome, chats, entries }) => {
      expect(outcome).toMatchObject({ answer: RIGHT, attempts: 2 });
      expect(chats).toHaveLength(4);
      expect(entries[0]).toMatchObject({ reply: { finishReason: "repetition" }, items: { good: 2 } });
    },
  },
];
