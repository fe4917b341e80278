/** Every function we ask is taken by llama.cpp's grammar as it is: no form of it has to be weakened there. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChatFunction } from "../../src/base/endpoint.js";
import { narrow } from "../../src/harness/narrow.js";
import { readSchemas } from "../../src/io/package-folder.js";
import { installLlama, type Llama, startLlama } from "./server.js";
import { realTasks } from "./tasks.js";

const folder = await installLlama();
const whole = Object.entries(await readSchemas()).map(([file, text]): [string, ChatFunction] => [
  file,
  JSON.parse(text),
]);
const narrowed = (await realTasks()).map((task): [string, ChatFunction] => [
  task.key,
  narrow(task.function, task.enums),
]);

describe.skipIf(folder === null)("llama.cpp", () => {
  let llama: Llama;
  beforeAll(async () => {
    llama = await startLlama(folder!, "chatml-nameonly", "-c", "8192", "-np", "1");
  });
  afterAll(() => llama?.close());

  const ask = async (fn: unknown): Promise<{ status: number; text: string }> => {
    const response = await fetch(`${llama.url}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        messages: [{ role: "user", content: "Go." }],
        tools: [{ type: "function", function: fn }],
        tool_choice: "required",
        parallel_tool_calls: false,
        max_tokens: 64,
        seed: 1,
      }),
    });
    return { status: response.status, text: await response.text() };
  };

  test("is the judge here: it refuses what is no schema", async () => {
    const { status, text } = await ask({ name: "f", parameters: { $ref: "#/$defs/Nowhere" } });
    expect([status, text]).toEqual([400, expect.stringContaining("JSON schema error")]);
  });

  test.each(whole)("takes the schema of %s", async (_, fn) => {
    const { status, text } = await ask(fn);
    expect(status, text).toBe(200);
    expect(argumentsOf(text)).toMatch(firstKey(fn));
  });

  test.each(narrowed)("takes the schema of the task %s, with its names", async (_, fn) => {
    const { status, text } = await ask(fn);
    expect(status, text).toBe(200);
    expect(argumentsOf(text)).toMatch(firstKey(fn));
  });
});

const argumentsOf = (text: string): string =>
  JSON.parse(text).choices[0].message.tool_calls?.[0]?.function.arguments ?? `no call: ${text}`;

/** The grammar was used: a model of random weights would not come upon the key by itself. */
const firstKey = ({ parameters }: ChatFunction): RegExp =>
  new RegExp(`^\\{\\s*"${Object.keys(parameters["properties"] as object)[0]}"`);
