/** `autobe doctor` at a real llama.cpp server, whose model means nothing, and at the bridge, where whoever answers is the model. */
import { type ChildProcess, execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RIGHT } from "../cli/good-model.js";
import { verdictOf, visit } from "../cli/patient.js";
import { end, type Flavour, freePort, installLlama, startLlama, tethered } from "./server.js";

const folder = await installLlama();

const VERDICTS: [Flavour, RegExp, RegExp][] = [
  [
    "chatml-tools",
    /template has tools +yes/,
    /^fit for autobe: no, because it does not understand: .* it filled \{"sum"/,
  ],
  [
    "chatml-plain",
    /template has tools +no/,
    /^fit for autobe: no, because the model's chat template has no place for tools/,
  ],
  [
    "chatml-think",
    /template has tools +yes/,
    /^fit for autobe: no, because it (calls no function|does not understand)/,
  ],
  [
    "chatml-thinkopen",
    /template has tools +yes/,
    /^fit for autobe: no, because it (calls no function|does not understand)/,
  ],
];

describe.skipIf(folder === null)("llama.cpp with a model of random weights", () => {
  test.each(VERDICTS)("%s is not fit, and doctor says why", async (flavour, template, verdict) => {
    const llama = await startLlama(folder!, flavour, "-c", "16384", "-np", "1");
    try {
      const { code, err } = await visit(llama.url);
      expect(err).toMatch(/tells its window +yes +16,384 tokens for a request\n/);
      expect(err).toMatch(template);
      expect(verdictOf(err)).toMatch(verdict);
      expect(code).toBe(2);
    } finally {
      await llama.close();
    }
  });
});

const BRIDGE = fileURLToPath(new URL("../../../shared/bridge/bridge.mjs", import.meta.url));
if (!existsSync(BRIDGE)) console.warn("The test against the bridge is skipped: there is no ../shared/bridge.");

describe.skipIf(!existsSync(BRIDGE))("the bridge, answered by somebody who knows", () => {
  const bridge = (...args: string[]) => promisify(execFile)(process.execPath, [BRIDGE, ...args]);
  let server: ChildProcess;
  let dir: string;
  let port: number;
  let open = true;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "autobe-bridge-"));
    port = await freePort();
    server = tethered(process.execPath, BRIDGE, "serve", "--dir", dir, "--port", String(port));
    await new Promise((resolve) => server.stdout!.once("data", resolve));
  });
  afterAll(async () => {
    open = false;
    await end(server);
    rmSync(dir, { recursive: true, force: true });
  });

  /** Claims what is asked and answers it, until told to stop. */
  const answer = async (): Promise<void> => {
    while (open) {
      const [id, path] = (await bridge("claim", "--dir", dir, "--wait", "0")).stdout.trim().split(" ");
      if (path === undefined) continue;
      const asked = JSON.parse(readFileSync(path.replace(/\.md$/, ".json"), "utf8"));
      const tool: string = asked.body.tools[0].function.name;
      const file = join(dir, `reply-${basename(path)}`);
      writeFileSync(file, JSON.stringify({ tool, arguments: RIGHT[tool] }));
      await bridge("answer", "--dir", dir, "--id", id!, "--file", file);
    }
  };

  test("is fit, though it tells no window", async () => {
    const answering = answer();
    const { code, err } = await visit(`http://127.0.0.1:${port}/v1`, { model: "bridge" });
    open = false;
    await answering;
    expect(verdictOf(err)).toMatch(/^fit for autobe: yes, with limits:\n {2}its window is not known/);
    expect(err).toMatch(/fills a real function +yes/);
    expect(err).toMatch(/counts tokens +unknown +they are counted here, with o200k/);
    expect(code).toBe(0);
  });
});
