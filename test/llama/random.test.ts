/** A model of random weights obeys every grammar and means nothing: what it says must never be accepted. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Endpoint } from "../../src/base/endpoint.js";
import type { Task } from "../../src/base/task.js";
import { createHarness } from "../../src/harness/harness.js";
import { type Connection, connect } from "../../src/io/endpoint/connect.js";
import { memory, options } from "../harness/sample.js";
import { installLlama, type Llama, settingsOf, startLlama } from "./server.js";
import { obligationsOf, realTasks } from "./tasks.js";

/** Replies in all; `npm run bench:random` hears 200. */
const TRIES = Number(process.env["RANDOM_TRIES"] ?? 20);
const REPLIES = 5;

/** Milliseconds a reply may take on a busy machine. */
const SLOWEST = 15_000;

const folder = await installLlama();

describe.skipIf(folder === null)("a model of random weights", () => {
  let llama: Llama;
  let connection: Connection;
  beforeAll(async () => {
    llama = await startLlama(folder!, "chatml-nameonly", "-c", "131072", "-np", "2");
    connection = await connect(settingsOf(llama), { signal: new AbortController().signal, notice: () => {} });
  });
  afterAll(async () => {
    await connection?.close();
    await llama?.close();
  });

  test(
    `gets nothing accepted in ${TRIES} replies to tasks that owe something`,
    async () => {
      const tasks = (await realTasks()).filter((task) => task.key === "analyze/outline" || obligationsOf(task) >= 3);
      expect(tasks.map((task) => task.function.name)).toEqual(
        expect.arrayContaining(["outline", "describeModule", "amendInterface", "writeScenarios"]),
      );
      const heard: Heard[] = [];
      const rounds = Math.ceil(TRIES / REPLIES);
      await Promise.all(
        [0, 1].map(async (lane) => {
          for (let round = lane; round < rounds; round += 2)
            heard.push(...(await hear(tasks[round % tasks.length]!, connection)));
        }),
      );
      expect(heard.length).toBeGreaterThanOrEqual(TRIES);
      expect(heard.filter(({ accepted }) => accepted)).toEqual([]);
      // a reply that was not even read would prove nothing
      expect(heard.filter(({ read }) => read).length).toBeGreaterThan(heard.length / 2);
    },
    TRIES * SLOWEST,
  );
});

interface Heard {
  task: string;
  accepted: boolean;
  read: boolean;
}

const hear = async (task: Task, connection: Connection): Promise<Heard[]> => {
  const journal = memory();
  const short: Endpoint = {
    ...connection,
    complete: (request, signal) => connection.complete({ ...request, maximumTokens: 1_500 }, signal),
  };
  const limits = { attempts: REPLIES, tokens: null };
  await createHarness(options({ journal, connect: async () => short, limits })).ask(task);
  return journal.entries.flatMap((entry) =>
    entry.kind === "attempt"
      ? [
          {
            task: task.key,
            accepted: entry.diagnostics.length === 0,
            read: entry.diagnostics.every(({ code }) => code !== "ANSWER.UNREADABLE" && code !== "ANSWER.EMPTY"),
          },
        ]
      : [],
  );
};
