/** Samples of members that an order rule compares: no value of the first may reach the second, whatever a unique counts up to. */
import { describe, expect, it } from "vitest";
import type { AutoBeAnalyze } from "../src/phases/1-analyze/ast.js";
import type { AutoBeDatabase } from "../src/phases/2-database/ast.js";
import { type Place, placesOf } from "../src/phases/3-interface/derive/places.js";

type Column = Pick<AutoBeDatabase.IPlainField, "name" | "type"> & Partial<AutoBeDatabase.IPlainField>;

const placesIn = (columns: Column[], unique: string[], orders: [string, string][]): Record<string, Place> => {
  const model = {
    name: "Slot",
    plainFields: columns.map((one) => ({ minimum: null, maximum: null, digits: null, ...one })),
    uniqueIndexes: unique.map((name) => ({ fieldNames: ["vetId", name] })),
  } as unknown as AutoBeDatabase.IModel;
  const rules = orders.map((members) => ({ kind: "order", entity: "Slot", members }));
  const analyze = { modules: [{ rules }] } as unknown as AutoBeAnalyze.IApplication;
  return Object.fromEntries(placesOf(analyze, model));
};

describe("members of an order", () => {
  it("lie a step apart where no unique is among them", () => {
    const { from, to } = placesIn(
      [
        { name: "from", type: "datetime" },
        { name: "to", type: "datetime" },
      ],
      [],
      [["from", "to"]],
    );
    expect([from, to]).toMatchObject([
      { position: 10, isBeyond: false, isSpanned: false },
      { position: 20, isBeyond: false, isSpanned: false },
    ]);
  });

  it("lie beyond all values of a unique before them, and not of one behind them", () => {
    const columns = ["from", "middle", "to"].map((name) => ({ name, type: "date" as const }));
    const places = placesIn(
      columns,
      ["middle"],
      [
        ["middle", "to"],
        ["from", "middle"],
      ],
    );
    expect(places).toMatchObject({
      from: { position: 10, isBeyond: false },
      middle: { position: 20, isBeyond: false },
      to: { position: 30, isBeyond: true },
    });
  });

  it("lie beyond a unique number, however many rows there are", () => {
    const { from, to } = placesIn(
      [
        { name: "from", type: "int" },
        { name: "to", type: "int" },
      ],
      ["from"],
      [["from", "to"]],
    );
    expect(from!.span.most).toBeNull();
    expect(to!.isSpanned && to!.span.least - from!.span.least).toBeGreaterThanOrEqual(1_000_000);
  });

  it("share what their bounds leave", () => {
    const columns = [
      { name: "from", type: "int" as const, minimum: 1 },
      { name: "middle", type: "int" as const, maximum: 300 },
      { name: "to", type: "int" as const },
    ];
    const places = placesIn(
      columns,
      ["to"],
      [
        ["from", "middle"],
        ["middle", "to"],
      ],
    );
    expect(["from", "middle", "to"].map((name) => [places[name]!.isSpanned, places[name]!.span])).toEqual([
      [true, { least: 1, most: 100 }],
      [true, { least: 101, most: 200 }],
      [true, { least: 201, most: 300 }],
    ]);
  });
});
