/** What can only mean one thing is mended before anybody judges it. */
import { describe, expect, test } from "vitest";
import { fold } from "../../src/harness/fold.js";
import { mend } from "../../src/harness/mend.js";
import { narrow } from "../../src/harness/narrow.js";
import { answerOf, column, emit, owner, sample } from "./sample.js";

const mended = (answer: object, lists = Object.keys(sample().lists)) =>
  mend(answer as never, narrow(emit as never, sample().enums).parameters, lists);

describe("fold finds the one name that can be meant", () => {
  const names = ["orders", "order_items", "customers", "customer_notes", "categories", "tax", "fax"];
  test.each([
    ["Orders", "orders"],
    ["order", "orders"],
    ["orderItems", "order_items"],
    ["ORDER-ITEM", "order_items"],
    ["category", "categories"],
    ["custmers", "customers"],
    ["order.items", "order_items"],
    ["product", null],
    ["bax", null],
  ])("%s → %s", (wrong, right) => expect(fold(wrong, names)).toBe(right));

  test("none where two could be", () => {
    expect(fold("cards", ["carts", "card2", "cardz"])).toBeNull();
    expect(fold("orderitem", ["order_items", "orderItems"])).toBeNull();
  });
});

describe("mend", () => {
  test("drops unknown keys at every depth", () => {
    expect(mended({ ...answerOf([column("owner", { extra: 1 })]), thoughts: "…" })).toEqual(answerOf([owner]));
  });

  test("folds a misspelt key to the one that is missing", () => {
    const { kind, ...rest } = owner;
    expect(mended(answerOf([{ ...rest, Kind: kind }]))).toEqual(answerOf([owner]));
  });

  test("folds names of this call and fixed enums", () => {
    expect(mended(answerOf([column("a", { table: "OrderItem", kind: "Text" })]))).toEqual(
      answerOf([column("a", { table: "order_items" })]),
    );
  });

  test("coerces only where validation failed", () => {
    expect(mended(answerOf([column("5", { size: "5" })]))).toEqual(answerOf([column("5", { size: 5 })]));
    expect(mended({ ...answerOf([]), columns: JSON.stringify([owner]) })).toEqual(answerOf([owner]));
    expect(mended(answerOf([column("a", { note: "null" })]))).toEqual(answerOf([column("a", { note: "null" })]));
  });

  test("keeps equal items of a list without identity, which is a sequence", () => {
    expect(mended(answerOf([owner, owner]), [])).toEqual(answerOf([owner, owner]));
  });

  test("merges equal items, also where their keys stand in another order", () => {
    const turned = Object.fromEntries(Object.entries(owner).reverse());
    expect(mended(answerOf([owner, turned, column("b")]))).toEqual(answerOf([owner, column("b")]));
  });

  test("shortens a plan, and nothing else", () => {
    const long = "x".repeat(100);
    const result = mended(answerOf([column("a", { note: long })], { plan: long }));
    expect((result["plan"] as string).length).toBe(60);
    expect((result["columns"] as { note: string }[])[0]!.note).toBe(long);
  });
});
