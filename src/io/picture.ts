/** Draws a graph in process, by WebAssembly and with a font of ours, so that every machine draws alike: SVG by Graphviz, PNG by resvg. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { initWasm, Resvg } from "@resvg/resvg-wasm";
import type { Picture } from "../base/picture.js";

const require = createRequire(import.meta.url);

/** `dot` is the text of a graph in Graphviz' language. */
export const draw = async (dot: string): Promise<Picture> => {
  const graphviz = await Graphviz.load();
  const svg = graphviz.dot(dot);
  return { svg, png: await paint(svg) };
};

/** Pixels per point of the SVG, and the longest side in pixels: larger pictures are refused by viewers. */
const SHARP = 1.5;
const LARGEST = 12_000;

const paint = async (svg: string): Promise<Uint8Array> => {
  painter ??= openPainter();
  const fontBuffers = await painter;
  const [, width, height] = /width="([\d.]+)pt" height="([\d.]+)pt"/.exec(svg)!;
  const scale = Math.min(SHARP, LARGEST / Math.max(Number(width), Number(height)));
  const canvas = new Resvg(svg, {
    font: { fontBuffers, defaultFontFamily: "DejaVu Sans Mono" },
    fitTo: { mode: "width", value: Math.ceil(Number(width) * scale) },
  });
  const image = canvas.render();
  const png = image.asPng();
  image.free();
  canvas.free();
  return png;
};

/** The module may be loaded once per process. */
let painter: Promise<Uint8Array[]> | null = null;

const openPainter = async (): Promise<Uint8Array[]> => {
  await initWasm(await readFile(require.resolve("@resvg/resvg-wasm/index_bg.wasm")));
  const folder = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");
  return Promise.all(["DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"].map((name) => readFile(join(folder, name))));
};
