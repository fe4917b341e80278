import { randomUUID } from "node:crypto";
import { type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { verifyAccess } from "../../src/auth/session";
import { clock } from "../../src/clock";
import { config } from "../../src/config";
import { actors, post, probe, scenarioForEachActor } from "../probe";

const HOUR = 3600;
const BODY = '{"text":"a"}';

const now = (): number => Math.floor(clock.now().getTime() / 1000);

const sign = (claims: JWTPayload, secret: Uint8Array = config.jwtSecret): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: "HS256" }).sign(secret);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

scenarioForEachActor("template.tokens.forged", "a token that was not given is refused", (bed, actor) =>
  probe(async (send) => {
    const { id, token } = await bed.account(actor);
    const other = await bed.account(actor);
    const { session } = await verifyAccess(token.access);
    const claims = { typ: "access", actor, sub: id, sid: session, exp: now() + HOUR };
    const { exp: _, ...endless } = claims;
    const [header, payload, signature] = token.access.split(".");
    const tokens: Record<string, string> = {
      "not signed": new UnsecuredJWT(claims).encode(),
      "not signed, said in capitals": `${encode({ alg: "NONE", typ: "JWT" })}.${payload}.`,
      "signature cut off": `${header}.${payload}.`,
      "signature of other words": `${header}.${encode({ ...claims, sub: other.id })}.${signature}`,
      "another secret": await sign(claims, new TextEncoder().encode("y".repeat(32))),
      "an empty secret": await sign(claims, new Uint8Array(1)),
      "of another kind": await sign({ ...claims, typ: "refresh" }),
      "without an end": await sign(endless),
      ended: await sign({ ...claims, exp: now() - 1 }),
      "of another account": await sign({ ...claims, sub: other.id }),
      "of no session": await sign({ ...claims, sid: randomUUID() }),
      "of no actor": await sign({ ...claims, actor: "constructor" }),
      "a refresh token": token.refresh,
    };
    for (const name of actors.filter((one) => one !== actor))
      tokens[`as ${name}`] = await sign({ ...claims, actor: name });
    for (const [title, forged] of Object.entries(tokens))
      for (const path of ["/probe/mine", "/probe/anybody"]) {
        const { status } = await send(path, post(BODY, { Authorization: `Bearer ${forged}` }));
        bed.equals(`${title} at ${path}`, status, 401);
      }
    for (const path of ["/probe/mine", "/probe/anybody"]) {
      const { status } = await send(path, post(BODY, { Authorization: `Bearer ${await sign(claims)}` }));
      bed.equals(`the right one at ${path}`, status, 201);
    }
  }),
);

scenarioForEachActor("template.tokens.ended", "a token is refused after its time", (bed, actor) =>
  probe(async (send) => {
    const { token } = await bed.account(actor);
    const call = async (): Promise<number> => {
      const { status } = await send("/probe/mine", post(BODY, { Authorization: `Bearer ${token.access}` }));
      return status;
    };
    bed.equals("in its time", await call(), 201);
    bed.clock.shift((config.accessTokenMinutes * 60 + 1) * 1000);
    bed.equals("after it", await call(), 401);
  }),
);
