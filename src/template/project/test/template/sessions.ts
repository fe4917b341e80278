import type { Actor } from "../../src/actors";
import { closeSession, refreshSession, verifyAccess } from "../../src/auth/session";
import { config } from "../../src/config";
import { Refusal } from "../../src/refusal";
import type { Bed } from "../bed";
import { actors, scenarioForEachActor } from "../probe";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const forEachActor = (name: string, title: string, run: (bed: Bed, actor: Actor) => Promise<void>): void =>
  scenarioForEachActor(`template.sessions.${name}`, title, run);

const refused = async (bed: Bed, title: string, task: () => Promise<unknown>): Promise<void> => {
  const answer = await task().catch((error: unknown) => error);
  bed.equals(title, answer instanceof Refusal ? answer.getStatus() : answer, 401);
};

forEachActor("confusion", "no token stands for another", async (bed, actor) => {
  const { token } = await bed.account(actor);
  await refused(bed, "refresh token as access token", () => verifyAccess(token.refresh));
  await refused(bed, "access token as refresh token", () => refreshSession(actor, token.access));
  for (const other of actors.filter((name) => name !== actor))
    await refused(bed, `refresh token at ${other}`, () => refreshSession(other, token.refresh));
  await refused(bed, "nothing", () => verifyAccess(""));
  await refused(bed, "not a session", () => refreshSession(actor, `session.${token.refresh.split(".")[1]}`));
  bed.equals("the session lives on", (await verifyAccess(token.access)).actor, actor);
});

forEachActor("replay", "a refresh token that comes twice ends the session", async (bed, actor) => {
  const { id, token: first } = await bed.account(actor);
  const { accountId, token: second } = await refreshSession(actor, first.refresh);
  bed.equals("account", accountId, id);
  bed.equals("new access token", (await verifyAccess(second.access)).id, id);
  await refused(bed, "the first again", () => refreshSession(actor, first.refresh));
  await refused(bed, "the second, too", () => refreshSession(actor, second.refresh));
  await refused(bed, "access of the session", () => verifyAccess(second.access));
});

forEachActor("race", "of two exchanges at once one wins at most", async (bed, actor) => {
  const { token } = await bed.account(actor);
  const answers = await Promise.allSettled([
    refreshSession(actor, token.refresh),
    refreshSession(actor, token.refresh),
  ]);
  bed.ok("one at most", answers.filter(({ status }) => status === "fulfilled").length <= 1);
});

forEachActor("logout", "signing out ends this session and no other", async (bed, actor) => {
  const here = await bed.account(actor);
  const there = await bed.account(actor);
  await closeSession(await verifyAccess(here.token.access));
  await refused(bed, "access", () => verifyAccess(here.token.access));
  await refused(bed, "refresh", () => refreshSession(actor, here.token.refresh));
  bed.equals("the other lives on", (await verifyAccess(there.token.access)).id, there.id);
});

forEachActor("expiry", "tokens end when they say", async (bed, actor) => {
  const { token } = await bed.account(actor);
  bed.clock.shift((config.accessTokenMinutes + 1) * MINUTE);
  await refused(bed, "access after its time", () => verifyAccess(token.access));
  const { token: next } = await refreshSession(actor, token.refresh);
  bed.equals("new access token", (await verifyAccess(next.access)).actor, actor);
  bed.clock.shift((config.refreshTokenDays + 1) * DAY);
  await refused(bed, "refresh after its time", () => refreshSession(actor, next.refresh));
});
