/** One signal drains, the second ends at once; an echo of the first is not a second. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const IO = fileURLToPath(new URL("../../dist/io/interruption.js", import.meta.url));

/** Never ends by itself, says `ready`, and says `draining` at the first signal. */
const endless = async (): Promise<{ child: ChildProcess; code: Promise<number | null> }> => {
  const text = `
    import { onInterruption } from ${JSON.stringify(`file://${IO}`)};
    const { signal } = onInterruption({ now: () => {} }, 130);
    setInterval(() => {}, 1000);
    signal.addEventListener("abort", () => console.log("draining"));
    console.log("ready");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", text], { stdio: ["ignore", "pipe", "pipe"] });
  await says(child, "ready");
  return { child, code: new Promise((resolve) => child.on("exit", resolve)) };
};

const says = (child: ChildProcess, word: string): Promise<void> =>
  new Promise((resolve) =>
    child.stdout!.on("data", (data) => {
      if (String(data).includes(word)) resolve();
    }),
  );

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s, and once more", async (signal) => {
  const { child, code } = await endless();
  const draining = says(child, "draining");
  child.kill(signal);
  await draining;
  await wait(250);
  expect(child.exitCode).toBeNull();
  child.kill(signal);
  expect(await code).toBe(130);
});

test("what npx passes on beside the terminal is one and the same Ctrl-C", async () => {
  const { child, code } = await endless();
  const draining = says(child, "draining");
  child.kill("SIGINT");
  await draining;
  child.kill("SIGINT");
  await wait(400);
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  expect(await code).toBe(130);
});
