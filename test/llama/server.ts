/** A real llama.cpp server with a random-weight model, where the kit beside this project and a Debian mirror can be had. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { EndpointSettings } from "../../src/io/endpoint/settings.js";

/** Templates of the one model: `nameonly` keeps the schema out of the prompt, `plain` has no place for tools. */
export type Flavour = "chatml-tools" | "chatml-plain" | "chatml-think" | "chatml-thinkopen" | "chatml-nameonly";

export interface Llama {
  /** Up to `/v1`. */
  url: string;
  close(): Promise<void>;
}

const KIT = fileURLToPath(new URL("../../../shared/llama/llama.sh", import.meta.url));

/** Where it is installed, once for all runs: `AUTOBE_LLAMA`, or a folder among the temporary ones. */
const FOLDER = process.env["AUTOBE_LLAMA"] || join(tmpdir(), "autobe-llama");

const INSTALL_SECONDS = 120;

/** Null where it cannot be had or does not run, which is said. */
export const installLlama = async (): Promise<string | null> => {
  const why = existsSync(FOLDER) ? null : await install();
  const unfit = why ?? (await run(["serve", FOLDER, "0", "chatml-tools", "--version"])).why;
  if (unfit !== null) console.warn(`Tests against a real llama.cpp server are skipped: ${unfit}`);
  return unfit === null ? FOLDER : null;
};

/** Why it could not be. */
const install = async (): Promise<string | null> => {
  if (!existsSync(KIT)) return "there is no ../shared/llama beside this project.";
  const own = `${FOLDER}.${process.pid}`; // several test files may come here at once
  mkdirSync(own, { recursive: true });
  const { why } = await run(["install", own]);
  try {
    if (why === null) renameSync(own, FOLDER);
  } catch {
    // another was faster
  }
  rmSync(own, { recursive: true, force: true });
  return why;
};

/** One thread: two of them wait for one another by spinning, which costs minutes where both processors are busy. */
const THREADS = ["-t", "1", "-tb", "1"];

export const startLlama = async (folder: string, flavour: Flavour, ...flags: string[]): Promise<Llama> => {
  for (let attempt = 1; ; ++attempt) {
    const port = await freePort();
    const child = tethered("bash", KIT, "serve", folder, String(port), flavour, ...THREADS, ...flags);
    child.stdout!.resume();
    const close = (): Promise<void> => end(child);
    if (await isUp(port, child)) return { url: `http://127.0.0.1:${port}/v1`, close };
    await close();
    if (attempt === 3) throw new TypeError("llama-server does not start");
  }
};

export const settingsOf = ({ url }: Pick<Llama, "url">): EndpointSettings => ({
  baseUrl: url,
  key: null,
  keyVariable: "OPENAI_API_KEY",
  withheld: null,
  model: null,
  provider: null,
});

/** Runs a server that ends with its input, so that it outlives no test that is killed. */
export const tethered = (command: string, ...args: string[]): ChildProcess =>
  spawn("bash", ["-c", '"$@" </dev/null & server=$!; read -r _; kill -9 $server', "tether", command, ...args], {
    stdio: ["pipe", "pipe", "ignore"],
  });

export const end = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.stdin!.end();
  });

const isUp = async (port: number, child: ChildProcess): Promise<boolean> => {
  for (let tries = 0; tries < 200 && child.exitCode === null; ++tries) {
    const up = await fetch(`http://127.0.0.1:${port}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return true;
    await sleep(100);
  }
  return false;
};

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Runs the kit and says why it failed, if it did. */
const run = (args: string[]): Promise<{ why: string | null }> =>
  new Promise((resolve) => {
    const child = spawn("bash", [KIT, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
      timeout: INSTALL_SECONDS * 1000,
    });
    let said = "";
    child.stderr.on("data", (data) => {
      said += data;
    });
    const told = (): string => `it does not ${args[0] === "install" ? "install" : "run"} here (${lastLine(said)}).`;
    child.once("error", (error) => resolve({ why: error.message }));
    child.once("close", (code) => resolve({ why: code === 0 ? null : told() }));
  });

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
