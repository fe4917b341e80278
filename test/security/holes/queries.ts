/** Queries and credentials are more than words. */
import type { Variant } from "../variants.js";

const NOTES = "src/providers/NoteProvider.ts";
const ENTRANCE = "src/providers/MemberAuthProvider.ts";
const APPLICATION = "src/application.ts";

export const queries: Variant[] = [
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
