/** A change of the request: which modules are asked again, and how renames and removals reach those that are not. */
import { describe, expect, it } from "vitest";
import type { IChange, IModuleAnswer } from "../../src/phases/1-analyze/ast.js";
import { analyze } from "../../src/phases/1-analyze/phase.js";
import { answering } from "../library/asker.js";
import { libraryAnswer, libraryOutline, libraryRequest } from "../library/library.js";

const REQUEST = "Volumes are books. Late readers pay a fine.";

const nothing: IChange = {
  plan: "Nothing.",
  actors: [],
  modules: [],
  renames: [],
  removals: [],
  scopeIn: [],
  noLongerOut: [],
  unserved: [],
};

const change = async (answer: IChange | null) => {
  const asker = answering({
    "analyze/outline": libraryOutline(),
    "analyze/module:catalog": libraryAnswer("catalog"),
    "analyze/module:lending": libraryAnswer("lending"),
    "analyze/change:1": answer,
  });
  const analyzed = await analyze(libraryRequest(), asker, [REQUEST]);
  return { ...analyzed, asked: asker.asked };
};

describe("a change", () => {
  it("asks again only the modules it touches, with their last answers", async () => {
    const lending = { name: "lending", title: "x", purpose: "x", entities: [], passages: [17] };
    const { asked, dropped } = await change({ ...nothing, modules: [lending] });
    expect(asked.slice(3).map(({ key }) => key)).toEqual(["analyze/change:1", "analyze/module:lending"]);
    expect(asked[3]!.user).toContain("P17. Late readers pay a fine.");
    const { earlier, user } = asked[4]!;
    expect(earlier!.answer).toEqual(libraryAnswer("lending"));
    expect(earlier!.note).toMatch(/^New since then: P17\. New requirements are numbered from R\d+ on\.$/);
    expect(user).toContain("P17. Late readers pay a fine.");
    expect(user).not.toContain("P16. ");
    expect(dropped).toEqual([]);
  });

  it("carries renames and removals through all modules, and through what hangs on them", async () => {
    const {
      analyze: after,
      dropped,
      renames,
    } = await change({
      ...nothing,
      renames: [
        { entity: "Book", member: null, to: "Volume" },
        { entity: "Copy", member: "price", to: "fee" },
        { entity: "Loan", member: "borrower", to: "holder" },
      ],
      removals: [
        { entity: "Card", member: null },
        { entity: "Loan", member: "fiveAtMost" },
      ],
    });
    expect(dropped).toEqual([]);
    const entities = new Map(after.modules.flatMap((module) => module.entities).map((one) => [one.name, one]));
    expect([...entities.keys()]).toEqual(["Volume", "Copy", "Subject", "Loan", "LoanNote", "Review"]);
    expect(entities.get("Review")!.parent).toBe("Volume");
    expect(entities.get("Review")!.attributes[0]).toMatchObject({ name: "volume", target: "Volume" });
    expect(entities.get("Loan")!.attributes.find((one) => one.name === "price")!.of).toBe("copy.fee");
    const { rules, permissions } = after.modules[1]!;
    expect(rules.map((one) => `${one.name} ${one.members}`)).toEqual([
      "reviewOnce volume,reviewer",
      "borrowedFirst volume,reviewer",
      "dueIn28Days due",
    ]);
    expect(permissions.find((one) => one.entity === "Loan" && one.actor === "reader")!.filter).toEqual([
      { path: ["holder"], operator: "=", value: "me" },
    ]);
    expect(renames[0]).toContainEqual({ entity: "Copy", member: "book", to: "volume" });
  });

  it("lets go of a requirement with the last item that served it", async () => {
    const before = libraryAnswer("lending") as IModuleAnswer;
    const { analyze: after } = await change({ ...nothing, removals: [{ entity: "Loan", member: "fiveAtMost" }] });
    const [rule] = before.rules.filter((one) => one.name === "fiveAtMost");
    const left = after.modules[1]!.requirements.map((one) => one.id);
    expect(before.requirements.length - left.length).toBe(rule!.serves.length);
    for (const id of rule!.serves) expect(left).not.toContain(`lending.${id}`);
  });

  it("says so where it changes nothing, or cannot be understood", async () => {
    const unserved = [{ passage: 17, reason: "Nobody is ever late." }];
    const { dropped } = await change({ ...nothing, unserved } as IChange);
    expect(dropped.map((one) => one.diagnostics[0]!.code)).toEqual(["ANALYZE.CHANGE_UNSERVED"]);
    await expect(change(null)).rejects.toMatchObject({ code: "ANALYZE.NO_CHANGE" });
  });
});
