/** Bodies decide what the server decides. */
import type { Variant } from "../variants.js";

const NOTE_BODY = "src/collectors/NoteCollector.ts";
const MEMBER_BODY = "src/collectors/MemberCollector.ts";
const ENTRANCE = "src/providers/MemberAuthProvider.ts";

export const bodies: Variant[] = [
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
