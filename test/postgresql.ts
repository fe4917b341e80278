/** A real PostgreSQL for tests: the one at a URL, or one of the machine's own that is started in a folder of its own and gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Client } from "pg";
import type { Session } from "./database/catalog.js";

export interface Server {
  url: string;
  stop(): Promise<void>;
}

/** Null where no PostgreSQL of version 15 or later is installed; whoever asked says that it was left out. */
export const startPostgresql = async (url?: string): Promise<Server | null> => {
  if (url !== undefined) return { url, stop: async () => {} };
  const binaries = findBinaries();
  const owner = findOwner();
  return binaries === null || owner === null ? null : start(binaries, owner);
};

/** A session of its own, in a schema of its own that is dropped with it. */
export const openSchema = async (server: Server, name: string): Promise<Session & { close(): Promise<void> }> => {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(
    `SET TIME ZONE 'UTC'; DROP SCHEMA IF EXISTS "${name}" CASCADE; CREATE SCHEMA "${name}"; SET search_path TO "${name}"`,
  );
  return {
    exec: (sql) => client.query(sql),
    query: (sql) => client.query(sql),
    close: async () => {
      await client.query(`ROLLBACK; SET client_min_messages TO WARNING; DROP SCHEMA "${name}" CASCADE`).catch(() => {});
      await client.end();
    },
  };
};

/** Those of the PATH first, then where Debian and its likes put them, the latest first. */
const findBinaries = (): string | null => {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  return (
    folders.find((folder) => {
      if (!["initdb", "postgres"].every((name) => existsSync(join(folder, name)))) return false;
      const told = execFileSync(join(folder, "postgres"), ["--version"], { encoding: "utf8" });
      return Number(/(\d+)/.exec(told)?.[1]) >= 15;
    }) ?? null
  );
};

const start = async (binaries: string, owner: Owner): Promise<Server> => {
  const folder = mkdtempSync(join(tmpdir(), "autobe-postgresql-"));
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid!);
  const data = join(folder, "data");
  const options = ["--auth=trust", "--username=postgres", "--no-sync", "--encoding=UTF8", "--locale=C"];
  execFileSync(join(binaries, "initdb"), ["-D", data, ...options], { ...owner, cwd: folder, stdio: "pipe" });
  const port = await freePort();
  const settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=127.0.0.1"];
  const child = spawn(
    join(binaries, "postgres"),
    ["-D", data, "-p", String(port), "-k", folder, ...settings.flatMap((one) => ["-c", one])],
    { ...owner, cwd: folder, stdio: "ignore" },
  );
  // a run that breaks off leaves no server behind
  const end = (): void => void child.kill("SIGQUIT");
  process.once("exit", end);
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const stop = async (): Promise<void> => {
    process.off("exit", end);
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await ready(url);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
};

interface Owner {
  uid?: number;
  gid?: number;
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made, null where there is none. */
const findOwner = (): Owner | null => {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  try {
    return { uid: idOf("-u"), gid: idOf("-g") };
  } catch {
    return null;
  }
};

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGINT");
  });

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const ready = async (url: string): Promise<void> => {
  for (let attempt = 0; ; ++attempt) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      await client.end().catch(() => {});
      if (attempt > 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
};
