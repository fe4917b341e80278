import { randomUUID } from "node:crypto";
import type { IMember } from "../api/structures/IMember";
import type { Caller } from "../auth/authorize";
import { hashPassword, verifyPassword } from "../auth/password";
import { closeSession, openSession, refreshSession } from "../auth/session";
import { clock } from "../clock";
import { database } from "../database";
import { refusal } from "../refusal";

export namespace MemberAuthProvider {
  export const join = async ({ body }: { body: IMember.IJoin }): Promise<IMember.IAuthorized> => {
    const passwordHash = await hashPassword(body.password);
    const { id } = await database.client.member.create({
      data: { id: randomUUID(), email: body.email, passwordHash, createdAt: clock.now() },
    });
    return { ...(await read(id)), token: await openSession("member", id) };
  };

  export const login = async ({ body }: { body: IMember.ILogin }): Promise<IMember.IAuthorized> => {
    const row = await database.client.member.findUnique({ where: { email: body.email } });
    const verified = await verifyPassword(body.password, row?.passwordHash ?? null);
    if (row === null || !verified) throw refusal(401, "LOGIN_FAILED", "The e-mail address or the password is wrong.");
    return { ...(await read(row.id)), token: await openSession("member", row.id) };
  };

  export const refresh = async ({ body }: { body: IMember.IRefresh }): Promise<IMember.IAuthorized> => {
    const { accountId, token } = await refreshSession("member", body.refresh);
    return { ...(await read(accountId)), token };
  };

  export const logout = async ({ caller }: { caller: Caller }): Promise<void> => closeSession(caller);

  export const me = async ({ caller }: { caller: Caller }): Promise<IMember> => read(caller.id);

  const read = async (id: string): Promise<IMember> => {
    const row = await database.client.member.findUnique({ where: { id } });
    if (row === null) throw refusal(401, "UNAUTHORIZED", "The account does not exist any more.");
    return { id: row.id, email: row.email, createdAt: row.createdAt.toISOString() };
  };
}
