/** A few runs of `npm run chaos`: an endpoint in trouble, and runs that are killed. All come to the backend of the replay. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { kill } from "./chaos/kills.js";
import { type Recording, record } from "./chaos/recording.js";
import { weather } from "./chaos/seeds.js";

let folder: string;
let recording: Recording;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
  recording = await record(folder, "interface");
});
afterAll(() => rm(folder, { recursive: true }));

/** Among them they meet a rate limit, a stall, web pages, another name, another tool, and nothing at all. */
const SEEDS = [2, 6];

test("runs through an endpoint in trouble", async () => {
  const runs = await Promise.all(SEEDS.map((seed) => weather(recording, folder, seed)));
  expect(runs.flatMap(({ complaints }) => complaints)).toEqual([]);
  const troubles = new Set(runs.flatMap(({ questions }) => questions.map(({ trouble }) => trouble)));
  expect(troubles.size).toBeGreaterThan(5);
}, 240_000);

test("runs that are killed early, in the middle and late", async () => {
  for (const moment of [0.4, 0.6, 0.8]) {
    const { complaints, told } = await kill(recording, folder, Math.round(moment * 10), moment);
    expect(complaints, told).toEqual([]);
  }
}, 240_000);
