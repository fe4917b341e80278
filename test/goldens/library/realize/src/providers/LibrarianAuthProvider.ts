import type { ILibrarian } from "../api/structures/ILibrarian";
import type { Caller } from "../auth/authorize";
import { verifyPassword } from "../auth/password";
import { closeSession, openSession, refreshSession } from "../auth/session";
import { database } from "../database";
import { refusal } from "../refusal";
import { LibrarianTransformer } from "../transformers/LibrarianTransformer";

export namespace LibrarianAuthProvider {
  export const login = async (props: { body: ILibrarian.ILogin }): Promise<ILibrarian.IAuthorized> => {
    const row = await database.client.librarian.findUnique({
      where: { email: props.body.email.toLowerCase() },
      select: { ...LibrarianTransformer.select(), passwordHash: true },
    });
    const isVerified = await verifyPassword(props.body.password, row?.passwordHash ?? null);
    if (row === null || !isVerified) throw refusal(401, "LOGIN_FAILED", "The e-mail address or the password is wrong.");
    return { account: LibrarianTransformer.transform(row), token: await openSession("librarian", row.id) };
  };

  export const refresh = async (props: { body: ILibrarian.IRefresh }): Promise<ILibrarian.IAuthorized> => {
    const { accountId, token } = await refreshSession("librarian", props.body.refresh);
    const row = await database.client.librarian.findUnique({
      where: { id: accountId },
      select: LibrarianTransformer.select(),
    });
    if (row === null) throw refusal(401, "UNAUTHORIZED", "The account does not exist any more.");
    return { account: LibrarianTransformer.transform(row), token };
  };

  export const logout = async (props: { caller: Caller }): Promise<void> => closeSession(props.caller);

  export const me = async (props: { caller: Caller }): Promise<ILibrarian> => {
    const row = await database.client.librarian.findUnique({
      where: { id: props.caller.id },
      select: LibrarianTransformer.select(),
    });
    if (row === null) throw refusal(401, "UNAUTHORIZED", "The account does not exist any more.");
    return LibrarianTransformer.transform(row);
  };
}
