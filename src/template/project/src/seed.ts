/** `npm run seed`: the first account of each actor who cannot sign up, from SEED_<ACTOR>_EMAIL and SEED_<ACTOR>_PASSWORD. */
import typia, { type tags } from "typia";
import { type Actor, seeds } from "./actors";
import { hashPassword } from "./auth/password";
import { database } from "./database";

/** Answers the id of the account with that e-mail; one that exists is left as it is. */
export const seedAccount = async (actor: Actor, email: string, password: string): Promise<string> => {
  const seed = seeders[actor];
  if (seed === undefined) throw new Error(`An account of "${actor}" is made by signing up, not by a seed.`);
  return seed(email.toLowerCase(), await hashPassword(password));
};

const SHORTEST_PASSWORD = 12;

/** By name, because a project may have no actor at all. */
const seeders: Partial<Record<string, (email: string, passwordHash: string) => Promise<string>>> = seeds;

interface Seed {
  actor: Actor;
  prefix: string;
  email: string;
  password: string;
}

const main = async (): Promise<void> => {
  const all = (Object.keys(seeders) as Actor[]).map(readSeed);
  if (all.length === 0) process.stdout.write("Nothing to seed: everybody signs up.\n");
  for (const { actor, prefix } of all.filter(({ email }) => email === ""))
    process.stdout.write(`${actor}: skipped, ${prefix}_EMAIL is not set\n`);

  const wanted = all.filter(({ email }) => email !== "");
  wanted.forEach(judge);
  if (wanted.length === 0) return;
  await database.connect();
  try {
    for (const { actor, email, password } of wanted)
      process.stdout.write(`${actor}: ${email} is account ${await seedAccount(actor, email, password)}\n`);
  } finally {
    await database.close();
  }
};

/** `storeManager` is read from SEED_STORE_MANAGER_… */
const readSeed = (actor: Actor): Seed => {
  const prefix =
    "SEED_" +
    String(actor)
      .replace(/(?=[A-Z])/g, "_")
      .toUpperCase();
  const email = (process.env[prefix + "_EMAIL"] ?? "").trim();
  return { actor, prefix, email, password: process.env[prefix + "_PASSWORD"] ?? "" };
};

const judge = ({ prefix, email, password }: Seed): void => {
  if (!typia.is<string & tags.Format<"email">>(email)) throw new Error(`${prefix}_EMAIL is no e-mail address.`);
  if (password.length < SHORTEST_PASSWORD)
    throw new Error(`${prefix}_PASSWORD must have ${SHORTEST_PASSWORD} characters or more.`);
};

if (require.main === module)
  main().catch((error: unknown) => {
    process.stderr.write(`Could not seed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
