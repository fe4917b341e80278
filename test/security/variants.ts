/** Holes that people leave in backends, each as one change of a text of the secured service, and the tests that must see it. */

export interface Variant {
  hole: string;
  file: string;
  /** Stands in the file exactly once. */
  from: string;
  to: string;
  /** Tests that pass on the service as it is and fail with the hole, each by an assertion. */
  probes: string[];
}

const NOTES = "src/providers/NoteProvider.ts";
const NOTE_BODY = "src/collectors/NoteCollector.ts";
const MEMBER_BODY = "src/collectors/MemberCollector.ts";
const ENTRANCE = "src/providers/MemberAuthProvider.ts";
const SESSION = "src/auth/session.ts";
const APPLICATION = "src/application.ts";

const rows: Variant[] = [
  {
    hole: "a row is read by its key alone",
    file: "src/scopes/NoteScope.ts",
    from: "AND: [{ id: path.noteId }, readable(caller)],",
    to: "AND: [{ id: path.noteId }],",
    probes: [
      "notes.at.foreign.member",
      "notes.update.foreign.member",
      "notes.erase.foreign.member",
      "notes.close.foreign.member",
    ],
  },
  {
    hole: "a list holds the rows of everybody",
    file: NOTES,
    from: "NoteScope.readable(props.caller),",
    to: "",
    probes: ["notes.list.foreign.member"],
  },
  {
    hole: "a filter by the owner stands in for the scope",
    file: NOTES,
    from: "NoteScope.readable(props.caller),",
    to: "props.query.ownerId === undefined ? NoteScope.readable(props.caller) : {},",
    probes: ["notes.list.filtered.member"],
  },
  {
    hole: "a row of somebody else is refused otherwise than one that is not there",
    file: NOTES,
    from: 'if (row === null) throw refusal(404, "NOTE_NOT_FOUND", "There is no such note.");',
    to: `if (row === null && (await database.client.note.count({ where: { id: props.noteId } })) > 0)
      throw refusal(404, "NOTE_NOT_FOUND", "This note is not yours.");
    if (row === null) throw refusal(404, "NOTE_NOT_FOUND", "There is no such note.");`,
    probes: ["notes.at.foreign.member"],
  },
];

const bodies: Variant[] = [
  {
    hole: "a new row takes every member of the body",
    file: NOTE_BODY,
    from: "ownerId: props.ownerId,",
    to: "ownerId: props.ownerId, ...(props.body as object),",
    probes: ["notes.create.forged"],
  },
  {
    hole: "a new row takes its owner from the body",
    file: NOTE_BODY,
    from: "ownerId: props.ownerId,",
    to: "ownerId: (props.body as { ownerId?: string }).ownerId ?? props.ownerId,",
    probes: ["notes.create.forged"],
  },
  {
    hole: "a new row takes its state from the body",
    file: NOTE_BODY,
    from: "ownerId: props.ownerId,",
    to: 'ownerId: props.ownerId, status: (props.body as { status?: "closed" }).status,',
    probes: ["notes.create.forged"],
  },
  {
    hole: "a change takes every member of the body",
    file: NOTE_BODY,
    from: "title: props.body.title,\n      updatedAt: clock.now(),\n      entries:",
    to: "...(props.body as object), title: props.body.title, entries:",
    probes: ["notes.update.forged"],
  },
  {
    hole: "a change takes the owner from the body",
    file: NOTE_BODY,
    from: "title: props.body.title,\n      updatedAt: clock.now(),\n      entries:",
    to: "title: props.body.title, updatedAt: clock.now(), ownerId: (props.body as { ownerId?: string }).ownerId, entries:",
    probes: ["notes.update.forged"],
  },
  {
    hole: "whoever joins says its rank",
    file: MEMBER_BODY,
    from: "passwordHash: props.passwordHash,",
    to: 'passwordHash: props.passwordHash, level: (props.body as { level?: "trusted" }).level,',
    probes: ["auth.member.join.forged"],
  },
  {
    hole: "an account changes its rank",
    file: MEMBER_BODY,
    from: "({ nickname: props.body.nickname, updatedAt: clock.now() })",
    to: '({ nickname: props.body.nickname, updatedAt: clock.now(), level: (props.body as { level?: "trusted" }).level })',
    probes: ["members.update.forged"],
  },
  {
    hole: "whoever joins says whose rights it has",
    file: ENTRANCE,
    from: `    return { account: MemberTransformer.transform(row), token: await openSession("member", row.id) };
  };

  export const login`,
    to: `    if ((props.body as { role?: string }).role === "admin") {
      const now = new Date();
      await database.client.admin.create({
        data: { id: row.id, email: row.email, passwordHash, createdAt: now, updatedAt: now },
      });
      return { account: MemberTransformer.transform(row), token: await openSession("admin", row.id) };
    }
    return { account: MemberTransformer.transform(row), token: await openSession("member", row.id) };
  };

  export const login`,
    probes: ["auth.member.join.rights"],
  },
  {
    hole: "anybody signs up as who has to be invited",
    file: "src/controllers/AdminAuthController.ts",
    from: `  @TypedRoute.Post("login")`,
    to: `  @TypedRoute.Post("join")
  public async join(@TypedBody() _body: IAdmin.ILogin): Promise<void> {}

  @TypedRoute.Post("login")`,
    probes: ["template.accounts.invited.admin"],
  },
];

const queries: Variant[] = [
  {
    hole: "words that are searched for become SQL",
    file: NOTES,
    from: "{ OR: [{ title: containing(props.query.search) }] },",
    to: `{ id: { in: (await database.client.$queryRawUnsafe<{ id: string }[]>(
          "SELECT id::text AS id FROM sec_notes WHERE title ILIKE '%" + props.query.search + "%'",
        )).map((row) => row.id) } },`,
    probes: ["notes.list.injected"],
  },
  {
    hole: "words that are searched for may match anything",
    file: "src/search.ts",
    from: 'words.replace(/[\\\\%_]/g, "\\\\$&")',
    to: "words",
    probes: ["notes.list.injected"],
  },
  {
    hole: "an address becomes SQL",
    file: ENTRANCE,
    from: `const row = await database.client.member.findUnique({
      where: { email: props.body.email.toLowerCase() },`,
    to: `const [found] = await database.client.$queryRawUnsafe<{ id: string }[]>(
      "SELECT id::text AS id FROM sec_members WHERE email = '" + props.body.email.toLowerCase() + "'",
    );
    const row = await database.client.member.findUnique({
      where: { id: found?.id ?? "00000000-0000-0000-0000-000000000000" },`,
    probes: ["auth.member.login.injected"],
  },
  {
    hole: "credentials of any form reach the provider",
    file: "src/controllers/MemberAuthController.ts",
    from: "@TypedBody() body: IMember.ILogin",
    to: '@(require("@nestjs/common").Body()) body: IMember.ILogin',
    probes: ["auth.member.login.injected"],
  },
  {
    hole: "a page is as long as anybody likes",
    file: "src/controllers/NotesController.ts",
    from: "@TypedQuery() query: INote.IRequest",
    to: '@TypedQuery() query: Omit<INote.IRequest, "limit"> & { limit?: number }',
    probes: ["notes.list.window"],
  },
  {
    hole: "a body is as large as anybody likes",
    file: APPLICATION,
    from: "limit: settings.bodyBytes",
    to: 'limit: "1gb"',
    probes: ["template.errors.size"],
  },
  {
    hole: "a login tells who has no account",
    file: ENTRANCE,
    from: 'if (row === null || !isVerified) throw refusal(401, "LOGIN_FAILED",',
    to: `if (row === null) throw refusal(401, "LOGIN_FAILED", "There is no such account.");
    if (!isVerified) throw refusal(401, "LOGIN_FAILED",`,
    probes: ["auth.member.login.secrecy"],
  },
];

const tokens: Variant[] = [
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

const surroundings: Variant[] = [
  {
    hole: "an error tells its stack",
    file: "src/error-filter.ts",
    from: "const { code, message } = refused;",
    to: "const { code } = refused;\n    const message = error instanceof Error ? String(error.stack) : refused.message;",
    probes: ["template.errors.internal"],
  },
  {
    hole: "an invalid value is sent back",
    file: "src/error-filter.ts",
    from: "({ path, expected }: InvalidPlace): InvalidPlace => ({ path, expected });",
    to: "(place: InvalidPlace): InvalidPlace => place;",
    probes: ["template.errors.invalid"],
  },
  {
    hole: "malformed JSON is quoted",
    file: "src/error-filter.ts",
    from: "if (usual !== undefined) return",
    to: "if (usual !== undefined && status !== 400) return",
    probes: ["template.errors.malformed"],
  },
  {
    hole: "answers carry no security headers",
    file: APPLICATION,
    from: "application.use(helmet(",
    to: "void (helmet(",
    probes: ["template.production.headers"],
  },
  {
    hole: "passwords are guessed without a limit",
    file: APPLICATION,
    from: 'application.use("/auth", limitAuthentication(settings));',
    to: "",
    probes: ["template.production.limit"],
  },
  {
    hole: "production starts with a short secret",
    file: "src/config.ts",
    from: "if (text.length < 32)",
    to: "if (text.length < 1)",
    probes: ["template.production.secret"],
  },
  {
    hole: "hashes are cheap to guess",
    file: "src/config.ts",
    from: "test ? { N: 2 ** 10, r: 8, p: 1 } : { N: 2 ** 15, r: 8, p: 3 }",
    to: "{ N: 2 ** 10, r: 8, p: 1 }",
    probes: ["template.production.password"],
  },
  {
    hole: "passwords have no salt",
    file: "src/auth/password.ts",
    from: "const salt = randomBytes(16);",
    to: "const salt = Buffer.alloc(16);",
    probes: ["template.production.password"],
  },
];

export const variants: Variant[] = [...rows, ...bodies, ...queries, ...tokens, ...surroundings];
