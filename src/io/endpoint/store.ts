/** Keeps what was learned of each endpoint and model in the user's cache folder: no key, no request, only the form it takes. */
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import type { Form } from "./form.js";
import type { EndpointSettings } from "./settings.js";

export type EndpointIdentity = Pick<EndpointSettings, "baseUrl" | "provider"> & { model: string };

/** A cache: what cannot be read was not there, what cannot be written is learned again. */
export interface ProfileStore {
  load(identity: EndpointIdentity): Promise<Form | null>;
  save(identity: EndpointIdentity, form: Form): Promise<void>;
}

export const fileStore = (folder: string, now: () => number = Date.now): ProfileStore => {
  const read = async (identity: EndpointIdentity): Promise<z.infer<typeof Entry> | null> => {
    const text = await readFile(join(folder, fileOf(identity)), "utf8").catch(() => null);
    const entry = text === null ? null : parsed(text);
    return entry !== null && now() - entry.since < LONGEST && entry.since <= now() ? entry : null;
  };
  return {
    load: async (identity) => (await read(identity))?.form ?? null,
    save: async (identity, form) => {
      // the age is that of the oldest lesson: a server may have been mended since, and success does not tell
      const since = (await read(identity))?.since ?? now();
      const { origin, pathname } = new URL(identity.baseUrl);
      const entry = { version: VERSION, endpoint: origin + pathname, model: identity.model, since, form };
      await write(folder, fileOf(identity), `${JSON.stringify(entry, null, 2)}\n`).catch(() => {});
    },
  };
};

/** The platform's habit; `XDG_CACHE_HOME` goes before it. */
export const cacheFolder = (
  environment: Record<string, string | undefined>,
  platform: NodeJS.Platform = process.platform,
): string => {
  const home = homedir();
  const given = environment["XDG_CACHE_HOME"]?.trim();
  if (given) return join(given, "autobe");
  if (platform === "darwin") return join(home, "Library", "Caches", "autobe");
  if (platform === "win32")
    return join(environment["LOCALAPPDATA"] || join(home, "AppData", "Local"), "autobe", "Cache");
  return join(home, ".cache", "autobe");
};

const VERSION = 1;
/** Thirty days in milliseconds. */
const LONGEST = 30 * 24 * 3_600_000;

const FormShape = z.object({
  rung: z.literal([0, 1, 2, 3, 4, 5, 6, 7]),
  told: z.boolean(),
  strict: z.boolean(),
  toolChoice: z.enum(["required", "auto"]).nullable(),
  cap: z.enum(["max_tokens", "max_completion_tokens"]).nullable(),
  most: z.number().int().positive().nullable(),
  room: z.number().int().min(1).max(8),
  thinking: z.boolean(),
  echo: z.enum(["none", "unknown", "all"]),
  refused: z.array(z.string().max(60)).max(40),
}) satisfies z.ZodType<Form>;

const Entry = z.object({ version: z.literal(VERSION), since: z.number(), form: FormShape });

const parsed = (text: string): z.infer<typeof Entry> | null => {
  try {
    return Entry.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
};

const fileOf = ({ baseUrl, provider, model }: EndpointIdentity): string => {
  const identity = JSON.stringify([baseUrl, provider, model]);
  return `endpoint-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}.json`;
};

/** Whole or not at all, whoever else writes. */
const write = async (folder: string, name: string, text: string): Promise<void> => {
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `.${name}.${randomUUID()}`);
  try {
    await writeFile(aside, text, { mode: 0o600 });
    await rename(aside, join(folder, name));
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
};
