/** The picture of a database: everything is in it, nothing overflows, and it is a picture. */
import { expect, test } from "vitest";
import { draw } from "../src/io/picture.js";
import { modelsOf } from "../src/phases/2-database/ast.js";
import { printDot } from "../src/phases/2-database/print/dot.js";
import { fifty } from "./picture/fifty.js";

const database = fifty();
const { svg, png } = await draw(printDot(database));

/** Width of a letter in points: DejaVu Sans Mono, 10 pt. */
const LETTER = 6.02;

test("shows every table in the cluster of its namespace", () => {
  const names = modelsOf(database).map((model) => model.table);
  expect(names).toHaveLength(50);
  expect(names.filter((name) => !svg.includes(`>${name}</text>`))).toEqual([]);
  expect(svg.match(/class="cluster"/g)).toHaveLength(database.files.length);
});

test("draws a line with feet for every relation", () => {
  const relations = modelsOf(database).flatMap((model) => [...model.foreignFields, ...model.links]);
  expect(svg.match(/class="edge"/g)).toHaveLength(relations.length);
});

test("tells accounts from the rest by colour", () => {
  const heads = nodesIn(svg).filter((node) => node.includes('fill="#b91c1c"'));
  expect(heads.map((node) => /shop_\w+/.exec(node)![0]).sort()).toEqual([
    "shop_customers",
    "shop_operators",
    "shop_sellers",
  ]);
});

test("keeps every text inside its table", () => {
  const overflowing = nodesIn(svg).flatMap((node) => {
    const right = Math.max(
      ...[...node.matchAll(/points="([^"]+)"/g)].flatMap((match) =>
        match[1]!
          .trim()
          .split(" ")
          .map((point) => Number(point.split(",")[0])),
      ),
    );
    return [...node.matchAll(/<text[^>]* x="([-\d.]+)"[^>]*>([^<]+)<\/text>/g)]
      .filter(([, x, text]) => Number(x) + text!.length * LETTER > right)
      .map(([, , text]) => text);
  });
  expect(overflowing).toEqual([]);
});

test("is a PNG of a size that a screen can scroll", () => {
  const view = new DataView(png.buffer, png.byteOffset);
  expect([...png.slice(1, 4)]).toEqual([...Buffer.from("PNG")]);
  expect(view.getUint32(16)).toBeGreaterThan(1_000);
  expect(Math.max(view.getUint32(16), view.getUint32(20))).toBeLessThanOrEqual(12_000);
});

test("is the same every time", async () => {
  const again = await draw(printDot(fifty()));
  expect(again.svg).toBe(svg);
  expect(Buffer.from(again.png).equals(png)).toBe(true);
});

const nodesIn = (text: string): string[] =>
  [...text.matchAll(/<g id="node\d+" class="node">([\s\S]*?)<\/g>/g)].map((match) => match[1]!);
