/** A run that is killed goes on without asking anything twice. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JournalEntry } from "../../src/base/journal.js";
import { call, type FakeEndpoint, fakeEndpoint } from "../fake-endpoint.js";

const SHOP = fileURLToPath(new URL("shop.mjs", import.meta.url));

let folder: string;
let server: FakeEndpoint;

/** Every odd task is answered wrongly at first. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
  server = await fakeEndpoint([
    async (response, heard) => {
      const key = heard.body["messages"][1].content as string;
      const first = heard.body["messages"].length === 2;
      const name = first && Number(key.slice(1)) % 2 === 1 ? "wrong" : `right-${key}`;
      await new Promise((resolve) => setTimeout(resolve, 60));
      await call({ items: [{ name }] })(response, heard);
    },
  ]);
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const start = (out: string, ...more: string[]): ChildProcess & { text: () => string } => {
  const child = spawn(process.execPath, [SHOP, out, server.url, ...more]);
  let text = "";
  child.stdout.on("data", (data) => {
    text += data;
  });
  child.stderr.on("data", (data) => {
    text += data;
  });
  return Object.assign(child, { text: () => text });
};
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.on("exit", resolve));
const journalOf = async (out: string): Promise<string> =>
  readFile(join(out, ".autobe", "journal.jsonl"), "utf8").catch(() => "");
const entriesOf = async (out: string): Promise<JournalEntry[]> =>
  (await journalOf(out))
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const timeless = (text: string) => text.replaceAll(/"at":"[^"]*"/g, "");
const filesOf = async (out: string) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(out))
        .filter((one) => one !== ".autobe")
        .map(async (one) => [one, await readFile(join(out, one), "utf8")]),
    ),
  );

const until = async (out: string, accepted: number): Promise<void> => {
  while ((await journalOf(out)).split('"kind":"accepted"').length <= accepted)
    await new Promise((resolve) => setTimeout(resolve, 5));
};

test.each(["SIGKILL", "SIGINT"] as const)(
  "%s in the middle, then resume: nothing answered is asked again",
  async (signal) => {
    const out = join(folder, signal);
    const before = server.chats.length;
    const first = start(out);
    await until(out, 4);
    const exit = ended(first);
    first.kill(signal);
    expect(await exit).toBe(signal === "SIGINT" ? 130 : null);
    const kept = (await entriesOf(out)).filter((one) => one.kind === "attempt").length;
    const asked = server.chats.length;
    expect(asked - before - kept).toBeLessThanOrEqual(3); // what was in flight

    const second = start(out);
    expect(await ended(second), second.text()).toBe(0);
    expect(server.chats.length - asked).toBe(15 - kept);
    const entries = await entriesOf(out);
    expect(entries.filter((one) => one.kind === "attempt")).toHaveLength(15);
    expect(entries.filter((one) => one.kind === "accepted")).toHaveLength(10);

    const [left, right] = [join(folder, `${signal}-left`), join(folder, `${signal}-right`)];
    const quiet = server.chats.length;
    for (const copy of [left, right]) {
      const replayed = start(copy, join(out, ".autobe", "journal.jsonl"));
      expect(await ended(replayed), replayed.text()).toBe(0);
      expect(await filesOf(copy)).toEqual(await filesOf(out));
    }
    expect(server.chats.length).toBe(quiet);
    expect(timeless(await journalOf(left))).toBe(timeless(await journalOf(right)));
  },
  60_000,
);
