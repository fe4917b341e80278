/** Passwords are kept as `scrypt$N$r$p$salt$key`, so that the cost can rise without locking anybody out. */
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { config, type PasswordCost } from "../config";

export const hashPassword = async (plain: string, cost: PasswordCost = config.passwordCost): Promise<string> => {
  const salt = randomBytes(16);
  const key = await derive(plain, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), key.toString("base64url")].join("$");
};

/** With `null` – there is no such account – it works as long and answers false, so that time tells nobody who exists. */
export const verifyPassword = async (plain: string, stored: string | null): Promise<boolean> => {
  const [, N, r, p, salt, key] = (stored ?? absent()).split("$");
  const expected = Buffer.from(key, "base64url");
  const actual = await derive(plain, Buffer.from(salt, "base64url"), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(actual, expected) && stored !== null;
};

const KEY_BYTES = 32;
const deriveKey = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** The same password typed on two keyboards may differ in its bytes; normalisation makes them one. */
const derive = (plain: string, salt: Buffer, { N, r, p }: PasswordCost): Promise<Buffer> =>
  deriveKey(plain.normalize("NFKC"), salt, KEY_BYTES, { N, r, p, maxmem: 128 * r * (N + p + 2) });

const absent = (): string => {
  const { N, r, p } = config.passwordCost;
  return ["scrypt", N, r, p, randomBytes(16).toString("base64url"), randomBytes(KEY_BYTES).toString("base64url")].join(
    "$",
  );
};
