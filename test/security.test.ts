/** Each security test of a generated backend passes on ours, and fails on one with the hole that it is there for. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileTree } from "../src/base/file-tree.js";
import type { Talk } from "../src/base/talk.js";
import { runChild } from "../src/io/child.js";
import { formatFiles } from "../src/io/format.js";
import { readTemplate } from "../src/io/package-folder.js";
import { createProjectCompiler } from "../src/io/project-compiler.js";
import { verifyProject } from "../src/io/verify.js";
import { judgeAnalysis } from "./fuzz/judge.js";
import { deriveProject, printProject } from "./fuzz/project.js";
import type { Order, Seen } from "./security/process.js";
import { securedAnalysis } from "./security/service.js";
import { type Variant, variants } from "./security/variants.js";

const SILENT: Talk = { done: () => {}, warn: () => {}, fail: () => {}, note: () => {}, now: () => {} };

/** Names of tests that are about somebody who means harm. */
const IS_PROBE =
  /\.(?:foreign|forged|filtered|rights|injected|window|secrecy|confusion|replay|rotation|ends|self)\b|^template\./;
/** What the template says of itself beside its defences. */
const IS_PLAIN = /^template\.(?:errors\.route|production\.docs)$/;

let folder: string;
let sound: { name: string; error: string | null }[];
let told: Seen[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-security-"));
  const template = await readTemplate();
  const files = await formatFiles(await printProject(deriveProject(securedAnalysis()), template), template);
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const { report, stopped } = await verifyProject(folder, SILENT);
  expect(stopped).toBeNull();
  sound = report!.tests.map(({ name, error }) => ({ name, error }));
  told = await tryAll(files);
}, 300_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const tryAll = async (files: FileTree): Promise<Seen[]> => {
  const compiled = await compileVariants(files);
  const build = join(folder, ".autobe", "build");
  const trials = variants.map(({ file, probes }, index) => ({
    swap: { module: file.replace(/\.ts$/, ".js"), code: compiled[beside(file, index)]! },
    probes,
  }));
  const all = { swap: null, probes: [...new Set(variants.flatMap(({ probes }) => probes))] };
  const alone = fixed().map((name) => ({ swap: null, probes: [name] }));
  const order = join(folder, "order.json");
  await writeFile(order, JSON.stringify({ build, trials: [...trials, all, ...alone] } satisfies Order));
  const { status, output } = await runChild({
    arguments: [
      "--import",
      new URL("fuzz/typescript.mjs", import.meta.url).href,
      fileURLToPath(new URL("security/process.ts", import.meta.url)),
      order,
    ],
    folder,
    environment: { PROJECT_ROOT: folder },
    timeLimit: 200_000,
  });
  expect(status, output).toBe(0);
  return JSON.parse(await readFile(order, "utf8"));
};

/** Tests of the fixed parts. */
const fixed = (): string[] => sound.map(({ name }) => name).filter((name) => name.startsWith("template."));

/** Every variant lies beside its original, so that one program sees them all; none is refused by the compiler. */
const compileVariants = async (files: FileTree): Promise<FileTree> => {
  const compiler = await createProjectCompiler(folder);
  const overlay = variants.map(({ hole, file, from, to }, index) => {
    const parts = files[file]!.split(from);
    expect(parts, `${hole}: ${from} stands once in ${file}`).toHaveLength(2);
    return [beside(file, index), parts.join(to)] as const;
  });
  const compiled = compiler.compileFiles(Object.fromEntries(overlay));
  const lost = variants.filter(({ file }, index) => compiled[beside(file, index)] === undefined);
  expect(lost.map(({ hole }) => hole)).toEqual([]);
  return compiled;
};

const beside = (file: string, index: number): string => file.replace(/\.ts$/, `.variant${index}.ts`);

describe("the service as it is", () => {
  it("is a sound one", () => expect(judgeAnalysis(securedAnalysis())).toEqual([]));

  it("passes every test, also when it is started again in the same process", () => {
    expect(sound.filter(({ error }) => error !== null)).toEqual([]);
    const names = new Set(variants.flatMap(({ probes }) => probes));
    expect(told[variants.length]).toEqual(Object.fromEntries([...names].map((name) => [name, null])));
  });

  it("passes each test of the fixed parts when that is the only one", () => {
    const alone = Object.assign({}, ...told.slice(variants.length + 1));
    expect(alone).toEqual(Object.fromEntries(fixed().map((name) => [name, null])));
  });

  it("has a hole for each kind of its security tests", () => {
    const kindOf = (name: string): string =>
      name.replace(/\.(member|admin)\b/g, "").replace(/^(members|notes)\.\w+/, "rows");
    const shown = new Set(variants.flatMap(({ probes }) => probes.map(kindOf)));
    const probes = sound.map(({ name }) => name).filter((name) => IS_PROBE.test(name) && !IS_PLAIN.test(name));
    expect([...new Set(probes.map(kindOf))].filter((kind) => !shown.has(kind))).toEqual([]);
  });
});

describe("a service where", () => {
  it.each(variants.map((variant, index): [string, Variant, number] => [variant.hole, variant, index]))(
    "%s fails its tests by an assertion",
    (_hole, { probes }, index) => {
      const kinds = Object.fromEntries(probes.map((name) => [name, told[index]![name]?.kind ?? "passed"]));
      expect(kinds, JSON.stringify(told[index])).toEqual(
        Object.fromEntries(probes.map((name) => [name, "AssertionError"])),
      );
    },
  );
});
