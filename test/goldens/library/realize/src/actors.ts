import type { SessionStore } from "./auth/session";
import { clock } from "./clock";
import { database } from "./database";
import { randomUUID } from "node:crypto";

/** What authentication needs to know of the tables of this project. */
export type Actor = "reader" | "librarian";

/** One session table per actor. */
export const sessions: Record<Actor, SessionStore> = {
  reader: {
    insert: async ({ accountId, ...row }) => {
      await database.client.readerSession.create({ data: { ...row, readerId: accountId } });
    },
    find: async (id) => {
      const row = await database.client.readerSession.findUnique({ where: { id } });
      return row === null ? null : { ...row, accountId: row.readerId };
    },
    rotate: async (id, from, to, expiresAt) => {
      const { count } = await database.client.readerSession.updateMany({
        where: { id, refreshHash: from, revokedAt: null },
        data: { refreshHash: to, expiresAt },
      });
      return count === 1;
    },
    revoke: async (id, at) => {
      await database.client.readerSession.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
    },
  },
  librarian: {
    insert: async ({ accountId, ...row }) => {
      await database.client.librarianSession.create({ data: { ...row, librarianId: accountId } });
    },
    find: async (id) => {
      const row = await database.client.librarianSession.findUnique({ where: { id } });
      return row === null ? null : { ...row, accountId: row.librarianId };
    },
    rotate: async (id, from, to, expiresAt) => {
      const { count } = await database.client.librarianSession.updateMany({
        where: { id, refreshHash: from, revokedAt: null },
        data: { refreshHash: to, expiresAt },
      });
      return count === 1;
    },
    revoke: async (id, at) => {
      await database.client.librarianSession.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
    },
  },
};

/** Accounts of invited actors: the id of the account with that e-mail, which is made if there is none. */
export const seeds: Partial<Record<Actor, (email: string, passwordHash: string) => Promise<string>>> = {
  librarian: async (email, passwordHash) => {
    const { id } = await database.client.librarian.upsert({
      where: { email },
      create: { id: randomUUID(), email, passwordHash, createdAt: clock.now(), updatedAt: clock.now() },
      update: {},
      select: { id: true },
    });
    return id;
  },
};
