import type { IReader } from "../api/structures/IReader";
import type { Caller } from "../auth/authorize";
import { hashPassword, verifyPassword } from "../auth/password";
import { closeSession, openSession, refreshSession } from "../auth/session";
import { ReaderCollector } from "../collectors/ReaderCollector";
import { database } from "../database";
import { refusal } from "../refusal";
import { ReaderTransformer } from "../transformers/ReaderTransformer";

export namespace ReaderAuthProvider {
  export const join = async (props: { body: IReader.IJoin }): Promise<IReader.IAuthorized> => {
    const passwordHash = await hashPassword(props.body.password);
    const row = await database.client.reader.create({
      data: ReaderCollector.create({ body: props.body, passwordHash }),
      select: ReaderTransformer.select(),
    });
    return { account: ReaderTransformer.transform(row), token: await openSession("reader", row.id) };
  };

  export const login = async (props: { body: IReader.ILogin }): Promise<IReader.IAuthorized> => {
    const row = await database.client.reader.findUnique({
      where: { email: props.body.email.toLowerCase() },
      select: { ...ReaderTransformer.select(), passwordHash: true },
    });
    const isVerified = await verifyPassword(props.body.password, row?.passwordHash ?? null);
    if (row === null || !isVerified) throw refusal(401, "LOGIN_FAILED", "The e-mail address or the password is wrong.");
    return { account: ReaderTransformer.transform(row), token: await openSession("reader", row.id) };
  };

  export const refresh = async (props: { body: IReader.IRefresh }): Promise<IReader.IAuthorized> => {
    const { accountId, token } = await refreshSession("reader", props.body.refresh);
    const row = await database.client.reader.findUnique({
      where: { id: accountId },
      select: ReaderTransformer.select(),
    });
    if (row === null) throw refusal(401, "UNAUTHORIZED", "The account does not exist any more.");
    return { account: ReaderTransformer.transform(row), token };
  };

  export const logout = async (props: { caller: Caller }): Promise<void> => closeSession(props.caller);

  export const me = async (props: { caller: Caller }): Promise<IReader> => {
    const row = await database.client.reader.findUnique({
      where: { id: props.caller.id },
      select: ReaderTransformer.select(),
    });
    if (row === null) throw refusal(401, "UNAUTHORIZED", "The account does not exist any more.");
    return ReaderTransformer.transform(row);
  };
}
