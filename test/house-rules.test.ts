/** The rules of the house that a machine can read: layers, rooms, effects, names, mishaps, codes, sizes, and what documents name. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { deadPaths, placeholdersOf, renderingsOf } from "./house/documents.js";
import { circlesOf, importsOf, isReading, nodesOf, ownSources, parse, placeOf, readSources } from "./house/source.js";

const sources = ownSources();
const tests = readSources("test", [".ts"]).filter(({ path }) => !path.startsWith("test/goldens/"));
const imports = new Map(sources.map((source) => [source.path, importsOf(source)]));
const trees = sources.map(parse);
const identifiers = trees.flatMap((tree) => [...nodesOf(tree)].filter(ts.isIdentifier));

const layerOf = (path: string): string => path.split("/")[1]!;
const phaseOf = (path: string): string => path.split("/")[2]!;

/** Each layer and the layers it may look at, besides itself. */
const LAYERS: Record<string, readonly string[]> = {
  base: [],
  phases: ["base"],
  harness: ["base"],
  gate: ["base"],
  template: ["base"],
  io: ["base"],
  pipeline: ["base", "phases", "harness", "gate", "template"],
  cli: ["base", "harness", "pipeline", "io"],
  "index.ts": ["base", "phases", "pipeline"],
};

describe("one direction", () => {
  it("has no file outside of the layers", () => {
    expect(sources.filter(({ path }) => LAYERS[layerOf(path)] === undefined).map(({ path }) => path)).toEqual([]);
  });

  it("imports downwards only, and nothing from a sibling", () => {
    const wrong = edges().filter(([from, to]) => ![layerOf(from), ...LAYERS[layerOf(from)]!].includes(layerOf(to)));
    expect(wrong).toEqual([]);
  });

  it("imports files that exist", () => {
    expect(edges().filter(([, to]) => !imports.has(to))).toEqual([]);
  });

  it("looks back at an earlier phase through its ast.ts and notation.ts, and never forward", () => {
    const wrong = edges().filter(
      ([from, to]) =>
        layerOf(from) === "phases" &&
        layerOf(to) === "phases" &&
        phaseOf(from) !== phaseOf(to) &&
        !(phaseOf(to) < phaseOf(from) && /^src\/phases\/[^/]+\/(ast|notation)\.ts$/.test(to)),
    );
    expect(wrong).toEqual([]);
  });

  it("has no circles", () => {
    expect(circlesOf(new Map([...imports].map(([path, { own }]) => [path, own])))).toEqual([]);
  });
});

const edges = (): [from: string, to: string][] =>
  [...imports].flatMap(([from, { own }]) => own.map((to): [string, string] => [from, to]));

describe("rooms", () => {
  const ROOMS = ["phase", "ast", "derive", "prompt", "check", "compile"];
  /** The first phase has no earlier AST to derive from. */
  const WITHOUT = ["src/phases/1-analyze/derive"];

  it("are the same in every phase", () => {
    const phases = [
      ...new Set(sources.filter(({ path }) => layerOf(path) === "phases").map(({ path }) => phaseOf(path))),
    ];
    const missing = phases
      .flatMap((phase) => ROOMS.map((room) => `src/phases/${phase}/${room}`))
      .filter((room) => !sources.some(({ path }) => path === `${room}.ts` || path.startsWith(`${room}/`)));
    expect(phases.length).toBe(5);
    expect(missing).toEqual(WITHOUT);
  });
});

describe("effects", () => {
  const isFree = (path: string): boolean => layerOf(path) === "io";
  const GLOBALS = ["process", "console", "fetch", "performance", "setTimeout", "setInterval", "setImmediate"];
  /** `cli` chooses effects; a digest and the spelling of a path are pure. */
  const PURE: Record<string, readonly string[]> = {
    "src/base/canonical.ts": ["node:crypto"],
    "src/cli/generate.ts": ["node:path"],
    "src/cli/request.ts": ["node:path"],
    "src/cli/main.ts": ["process"],
  };

  it("live in io: no module of Node elsewhere", () => {
    const wrong = [...imports].flatMap(([path, { packages }]) =>
      isFree(path)
        ? []
        : packages
            .filter((name) => name.startsWith("node:") && !PURE[path]?.includes(name))
            .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("live in io: no process, console, fetch, timer, clock or chance elsewhere", () => {
    const wrong = identifiers.filter((node) => {
      const { fileName } = node.getSourceFile();
      if (isFree(fileName) || PURE[fileName]?.includes(node.text)) return false;
      if (GLOBALS.includes(node.text)) return isReading(node);
      const around = node.parent.getText();
      return /^(Math\.random|Date\.now|new Date\(\)|crypto\.random)/.test(around);
    });
    expect(wrong.map((node) => `${placeOf(node)} ${node.text}`)).toEqual([]);
  });
});

describe("modules", () => {
  it("have named exports only, and no barrel but src/index.ts", () => {
    const wrong = trees.flatMap((tree) =>
      tree.statements.filter(
        (one) =>
          ts.isExportAssignment(one) ||
          (ts.isExportDeclaration(one) && one.exportClause === undefined) ||
          (ts.canHaveModifiers(one) &&
            ts.getModifiers(one)?.some((word) => word.kind === ts.SyntaxKind.DefaultKeyword)),
      ),
    );
    const barrels = trees.filter((tree) => tree.statements.every((one) => ts.isExportDeclaration(one)));
    expect(wrong.map(placeOf)).toEqual([]);
    expect(barrels.map((tree) => tree.fileName)).toEqual(["src/index.ts"]);
  });

  it("are named after what they hold, in kebab-case", () => {
    const DRAWERS = /^(utils?|helpers?|common|misc|types)$/;
    const words = [...sources, ...tests].flatMap(({ path }) => path.replace(/(\.test)?\.ts$/, "").split("/"));
    expect(words.filter((word) => DRAWERS.test(word) || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(word))).toEqual([]);
  });

  it("open with what they are for", () => {
    expect([...sources, ...tests].filter(({ text }) => !/^(#!.*\n)?\/\*\*/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});

describe("mishaps", () => {
  it("are Failure, Outage or Bug", () => {
    const wrong = trees
      .flatMap((tree) => [...nodesOf(tree)].filter(ts.isNewExpression))
      .filter((node) => /^(Type|Range|Syntax|Aggregate)?Error$/.test(node.expression.getText()));
    expect(wrong.map(placeOf)).toEqual([]);
  });
});

describe("codes", () => {
  /** Kinds of codes a model reads have case files; the others are proven by the test that provokes them. */
  const CASES = readdirSync(new URL("cases/", import.meta.url)).map((name) => basename(name, ".json"));
  const CODE = /^[A-Z]+\.[A-Z][A-Z_]*$/;
  const used = new Set(
    trees
      .flatMap((tree) => [...nodesOf(tree)].filter(ts.isStringLiteral))
      .filter(({ text, parent }) => CODE.test(text) && !isPrefix(parent))
      .map(({ text }) => text),
  );

  it("have a case file, or a test that names them", () => {
    const said = tests.map(({ text }) => text).join("\n");
    const bare = [...used].filter((code) => !CASES.includes(code) && !new RegExp(`\\b${code}\\b`).test(said));
    expect(bare.sort()).toEqual([]);
  });

  it("have no case file without use", () => {
    expect(CASES.filter((code) => !used.has(code))).toEqual([]);
  });
});

/** `code.startsWith("INTERFACE.DUPLICATE")` means several. */
const isPrefix = (parent: ts.Node): boolean =>
  ts.isCallExpression(parent) && parent.expression.getText().endsWith(".startsWith");

describe("sizes", () => {
  const MOST = 300;
  /** Longer ones, and why. */
  const LONGER: Record<string, string> = {
    "src/phases/1-analyze/ast.ts": "types only: validator, parser and schemas of the phase come out of this one file",
    "src/phases/2-database/ast.ts": "types only: validator, parser and schemas of the phase come out of this one file",
    "src/phases/3-interface/ast.ts": "types only: validator, parser and schemas of the phase come out of this one file",
  };

  it(`stop at ${MOST} lines, with named exceptions`, () => {
    const long = [...sources, ...tests]
      .filter(({ text }) => text.split("\n").length - 1 > MOST)
      .map(({ path }) => path);
    expect(long.filter((path) => LONGER[path] === undefined)).toEqual([]);
    expect(Object.keys(LONGER).filter((path) => !sources.some((one) => one.path === path))).toEqual([]);
  });
});

describe("documents", () => {
  const documents = [
    ...["README.md", "CHANGELOG.md"].flatMap((name) => readSources(".", [name], false)),
    ...readSources("src", [".md"]).filter(({ path }) => !path.startsWith("src/template/project/")),
    ...readSources("test", ["README.md"]),
    ...readSources("examples", ["README.md"]),
  ];
  /** Folders of a generated project, which `src/README.md` speaks of. */
  const GENERATED = ["src/scopes", "docs", ".autobe"];

  it("name paths that exist", () => {
    expect(documents.map(({ path }) => path)).toContain("src/README.md");
    expect(documents.flatMap((one) => deadPaths(one, GENERATED).map((word) => `${one.path}: ${word}`))).toEqual([]);
  });
});

describe("prompts", () => {
  const prompts = readSources("prompts", [".md"]);
  const renderings = sources.flatMap(renderingsOf);

  it("are all rendered, each with the values it has a place for", () => {
    const supplied = Object.fromEntries(renderings.map(({ prompt, values }) => [prompt, values.sort()]));
    const wanted = Object.fromEntries(
      prompts.map(({ path, text }) => [path.slice("prompts/".length, -".md".length), placeholdersOf(text).sort()]),
    );
    expect(supplied).toEqual(wanted);
  });
});

describe("what is published", () => {
  const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
  const { dependencies } = read("../package.json") as { dependencies: Record<string, string> };

  it("brings every package it imports, and is pinned", () => {
    const names = [...imports.values()]
      .flatMap(({ packages }) => packages.filter((name) => !name.startsWith("node:")))
      .map((name) => /^(@[^/]+\/)?[^/]+/.exec(name)![0]);
    expect([...new Set(names)].filter((name) => dependencies[name] === undefined)).toEqual([]);
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+/.test(version))).toEqual([]);
  });

  it("brings what a generated project depends on, in the same versions: the gate judges with ours", () => {
    const project = read("../src/template/project/package.json") as Record<string, Record<string, string>>;
    // The gate applies the transforms itself.
    const { "ts-patch": _, ...wanted } = { ...project["dependencies"], ...project["devDependencies"] };
    expect(dependencies).toMatchObject(wanted);
  });

  const ENDS = [".ts", ".md", ".json", ".mjs", ".yaml", "Dockerfile"];
  const published = [...readSources("src", ENDS), ...readSources("prompts", ENDS)];

  it.each(["../package-lock.json", "../src/template/project/package-lock.json"])("locks every package: %s", (path) => {
    const { packages } = read(path) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
    const locked = new Set(Object.keys(packages).map((one) => one.slice(one.lastIndexOf("node_modules/") + 13)));
    const wanted = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
    // A lock made where a platform's package could not be had would make `npm ci` fail everywhere else.
    expect(wanted.filter((name) => !locked.has(name))).toEqual([]);
  });

  it("names no example", () => {
    const EXAMPLES = /\b(todos?|to-do|bbs|shopping|reddit|erp)\b/i;
    expect(published.filter(({ text }) => EXAMPLES.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("names no path of a machine and no host of a package registry", () => {
    const PRIVATE = /(?<![\w.])\/(work|root|home|Users|tmp)\/\w|registry\.(npmjs|yarnpkg)|npmmirror|"resolved":/;
    const all = [
      ...readSources(".", [".json", ".md", ".ts"], false),
      ...published,
      ...readSources("schemas", ENDS),
      ...readSources("test", [".ts", ".json", ".md"]),
    ];
    const house = ["test/house-rules.test.ts"];
    expect(all.filter(({ path, text }) => PRIVATE.test(text) && !house.includes(path)).map(({ path }) => path)).toEqual(
      [],
    );
  });
});
