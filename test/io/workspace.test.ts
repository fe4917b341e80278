/** The folder of a run: foreign files are refused, edited ones kept. */
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openExisting, openWorkspace } from "../../src/io/workspace.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "autobe-"));
});
afterAll(() => rm(folder, { recursive: true }));

let count = 0;
const fresh = () => join(folder, `out-${++count}`);
const begun = async (out: string) => {
  const workspace = await openWorkspace(out);
  await writeFile(workspace.journal, "{}\n");
  return workspace;
};

describe("a workspace", () => {
  test("begins in a new or empty folder, not among foreign files", async () => {
    const out = fresh();
    await (await begun(out)).close();
    const foreign = fresh();
    await mkdir(foreign);
    await writeFile(join(foreign, "thesis.doc"), "x");
    await expect(openWorkspace(foreign)).rejects.toMatchObject({ name: "Failure", code: "WORKSPACE.FOREIGN_FILES" });
    expect(await readdir(foreign)).toEqual(["thesis.doc"]);
    await expect(openWorkspace(join(foreign, "thesis.doc"))).rejects.toMatchObject({ code: "WORKSPACE.NO_FOLDER" });
    await expect(openExisting(foreign)).rejects.toMatchObject({ code: "WORKSPACE.NOT_OURS" });
  });

  test("leaves nothing behind where no run began", async () => {
    const out = fresh();
    await (await openWorkspace(out)).close();
    await expect(readdir(out)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("writes, overwrites what is its own, and keeps what was edited by hand", async () => {
    const out = fresh();
    const workspace = await begun(out);
    const read = (path: string) => readFile(join(out, path), "utf8");
    expect(await workspace.write({ "src/a.ts": "1", "b.md": "1" })).toEqual({
      written: ["b.md", "src/a.ts"],
      unchanged: [],
      kept: [],
    });
    await writeFile(join(out, "b.md"), "mine");
    expect(await workspace.write({ "src/a.ts": "2", "b.md": "2" })).toEqual({
      written: ["src/a.ts"],
      unchanged: [],
      kept: ["b.md"],
    });
    expect([await read("src/a.ts"), await read("b.md"), await read("b.md.autobe-new")]).toEqual(["2", "mine", "2"]);
    await workspace.close();
  });

  test("offers nothing where only the user changed a file, and takes over what the user took over", async () => {
    const out = fresh();
    const workspace = await begun(out);
    await workspace.write({ a: "1" });
    await writeFile(join(out, "a"), "mine");
    expect((await workspace.write({ a: "1" })).kept).toEqual([]);
    expect(await readdir(out)).not.toContain("a.autobe-new");
    await writeFile(join(out, "a"), "2");
    expect((await workspace.write({ a: "2" })).unchanged).toEqual(["a"]);
    expect((await workspace.write({ a: "3" })).written).toEqual(["a"]);
    await workspace.close();
  });

  test("takes back what it offered once there is nothing to offer", async () => {
    const out = fresh();
    const workspace = await begun(out);
    await workspace.write({ a: "1", b: "1" });
    for (const path of ["a", "b"]) await writeFile(join(out, path), "mine");
    await workspace.write({ a: "2", b: "2" });
    await writeFile(join(out, "b"), "2");
    expect((await workspace.write({ a: "1", b: "2" })).kept).toEqual([]);
    expect((await readdir(out)).sort()).toEqual([".autobe", "a", "b"]);
    expect(await readFile(join(out, "a"), "utf8")).toBe("mine");
    await workspace.close();
  });

  test("offers a new text until it is deleted, and the next one again", async () => {
    const out = fresh();
    const workspace = await begun(out);
    await workspace.write({ "src/a": "1" });
    await writeFile(join(out, "src/a"), "mine");
    for (const _ of [1, 2]) expect((await workspace.write({ "src/a": "2" })).kept).toEqual(["src/a"]);
    await writeFile(join(out, "src/a"), "mine and 2");
    await rm(join(out, "src/a.autobe-new"));
    for (const _ of [1, 2]) expect((await workspace.write({ "src/a": "2" })).unchanged).toEqual(["src/a"]);
    expect(await readdir(join(out, "src"))).toEqual(["a"]);
    expect((await workspace.write({ "src/a": "3" })).kept).toEqual(["src/a"]);
    expect(await readFile(join(out, "src/a"), "utf8")).toBe("mine and 2");
    await workspace.close();
  });

  test("takes its own half-done write for its own", async () => {
    const out = fresh();
    const workspace = await begun(out);
    await workspace.write({ a: "1" });
    await writeFile(join(out, "a"), "2"); // killed before it was remembered
    expect((await workspace.write({ a: "2" })).kept).toEqual([]);
    expect((await workspace.write({ a: "3" })).written).toEqual(["a"]);
    await workspace.close();
  });

  test("prunes what is no longer generated, but nothing edited and nothing foreign", async () => {
    const out = fresh();
    const workspace = await begun(out);
    await workspace.write({ "src/old.ts": "1", "src/edited.ts": "1", kept: "1" });
    await writeFile(join(out, "src/edited.ts"), "mine");
    await writeFile(join(out, "src/foreign.ts"), "theirs");
    expect(await workspace.prune(["kept"])).toEqual(["src/old.ts"]);
    expect((await readdir(join(out, "src"))).sort()).toEqual(["edited.ts", "foreign.ts"]);
    await workspace.close();
  });

  test.each(["../out", "/etc/x", ".autobe/journal.jsonl", "a/../b"])("a file called %s is a Bug", async (path) => {
    const workspace = await openWorkspace(fresh());
    await expect(workspace.write({ [path]: "x" })).rejects.toMatchObject({ name: "Bug" });
    await workspace.close();
  });
});

describe("a lock", () => {
  test("keeps a second run out while the first lives, and is taken over when it is dead", async () => {
    const out = fresh();
    const child = spawn("sleep", ["60"]);
    await (await begun(out)).close();
    const lock = join(out, ".autobe", "lock");
    await writeFile(lock, JSON.stringify({ pid: child.pid, host: hostname() }));
    await expect(openWorkspace(out)).rejects.toMatchObject({ name: "Failure", code: "WORKSPACE.LOCKED" });
    child.kill("SIGKILL");
    await new Promise((resolve) => child.on("exit", resolve));
    const workspace = await openWorkspace(out);
    expect(JSON.parse(await readFile(lock, "utf8")).pid).toBe(process.pid);
    await workspace.close();
    expect(await readdir(join(out, ".autobe"))).not.toContain("lock");
  });

  test("of another machine is not judged, and its file is named", async () => {
    const out = fresh();
    await (await begun(out)).close();
    await writeFile(join(out, ".autobe", "lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
    await expect(openWorkspace(out)).rejects.toMatchObject({ next: expect.stringContaining("lock") });
  });
});
