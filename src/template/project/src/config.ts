/** Everything the environment decides, read and judged once. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { loadEnvFile } from "node:process";

export interface Config {
  mode: "production" | "development" | "test";
  host: string;
  port: number;
  database: {
    /** Without one, PGlite runs inside this process. */
    url: string | null;
    schema: string | null;
    /** Where PGlite keeps its files; null is memory only. */
    directory: string | null;
  };
  jwtSecret: Uint8Array;
  /** The secret was made up at this start and dies with it. */
  isSecretEphemeral: boolean;
  accessTokenMinutes: number;
  refreshTokenDays: number;
  passwordCost: PasswordCost;
  /** Requests that one address may send to /auth, reading aside. */
  authRequestsPerMinute: number;
  bodyBytes: number;
  corsOrigins: string[];
  /** How many proxies in front of us may name the caller's address. */
  trustedProxies: number;
}

/** Parameters of scrypt. */
export interface PasswordCost {
  N: number;
  r: number;
  p: number;
}

/** The folder of package.json and prisma/, wherever the compiled files lie. */
export const projectRoot = (): string => {
  if (process.env.PROJECT_ROOT) return resolve(process.env.PROJECT_ROOT);
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, "prisma", "migrations"))) return folder;
  throw new Error("There is no folder prisma/migrations above " + __dirname + "; set PROJECT_ROOT.");
};

export const readConfig = (environment: NodeJS.ProcessEnv): Config => {
  const mode = readMode(environment.NODE_ENV);
  const test = mode === "test";
  const secret = readSecret(environment.JWT_SECRET, mode);
  return {
    mode,
    host: environment.HOST || (mode === "production" ? "0.0.0.0" : "127.0.0.1"),
    port: readNumber(environment, "PORT", 3000),
    database: {
      url: environment.DATABASE_URL || null,
      schema: environment.DATABASE_SCHEMA || null,
      directory: environment.PGLITE_DIR || (test ? null : join(projectRoot(), ".data", "pglite")),
    },
    jwtSecret: secret ?? randomBytes(48),
    isSecretEphemeral: secret === null,
    accessTokenMinutes: readNumber(environment, "ACCESS_TOKEN_MINUTES", 15),
    refreshTokenDays: readNumber(environment, "REFRESH_TOKEN_DAYS", 30),
    // 32 MiB and three passes: one of the settings OWASP recommends. Tests only need it to be the same algorithm.
    passwordCost: test ? { N: 2 ** 10, r: 8, p: 1 } : { N: 2 ** 15, r: 8, p: 3 },
    authRequestsPerMinute: readNumber(environment, "AUTH_REQUESTS_PER_MINUTE", test ? 1_000_000 : 20),
    bodyBytes: 1024 * 1024,
    corsOrigins: (environment.CORS_ORIGINS ?? "").split(",").filter((origin) => origin !== ""),
    trustedProxies: readNumber(environment, "TRUSTED_PROXIES", 0),
  };
};

const readMode = (text: string | undefined): Config["mode"] =>
  text === "production" || text === "test" ? text : "development";

/** A secret that is too short is refused in every mode; none at all is refused in production. */
const readSecret = (text: string | undefined, mode: Config["mode"]): Uint8Array | null => {
  if (!text && mode !== "production") return null;
  if (!text) throw new Error("JWT_SECRET is not set. In production it must be 32 random characters or more.");
  if (text.length < 32) throw new Error("JWT_SECRET is too short. It must be 32 random characters or more.");
  return new TextEncoder().encode(text);
};

const readNumber = (environment: NodeJS.ProcessEnv, name: string, fallback: number): number => {
  const text = environment[name];
  if (!text) return fallback;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not "${text}".`);
  return value;
};

const file = join(projectRoot(), ".env");
if (readMode(process.env.NODE_ENV) === "development" && existsSync(file)) loadEnvFile(file);

export const config: Config = readConfig(process.env);
