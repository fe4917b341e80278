/** How a test comes by a fresh account of each actor. */
import { randomUUID } from "node:crypto";
import type { Actor } from "../src/actors";
import api from "../src/api";
import type { Account, Bed } from "./bed";

export const accounts: Record<Actor, (bed: Bed) => Promise<Account>> = {
  member: async (bed) => {
    const email = bed.email();
    const password = randomUUID();
    const { id, token } = await api.functional.auth.member.join(bed.anonymous, { body: { email, password } });
    return { id, email, password, token, connection: bed.connect(token.access) };
  },
};
