/** The catalogue of what can be wrong: one case file per diagnostic code, each a change of the library that is otherwise sound. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../src/base/diagnostic.js";
import { segmentsOf, setAt, valueAt } from "../src/base/json-path.js";
import { JUDGES } from "./library/judges.js";

interface Case {
  why: string;
  given: { of: keyof typeof JUDGES; set?: Record<string, unknown>; push?: Record<string, unknown> };
  expect: Diagnostic[];
}

const FOLDER = new URL("cases/", import.meta.url);
const codes = readdirSync(FOLDER).map((name) => name.replace(/\.json$/, ""));

const judgeCase = async ({ of, set, push }: Case["given"]): Promise<Diagnostic[]> => {
  const { start, judge } = JUDGES[of];
  const value = start();
  for (const [path, next] of Object.entries(set ?? {})) setAt(value, segmentsOf(path), next);
  for (const [path, item] of Object.entries(push ?? {})) (valueAt(value, segmentsOf(path)) as unknown[]).push(item);
  return await (judge as (value: unknown) => Diagnostic[] | Promise<Diagnostic[]>)(value);
};

describe("the library", () => {
  for (const of of Object.keys(JUDGES).filter((name) => name !== "duties") as (keyof typeof JUDGES)[])
    it(`has nothing wrong as ${of}`, async () => expect(await judgeCase({ of })).toEqual([]));
});

describe("the catalogue", () => {
  for (const code of codes) {
    const { why, given, expect: wanted } = JSON.parse(readFileSync(new URL(`${code}.json`, FOLDER), "utf8")) as Case;
    it(`${code}: ${why}`, async () => {
      const found = await judgeCase(given);
      if (process.env["GOLDEN"])
        writeFileSync(new URL(`${code}.json`, FOLDER), `${JSON.stringify({ why, given, expect: found }, null, 2)}\n`);
      else expect(found).toEqual(wanted);
      expect(found.map((one) => one.code)).toContain(code);
    });
  }
});
