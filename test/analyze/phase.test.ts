/** The analyze phase: requests are cut, answers merged and said in one way, and what does not fit together is dropped. */
import { describe, expect, it } from "vitest";
import { validateAnalyze } from "../../src/phases/1-analyze/ast.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { checkModule } from "../../src/phases/1-analyze/check/module.js";
import { parseFilter, printFilter } from "../../src/phases/1-analyze/filter.js";
import { mergeAnalysis } from "../../src/phases/1-analyze/merge.js";
import { analyze } from "../../src/phases/1-analyze/phase.js";
import { passagesOf } from "../../src/phases/1-analyze/prompt.js";
import { settleAnalysis } from "../../src/phases/1-analyze/settle.js";
import { answering } from "../library/asker.js";
import { libraryAnalysis, libraryAnswer, libraryOutline, libraryRequest } from "../library/library.js";

const answers = () => ({
  "analyze/outline": libraryOutline(),
  "analyze/module:catalog": libraryAnswer("catalog"),
  "analyze/module:lending": libraryAnswer("lending"),
});

describe("the phase", () => {
  it("asks for the outline, then for every module in one wave", async () => {
    const asker = answering(answers());
    const { analyze: made, dropped } = await analyze(libraryRequest(), asker);
    expect(asker.asked.map((task) => task.key)).toEqual([
      "analyze/outline",
      "analyze/module:catalog",
      "analyze/module:lending",
    ]);
    expect(dropped).toEqual([]);
    expect(validateAnalyze(made).success).toBe(true);
    expect(made).toEqual(libraryAnalysis());
  });

  it("shows a module its own passages and the names of foreign entities only", async () => {
    const asker = answering(answers());
    await analyze(libraryRequest(), asker);
    const { user, enums } = asker.asked[1]!;
    expect(user).toContain("P6. A copy stands on a shelf");
    expect(user).not.toContain("P11");
    expect(user).toContain("- lending: Loan, LoanNote, Review, Card");
    expect(enums["attributes[].entity"]).toEqual(["Book", "Copy", "Subject", "Reader", "Librarian"]);
    expect(enums["attributes[].target"]).toContain("Loan");
  });

  it("gives back to a module what does not fit what the others hold, once", async () => {
    const right = libraryAnswer("lending");
    const wrong = libraryAnswer("lending");
    const index = wrong.permissions.findIndex(({ entity }) => entity === "Loan");
    wrong.permissions[index]!.filter = "copy.cellar = me";
    const told = { ...answers(), "analyze/module:lending": wrong };
    const asker = answering({ ...told, "analyze/module:lending/together": right });
    const mended = await analyze(libraryRequest(), asker);
    expect(asker.asked.map((task) => task.key).slice(3)).toEqual(["analyze/module:lending/together"]);
    const { standing, user, check } = asker.asked[3]!;
    expect(user).toMatch(/- Copy: book → Book, .*shelf/);
    expect(check(standing!.answer)).toMatchObject([
      { code: "ANALYZE.BAD_FILTER", path: `$input.permissions[${index}].filter` },
    ]);
    expect(mended).toEqual({ analyze: libraryAnalysis(), dropped: [], renames: [] });
    const { dropped } = await analyze(
      libraryRequest(),
      answering({ ...told, "analyze/module:lending/together": wrong }),
    );
    expect(dropped.map(({ task }) => task)).toContain("analyze/merge");
  });

  it("does without a module that could not be described, and says what went with it", async () => {
    const { analyze: made, dropped } = await analyze(
      libraryRequest(),
      answering({ ...answers(), "analyze/module:catalog": null }),
    );
    expect(checkAnalyze(made)).toEqual([]);
    expect(made.modules[1]!.entities.map((entity) => entity.name)).toEqual(["Loan", "LoanNote", "Review", "Card"]);
    expect(made.modules[1]!.entities[0]!.attributes.map((attribute) => attribute.name)).not.toContain("copy");
    expect(dropped.every((one) => one.task === "analyze/merge" && one.diagnostics.length === 1)).toBe(true);
    expect(dropped.length).toBeGreaterThan(2);
  });
});

describe("merging", () => {
  it("says every thing in one way", () => {
    const lending = libraryAnswer("lending");
    const copy = lending.attributes.find((attribute) => attribute.name === "copy")!;
    Object.assign(copy, { name: "copyId", kind: "uuid" });
    lending.attributes.push(
      { ...copy, name: "createdAt", kind: "datetime", target: null, serves: ["R7"] },
      { ...copy, name: "status", kind: "string", target: null, serves: ["R7"] },
    );
    lending.permissions[0]!.filter = "borrowerId = me";
    lending.rules[1]!.members = ["bookId", "reviewer"];
    const { analyze: made } = mergeAnalysis(libraryOutline(), [libraryAnswer("catalog"), lending]);
    const [loan] = made.modules[1]!.entities;
    expect(loan!.attributes.map((attribute) => attribute.name)).toEqual([
      "borrower",
      "copy",
      "due",
      "price",
      "returnedAt",
    ]);
    expect(loan!.requirements).toContain("lending.R7");
    expect(made.modules[1]!.lifecycles[0]!.requirements).toContain("lending.R7");
    expect(made.modules[1]!.permissions[0]!.filter).toEqual([{ path: ["borrower"], operator: "=", value: "me" }]);
    expect(made.modules[1]!.rules[1]!.members).toEqual(["book", "reviewer"]);
    expect(made.modules[1]!.entities[1]!.attributes[0]).toMatchObject({ name: "loan", target: "Loan", required: true });
  });

  it("never widens a permission whose filter cannot be read", () => {
    const lending = libraryAnswer("lending");
    lending.permissions[0]!.filter = "only their own";
    const { analyze: made } = mergeAnalysis(libraryOutline(), [libraryAnswer("catalog"), lending]);
    expect(made.modules[1]!.permissions.some((one) => one.entity === "Loan" && one.actor === "reader")).toBe(false);
  });

  it("gathers an account that two modules speak of in one entity", () => {
    const lending = libraryAnswer("lending");
    const catalog = libraryAnswer("catalog");
    const nickname = { ...lending.attributes.find((one) => one.name === "nickname")!, entity: "Reader" };
    lending.attributes.push(nickname);
    catalog.attributes.push({ ...nickname, name: "motto" });
    const { analyze: made } = mergeAnalysis(libraryOutline(), [catalog, lending]);
    const readers = made.modules.flatMap((module) => module.entities).filter((entity) => entity.name === "Reader");
    expect(readers.map((entity) => entity.attributes.map((one) => one.name))).toEqual([["motto", "nickname"]]);
  });
});

describe("settling", () => {
  it("drops the item that does not fit and what hangs on it, until the rest checks", () => {
    const broken = libraryAnalysis();
    broken.modules[0]!.entities.splice(1, 1); // no copies
    broken.modules[1]!.lifecycles[0]!.states.push("forgotten");
    const { analyze: made, dropped } = settleAnalysis(broken);
    expect(checkAnalyze(made)).toEqual([]);
    expect(made.modules[1]!.lifecycles[0]!.states).toEqual(["active", "returned", "lost"]);
    expect(dropped.map((one) => one.diagnostics[0]!.code)).toContain("ANALYZE.UNREACHABLE_STATE");
    expect(made.modules[1]!.permissions).toEqual(libraryAnalysis().modules[1]!.permissions);
  });

  it("says of a must that lost what served it that it is not served", () => {
    const broken = libraryAnalysis();
    broken.modules[1]!.rules = broken.modules[1]!.rules.filter((rule) => rule.name !== "fiveAtMost");
    const { analyze: made } = settleAnalysis(broken);
    expect(made.modules[1]!.unserved.map((one) => one.id)).toEqual(["lending.R8", "lending.R4"]);
  });
});

describe("passages", () => {
  it("are sentences and list items", () => {
    expect(passagesOf('# A shop\n\n1. Sell e.g. shoes. Ship them!\n- "Refunds" take 3.5 days\n\n---\n')).toEqual([
      "A shop",
      "Sell e.g. shoes.",
      "Ship them!",
      '"Refunds" take 3.5 days',
    ]);
  });

  it("are never more than a schema can name, however long the request", () => {
    const passages = passagesOf(
      Array.from({ length: 1_500 }, (_, index) => `Sentence ${index} says something.`).join(" "),
    );
    expect(passages.length).toBeLessThanOrEqual(200);
    expect(passages.join(" ")).toContain("Sentence 1499");
  });
});

describe("filters", () => {
  it.each([
    ["owner = me", "owner = me"],
    ["ownerId == me", "owner = me"],
    ["list.owner.id = me AND status = 'open'", "list.owner = me and status = open"],
    ["status != done", "status != done"],
    ["archivedAt is null", "archivedAt = null"],
    ["id = me", "id = me"],
  ])("read %s", (text, said) => expect(printFilter(parseFilter(text)!)).toBe(said));

  it.each(["", "all", "owner", "owner = me or status = open", "owner > me", "own only"])("do not read %j", (text) =>
    expect(parseFilter(text)).toBeNull(),
  );
});

describe("judging a module alone", () => {
  it("does not complain about what other modules hold", () => {
    const outline = libraryOutline();
    const lending = libraryAnswer("lending");
    lending.permissions[0]!.filter = "copy.book.sequelOf != null and borrower = me";
    expect(checkModule(outline, outline.modules[1]!, lending)).toEqual([]);
  });

  it("judges accounts, which every module may open up, as if it were alone", () => {
    const outline = libraryOutline();
    const lending = libraryAnswer("lending");
    lending.attributes.push({ ...lending.attributes[1]!, name: "companion", required: false, target: "Reader" });
    expect(checkModule(outline, outline.modules[1]!, lending).map((one) => one.code)).toEqual([
      "ANALYZE.UNREADABLE_REFERENCE",
    ]);
    lending.permissions.push({ actor: "reader", entity: "Reader", actions: ["read"], filter: null, serves: [] });
    expect(checkModule(outline, outline.modules[1]!, lending)).toEqual([]);
  });
});
