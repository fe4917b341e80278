/** Tokens are good for more than they were given for. */
import type { Variant } from "../variants.js";

const SESSION = "src/auth/session.ts";

export const tokens: Variant[] = [
  {
    hole: "signatures are not looked at",
    file: SESSION,
    from: "const { payload } = await jwtVerify<unknown>(token, config.jwtSecret, options);",
    to: 'const payload: unknown = JSON.parse(String(Buffer.from(token.split(".")[1] ?? "", "base64url")));',
    probes: ["template.tokens.forged.member", "template.tokens.forged.admin"],
  },
  {
    hole: "a token lasts for ever",
    file: SESSION,
    from: "currentDate: clock.now(),",
    to: "currentDate: new Date(0),",
    probes: ["template.tokens.forged.member", "template.tokens.ended.member", "template.sessions.expiry.member"],
  },
  {
    hole: "a token may have no end",
    file: SESSION,
    from: 'requiredClaims: ["exp"]',
    to: "requiredClaims: []",
    probes: ["template.tokens.forged.member"],
  },
  {
    hole: "a token of any kind gives access",
    file: SESSION,
    from: '  typ: "access";',
    to: "  typ: string;",
    probes: ["template.tokens.forged.member"],
  },
  {
    hole: "a token names an account that is not the session's",
    file: SESSION,
    from: "|| row.accountId !== claims.sub)",
    to: ")",
    probes: ["template.tokens.forged.member"],
  },
  {
    hole: "a refresh token gives access",
    file: SESSION,
    from: "const claims = await readClaims(token);",
    to: `const id = sessionOf(token);
  for (const [actor, store] of Object.entries(id === null ? {} : stores)) {
    const own = await store?.find(id ?? "");
    if (own) return { actor: actor as Actor, id: own.accountId, session: own.id };
  }
  const claims = await readClaims(token);`,
    probes: ["auth.member.refresh.confusion", "template.sessions.confusion.member"],
  },
  {
    hole: "a session that ended gives access",
    file: SESSION,
    from: "if (row === null || !isOpen(row) || row.accountId !== claims.sub)",
    to: "if (row === null || row.accountId !== claims.sub)",
    probes: ["auth.member.refresh.replay", "auth.member.logout.ends", "template.sessions.logout.member"],
  },
  {
    hole: "logging out ends nothing",
    file: SESSION,
    from: "storeOf(caller.actor).revoke(caller.session, clock.now());",
    to: "Promise.resolve();",
    probes: ["auth.member.logout.ends", "template.sessions.logout.member"],
  },
  {
    hole: "a session never ends",
    file: SESSION,
    from: "row.revokedAt === null && row.expiresAt > clock.now()",
    to: "row.revokedAt === null",
    probes: ["template.sessions.expiry.member"],
  },
  {
    hole: "a refresh token is good for more than one exchange",
    file: SESSION,
    from: "isSame(current, row.refreshHash) && (await",
    to: "row.id !== null || (await",
    probes: ["auth.member.refresh.rotation", "auth.member.refresh.replay", "template.sessions.replay.member"],
  },
  {
    hole: "a refresh token that comes twice does the thief no harm",
    file: SESSION,
    from: "    await storeOf(actor).revoke(row.id, clock.now());\n",
    to: "",
    probes: ["auth.member.refresh.replay", "template.sessions.replay.member"],
  },
  {
    hole: "two exchanges at once both win",
    file: "src/actors.ts",
    from: "memberSession.updateMany({\n        where: { id, refreshHash: from, revokedAt: null },",
    to: "memberSession.updateMany({\n        where: { id },",
    probes: ["template.sessions.race.member"],
  },
  {
    hole: "any account passes for any actor",
    file: "src/auth/authorize.ts",
    from: '!actors.includes(caller.actor) && !actors.includes("guest")',
    to: "actors.length === 0",
    probes: ["auth.admin.me.self", "auth.member.join.rights", "notes.create.strangers"],
  },
  {
    hole: "where guests are let in, a bad token is none",
    file: "src/auth/authorize.ts",
    from: 'if (header === undefined && actors.includes("guest"))',
    to: 'if (actors.includes("guest"))',
    probes: ["template.tokens.forged.member"],
  },
  {
    hole: "the body is judged before the caller",
    file: "src/auth/authorize.ts",
    from: "const header = request.headers.authorization;",
    to: 'if (typeof request.body?.text !== "string") return true;\n    const header = request.headers.authorization;',
    probes: ["template.errors.order"],
  },
];
