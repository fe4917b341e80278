/** How a fresh account of each actor is made. */
import type { Actor } from "../src/actors";
import api from "../src/api";
import type { IReader } from "../src/api/structures/IReader";
import { seedAccount } from "../src/seed";
import type { Account, Bed } from "./bed";

export const accounts: Record<Actor, (bed: Bed) => Promise<Account>> = {
  reader: async (bed) => {
    const body = { email: bed.email(), password: "correct horse battery" } satisfies IReader.IJoin;
    const { account, token } = await api.functional.auth.reader.join(bed.anonymous, { body });
    return { id: account.id, email: body.email, password: body.password, token, connection: bed.connect(token.access) };
  },
  librarian: async (bed) => {
    const [email, password] = [bed.email(), "correct horse battery"];
    await seedAccount("librarian", email, password);
    const { account, token } = await api.functional.auth.librarian.login(bed.anonymous, { body: { email, password } });
    return { id: account.id, email, password, token, connection: bed.connect(token.access) };
  },
};
