/** On every rung a model's answer, in the form that rung has it send, comes through endpoint and harness to the same value. */
import { describe, expect, test } from "vitest";
import type { Task } from "../../src/base/task.js";
import { createHarness } from "../../src/harness/harness.js";
import { connect } from "../../src/io/endpoint/connect.js";
import { FIRST_FORM } from "../../src/io/endpoint/form.js";
import type { Rung } from "../../src/io/endpoint/ladder.js";
import { call, fakeEndpoint, type Scene, say } from "../fake-endpoint.js";
import { memory, options } from "../harness/sample.js";
import { dressed, withNulls } from "./dress.js";
import { recordedSamples, recursiveSamples, type Sample } from "./samples.js";

const RUNGS: Rung[] = [0, 1, 2, 3, 4, 5, 6, 7];
const cases = [...recordedSamples, ...recursiveSamples].flatMap((sample, i) =>
  RUNGS.map((rung): [string, Rung, Sample] => [`${sample.fn.name} ${i}`, rung, sample]),
);

describe.concurrent("an answer comes back", () => {
  test.each(cases)("to %s from S%i", async (_, rung, { fn, answer }) => {
    const server = await fakeEndpoint([
      (response, heard) => {
        const parameters = heard.body["tools"]?.[0].function.parameters;
        const scene: Scene =
          parameters === undefined
            ? say(`\`\`\`json\n${JSON.stringify(answer)}\n\`\`\``)
            : call(dressed(answer, parameters, rung));
        return scene(response, heard);
      },
    ]);
    const settings = { baseUrl: server.url, key: null, keyVariable: "K", withheld: null, model: "toy", provider: null };
    const connection = await connect(settings, {
      signal: new AbortController().signal,
      notice: () => {},
      profiles: { load: async () => ({ ...FIRST_FORM, rung }), save: async () => {} },
    });
    const harness = createHarness(options({ journal: memory(), connect: async () => connection }));
    try {
      const { answer: heard, attempts } = await harness.ask(taskOf(fn));
      expect(attempts).toBe(1);
      const root = fn.parameters;
      // a null where null may stand says the same as nothing
      expect(rung === 2 ? withoutNulls(heard) : heard).toEqual(
        rung === 2 ? withoutNulls(withNulls(answer, root, root)) : answer,
      );
      const told = server.chats[0]!.body["messages"][0].content.includes("JSON Schema");
      expect(told).toBe(rung >= 5);
    } finally {
      await connection.close();
      await server.close();
    }
  });
});

const withoutNulls = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, one: unknown) => (one === null ? undefined : one)) ?? "null");

const taskOf = (fn: Sample["fn"]): Task => ({
  key: fn.name,
  function: fn,
  enums: {},
  system: "You are asked.",
  user: "Answer.",
  shown: {},
  lists: {},
  closing: null,
  check: () => [],
});
