/** What the authentication needs to know of the tables of this project. */
import type { SessionStore } from "./auth/session";
import { database } from "./database";

/** Everybody who can sign in. */
export type Actor = "member";

/** One session table per actor. */
export const sessions: Record<Actor, SessionStore> = {
  member: {
    insert: async ({ accountId, ...row }) => {
      await database.client.memberSession.create({ data: { ...row, memberId: accountId } });
    },
    find: async (id) => {
      const row = await database.client.memberSession.findUnique({ where: { id } });
      return row === null ? null : { ...row, accountId: row.memberId };
    },
    rotate: async (id, from, to, expiresAt) => {
      const { count } = await database.client.memberSession.updateMany({
        where: { id, refreshHash: from, revokedAt: null },
        data: { refreshHash: to, expiresAt },
      });
      return count === 1;
    },
    revoke: async (id, at) => {
      await database.client.memberSession.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
    },
  },
};

/** Nobody is invited. */
export const seeds: Partial<Record<Actor, (email: string, passwordHash: string) => Promise<string>>> = {};
