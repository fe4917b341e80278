/** A failing gate through the command line: a contract that contradicts itself is not mocked, it ends the run with exit 4 and is named. */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { JournalEntry } from "../src/base/journal.js";
import { delta, type FakeEndpoint, fakeEndpoint, stream } from "./fake-endpoint.js";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const FOLDER = mkdtempSync(join(tmpdir(), "autobe-repair-"));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** The recorded example, whose author of scenarios counted wrongly. */
const miscounted = (): string => {
  const lines = readFileSync(join(ROOT, "examples/todo/journal.jsonl"), "utf8").trim().split("\n");
  const entries = lines.map((line) => JSON.parse(line) as JournalEntry);
  for (const entry of entries)
    if (entry.kind === "attempt" && entry.task === "test/scenarios:taskLists")
      for (const call of entry.reply.calls) call.arguments = call.arguments.replace("taskCount = 1", "taskCount = 2");
  const path = join(FOLDER, "journal.jsonl");
  writeFileSync(path, `${entries.map((one) => JSON.stringify(one)).join("\n")}\n`);
  return path;
};

const saying = (judgement: object): Promise<FakeEndpoint> => {
  const call = { name: "judgeFailure", arguments: JSON.stringify(judgement) };
  const piece = { tool_calls: [{ index: 0, id: "c1", type: "function", function: call }] };
  return fakeEndpoint([
    stream(delta({ role: "assistant", content: null }), delta(piece), delta({}, "tool_calls"), "data: [DONE]"),
  ]);
};

const generate = (...more: string[]): Promise<{ code: number | null; err: string; out: string }> =>
  new Promise((resolve) => {
    const from = [`@${join(ROOT, "examples/todo/request.md")}`, "--replay", miscounted(), "--out", "run", "--json"];
    const child = spawn(process.execPath, [join(ROOT, "dist/cli/main.js"), "generate", ...from, ...more], {
      cwd: FOLDER,
      env: { PATH: process.env["PATH"], XDG_CACHE_HOME: FOLDER },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("exit", (code) => resolve({ code, err, out }));
  });

describe("a contract that contradicts itself", () => {
  it("ends the run with exit 4, and what contradicts what is named", { timeout: 300_000 }, async () => {
    const endpoint = await saying({
      plan: "R11 wants the open tasks kept, and the count wants two.",
      side: "contract",
      part: null,
      why: "No leaf can satisfy both.",
      refusal: null,
      avoid: null,
      blocked: [{ name: "tasks.R11", why: "It keeps one task where two are to be counted." }],
    });
    const { code, err, out } = await generate("--refresh", "--base-url", endpoint.url, "--model", "toy");
    await endpoint.close();
    const named = "The contract contradicts itself. No leaf can satisfy both. tasks.R11: It keeps one task where two";
    expect(code, err).toBe(4);
    expect(err).toContain(named);
    expect(JSON.parse(out)).toMatchObject({ verify: { tests: { failed: 1 } } });
    const record = JSON.parse(readFileSync(join(FOLDER, "run/.autobe/ast/repair.json"), "utf8"));
    expect(record).toMatchObject({ repaired: [], undone: [], left: [{ what: "taskLists.clearDone" }, {}] });
    expect(record.left[0].why).toContain(named);
    // asked once: what is named is not asked again
    expect(endpoint.chats).toHaveLength(1);
  });
});
