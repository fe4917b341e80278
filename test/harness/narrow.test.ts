/** The names of a call become enums of its function. */
import { describe, expect, test } from "vitest";
import { narrow } from "../../src/harness/narrow.js";
import type { Loose } from "../fake-endpoint.js";
import { emit } from "./sample.js";

const schema = (properties: object, $defs: object = {}, required = Object.keys(properties)) => ({
  name: "f",
  description: "",
  parameters: { type: "object", properties, required, $defs },
});
const texts = { type: "array", maxItems: 3, items: { type: "string", maxLength: 9 } };

describe("narrow", () => {
  test("puts names where the path leads, keeps the description, leaves the original alone", () => {
    const before = JSON.stringify(emit.parameters);
    const { parameters } = narrow(emit as never, { "columns[].table": ["a", "b"] });
    expect((parameters as Loose).$defs.Column.properties.table).toEqual({
      type: "string",
      enum: ["a", "b"],
      description: "Table it belongs to.",
    });
    expect(JSON.stringify(emit.parameters)).toBe(before);
  });

  test("reaches scalars, lists of names, nullable and nested ones", () => {
    const { parameters } = narrow(
      schema({
        one: { type: "string" },
        many: texts,
        maybe: { anyOf: [{ type: "null" }, { type: "string" }] },
        items: {
          type: "array",
          items: { type: "object", properties: { rules: { anyOf: [texts, { type: "null" }] } }, required: [] },
        },
      }) as never,
      { one: ["a"], "many[]": ["b"], maybe: ["c"], "items[].rules[]": ["d"] },
    );
    const at = (parameters as Loose).properties;
    expect(at.one.enum).toEqual(["a"]);
    expect(at.many).toEqual({ type: "array", maxItems: 3, items: { type: "string", enum: ["b"] } });
    expect(at.maybe.anyOf[1]).toEqual({ type: "string", enum: ["c"] });
    expect(at.items.items.properties.rules.anyOf[0].items.enum).toEqual(["d"]);
  });

  test("tells equal name lists once, last in $defs", () => {
    const { parameters } = narrow(schema({ a: { type: "string" }, table: { type: "string" } }) as never, {
      table: ["x", "y"],
      a: ["x", "y"],
    });
    expect((parameters as Loose).properties).toEqual({
      a: { $ref: "#/$defs/KnownTable" },
      table: { $ref: "#/$defs/KnownTable" },
    });
    expect((parameters as Loose).$defs.KnownTable.enum).toEqual(["x", "y"]);
  });

  test("takes a named string where it stands, with its description, and leaves no definition behind", () => {
    const { parameters } = narrow(
      schema(
        { one: { $ref: "#/$defs/Name", description: "d" }, two: { $ref: "#/$defs/Name" } },
        { Name: { type: "string", pattern: "^[a-z]+$" } },
      ) as never,
      { one: ["a"], two: ["b"] },
    );
    expect((parameters as Loose).properties).toEqual({
      one: { type: "string", enum: ["a"], description: "d" },
      two: { type: "string", enum: ["b"] },
    });
    expect((parameters as Loose).$defs).toEqual({});
  });

  test("splits a definition that two lists share", () => {
    const list = { type: "array", maxItems: 2, items: { $ref: "#/$defs/Ref" } };
    const { parameters } = narrow(
      schema(
        { left: list, right: list },
        { Ref: { type: "object", properties: { to: { type: "string" } }, required: ["to"] } },
      ) as never,
      { "left[].to": ["l"], "right[].to": ["r"] },
    );
    const of = (key: string) => {
      const name = (parameters as Loose).properties[key].items.$ref.split("/").at(-1);
      return (parameters as Loose).$defs[name].properties.to.enum;
    };
    expect([of("left"), of("right")]).toEqual([["l"], ["r"]]);
  });

  test("where no name exists, the list stays empty, the nullable null, the optional away", () => {
    const record = (required: string[], to: object = { type: "string" }) => ({
      type: "array",
      maxItems: 5,
      items: { type: "object", properties: { to }, required },
    });
    const { parameters } = narrow(
      schema({
        must: record(["to"]),
        may: record([]),
        nullable: record(["to"], { anyOf: [{ type: "null" }, { type: "string" }] }),
      }) as never,
      { "must[].to": [], "may[].to": [], "nullable[].to": [] },
    );
    const at = (parameters as Loose).properties;
    expect(at.must.maxItems).toBe(0);
    expect(at.may.items.properties).toEqual({});
    expect(at.nullable.items.properties.to).toEqual({ type: "null" });
    expect(JSON.stringify(parameters)).not.toContain('"enum":[]');
  });

  test("a path that leads nowhere is a Bug", () => {
    expect(() => narrow(emit as never, { "columns[].tabel": ["a"] })).toThrow(/leads nowhere/);
  });
});
