/** A run that is stopped, by the user or by a budget of theirs: what was answered is kept, and `resume` goes on. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { autobe, type Ended, journalIn } from "../chaos/command.js";
import { type Manner, type RecordedEndpoint, recordedEndpoint } from "../chaos/endpoint.js";
import { type Recording, record } from "../chaos/recording.js";
import { comparison } from "../chaos/seeds.js";

let folder: string;
let recording: Recording;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
  recording = await record(folder, "database");
});
afterAll(() => rm(folder, { recursive: true }));

const MANNER: Manner = { seed: 1, share: 0, delay: 10 };

const answered = async (out: string): Promise<string[]> =>
  (await journalIn(out)).flatMap((entry) => (entry.kind === "attempt" ? [entry.task] : []));

interface Stage {
  server: RecordedEndpoint;
  out: string;
  run(command: "generate" | "resume", ...more: string[]): ReturnType<typeof autobe>;
}

const stage = async (name: string, manner: Partial<Manner>, play: (stage: Stage) => Promise<void>): Promise<void> => {
  const server = await recordedEndpoint(recording, { ...MANNER, ...manner });
  const out = join(folder, name);
  const run: Stage["run"] = (command, ...more) => {
    const where = command === "resume" ? [out] : [recording.request, "--out", out];
    const endpoint = ["--base-url", server.url, "--model", "toy", "--until", recording.until];
    return autobe([command, ...where, ...endpoint, ...more], folder);
  };
  try {
    await play({ server, out, run });
  } finally {
    await server.close();
  }
};

/** Resumed without limits it comes to the same, and asks only what is missing. */
const goesOn = async ({ server, out, run }: Stage): Promise<void> => {
  const known = await answered(out);
  const before = server.questions.length;
  const ended = await run("resume").ended;
  expect(ended.code, ended.err).toBe(0);
  expect(await comparison(recording, out)).toEqual([]);
  const asked = server.questions.slice(before).map(({ task }) => task);
  expect(asked.filter((task) => known.includes(task))).toEqual([]);
  expect(new Set([...known, ...asked])).toEqual(new Set(Object.keys(recording.accepted)));
};

/** When the second task is asked, the first has been answered. */
const second = async ({ server }: Stage): Promise<void> => {
  while (server.questions.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
};

const exit = (ended: Ended, code: number): void => {
  expect(ended.code, ended.err).toBe(code);
  expect(ended.out).toBe("");
};

describe("a budget", () => {
  test("of tokens ends the run before the next question, with 2; a larger one goes on", () =>
    stage("tokens", {}, async (on) => {
      const ended = await on.run("generate", "--token-budget", "1000").ended;
      exit(ended, 2);
      expect(ended.err).toMatch(/The token budget of 1000 is spent \(\d+\) before analyze\/module:\w+ is answered/);
      expect(ended.err).toContain("HARNESS.TOKENS_SPENT");
      expect(ended.err).toContain("autobe resume tokens --token-budget N");
      expect(on.server.questions).toHaveLength(1);
      exit(await on.run("resume", "--token-budget", "1000").ended, 2);
      expect(on.server.questions).toHaveLength(1);
      await goesOn(on);
    }));

  test("of time ends the run where it is, with 2; what was answered is kept", () =>
    stage("time", { silentFrom: 2 }, async (on) => {
      const ended = await on.run("generate", "--time-budget", "4").ended;
      exit(ended, 2);
      expect(ended.err).toContain("The time budget of 4 s is spent");
      expect(ended.err).toContain("HARNESS.TIME_SPENT");
      expect(ended.err).toContain("autobe resume time");
      expect(ended.seconds).toBeGreaterThan(3.9);
      expect(ended.seconds).toBeLessThan(15);
      expect(await answered(on.out)).toEqual(["analyze/outline"]);
      on.server.manner.silentFrom = null;
      await goesOn(on);
    }));
});

describe("Ctrl-C", () => {
  test("keeps what was answered, and leaves with 130", () =>
    stage("interrupted", { silentFrom: 2 }, async (on) => {
      const { child, ended } = on.run("generate");
      await second(on);
      child.kill("SIGINT");
      const { code, out, err } = await ended;
      expect({ code, out }).toEqual({ code: 130, out: "" });
      expect(err).toContain("Everything answered so far is kept.");
      expect(err).toContain("autobe resume interrupted");
      expect(await answered(on.out)).toEqual(["analyze/outline"]);
      on.server.manner.silentFrom = null;
      await goesOn(on);
    }));
});
