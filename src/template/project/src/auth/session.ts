/**
 * Sessions: a short access token that proves who calls, and a refresh token that is good for one exchange.
 *
 * The two cannot stand for each other: an access token is a signed JWT, a refresh token is `<session>.<random>`, of
 * which the database knows the hash. Both die with the session.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import typia, { type tags } from "typia";
import { type Actor, sessions } from "../actors";
import type { IAuthorizationToken } from "../api/structures/IAuthorizationToken";
import { clock } from "../clock";
import { config } from "../config";
import { refusal } from "../refusal";
import type { Caller } from "./authorize";

/** A session as its table keeps it. */
export interface SessionRow {
  id: string;
  accountId: string;
  refreshHash: string;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** The session table of one actor. */
export interface SessionStore {
  insert(row: Omit<SessionRow, "revokedAt"> & { createdAt: Date }): Promise<void>;
  find(id: string): Promise<SessionRow | null>;
  /** Exchanges the hash if it still is `from` and the session is not revoked; answers whether it was. */
  rotate(id: string, from: string, to: string, expiresAt: Date): Promise<boolean>;
  revoke(id: string, at: Date): Promise<void>;
}

interface AccessClaims {
  typ: "access";
  actor: string;
  sub: string & tags.Format<"uuid">;
  sid: string & tags.Format<"uuid">;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Opens a session. Not inside a transaction: the row is written on a connection of its own. */
export const openSession = async (actor: Actor, accountId: string): Promise<IAuthorizationToken> => {
  const id = randomUUID();
  const refresh = createRefresh(id);
  const expiresAt = refreshExpiry();
  await storeOf(actor).insert({ id, accountId, refreshHash: hash(refresh), expiresAt, createdAt: clock.now() });
  return issue({ actor, id: accountId, session: id }, refresh, expiresAt);
};

/**
 * Exchanges a refresh token for new tokens.
 *
 * A token that was exchanged before is in two hands, one of them a thief's; nobody can tell which, so the session ends.
 */
export const refreshSession = async (
  actor: Actor,
  refresh: string,
): Promise<{ accountId: string; token: IAuthorizationToken }> => {
  const id = sessionOf(refresh);
  const row = id === null ? null : await storeOf(actor).find(id);
  if (row === null || !isOpen(row)) throw unauthorized();

  const next = createRefresh(row.id);
  const expiresAt = refreshExpiry();
  const current = hash(refresh);
  const exchanged =
    isSame(current, row.refreshHash) && (await storeOf(actor).rotate(row.id, current, hash(next), expiresAt));
  if (!exchanged) {
    await storeOf(actor).revoke(row.id, clock.now());
    throw unauthorized();
  }
  const token = await issue({ actor, id: row.accountId, session: row.id }, next, expiresAt);
  return { accountId: row.accountId, token };
};

export const closeSession = (caller: Caller): Promise<void> =>
  storeOf(caller.actor).revoke(caller.session, clock.now());

/** Whoever holds this access token; 401 if it is not one, has expired, or its session is over. */
export const verifyAccess = async (token: string): Promise<Caller> => {
  const claims = await readClaims(token);
  if (claims === null || !isActor(claims.actor)) throw unauthorized();
  const row = await storeOf(claims.actor).find(claims.sid);
  if (row === null || !isOpen(row) || row.accountId !== claims.sub) throw unauthorized();
  return { actor: claims.actor, id: claims.sub, session: claims.sid };
};

const issue = async (caller: Caller, refresh: string, expiresAt: Date): Promise<IAuthorizationToken> => {
  const now = clock.now();
  const expiredAt = new Date(now.getTime() + config.accessTokenMinutes * MINUTE);
  const access = await new SignJWT({ typ: "access", actor: caller.actor, sid: caller.session })
    .setProtectedHeader({ alg: "HS256" })
    .setSubject(caller.id)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(expiredAt)
    .sign(config.jwtSecret);
  return { access, refresh, expiredAt: expiredAt.toISOString(), refreshableUntil: expiresAt.toISOString() };
};

const readClaims = async (token: string): Promise<AccessClaims | null> => {
  try {
    const options = { algorithms: ["HS256"], currentDate: clock.now(), requiredClaims: ["exp"] };
    const { payload } = await jwtVerify<unknown>(token, config.jwtSecret, options);
    return typia.is<AccessClaims>(payload) ? payload : null;
  } catch {
    return null;
  }
};

const createRefresh = (session: string): string => `${session}.${randomBytes(32).toString("base64url")}`;

const refreshExpiry = (): Date => new Date(clock.now().getTime() + config.refreshTokenDays * DAY);

/** The session a refresh token names, null if it is not shaped like one. */
const sessionOf = (refresh: string): string | null => {
  const [id, random, ...rest] = refresh.split(".");
  return rest.length === 0 && random && typia.is<string & tags.Format<"uuid">>(id) ? id : null;
};

const isOpen = (row: SessionRow): boolean => row.revokedAt === null && row.expiresAt > clock.now();

const hash = (refresh: string): string => createHash("sha256").update(refresh).digest("hex");

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** By name, because a project without actors has no table to look up. */
const stores: Partial<Record<string, SessionStore>> = sessions;

const isActor = (name: string): name is Actor => Object.hasOwn(stores, name);

const storeOf = (actor: Actor): SessionStore => {
  const store = stores[actor];
  if (store === undefined) throw new Error(`There is no actor "${actor}".`);
  return store;
};

const unauthorized = () => refusal(401, "UNAUTHORIZED", "Sign in first: the token is missing, wrong or expired.");
