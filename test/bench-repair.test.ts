/** The faults that the bench of the repair puts in: each is there to be put in, and each is another. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { canonical } from "../src/base/canonical.js";
import type { JournalEntry } from "../src/base/journal.js";
import { FAULTS, type Fault, KINDS } from "./bench/repair/faults.js";
import { lendingAnswers } from "./bench/repair/projects.js";
import { lendingTasks } from "./pipeline/repairing.js";

/** What was accepted last. */
const acceptedTo = ({ project, key }: Fault): object => {
  if (project === "lending") return lendingAnswers().get(key)!;
  const lines = readFileSync(new URL(`../examples/${project}/journal.jsonl`, import.meta.url), "utf8").trim();
  const entries = lines.split("\n").map((line) => JSON.parse(line) as JournalEntry);
  const found = entries.findLast((one) => one.kind === "accepted" && one.task === key);
  return found?.kind === "accepted" ? found.answer! : {};
};

describe("the faults of the bench of the repair", () => {
  it("are at least thirty, of all kinds, the first seven each of another", () => {
    expect(FAULTS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(FAULTS.slice(0, KINDS.length).map((one) => one.kind)).size).toBe(KINDS.length);
  });

  it("each change an accepted answer, and no two make the same of it", () => {
    const made = FAULTS.map((fault) => {
      const right = acceptedTo(fault);
      const wrong = canonical(fault.change(right));
      expect(wrong, `${fault.part} ${fault.name}`).not.toBe(canonical(right));
      return `${fault.project} ${fault.key} ${wrong}`;
    });
    expect(new Set(made).size).toBe(FAULTS.length);
  });

  it("are not seen by the checks of the tasks: only a run shows them", async () => {
    const memory = await lendingTasks();
    for (const fault of FAULTS.filter((one) => one.project === "lending" && one.kind !== "left out")) {
      const { task } = memory.get(fault.key)!;
      expect(task.check(fault.change(acceptedTo(fault))), `${fault.part} ${fault.name}`).toEqual([]);
    }
  });

  it("leave the accepted answer as it is", () => {
    for (const fault of FAULTS) {
      const right = acceptedTo(fault);
      const before = canonical(right);
      fault.change(right);
      expect(canonical(right)).toBe(before);
    }
  });
});
