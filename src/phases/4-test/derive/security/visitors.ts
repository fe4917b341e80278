/** Accounts and tokens in the wrong hands: guessed, mixed up, come twice, or asked for more than they are good for. */
import type { IExpression } from "../../../../base/expression.js";
import { dto, withArticle } from "../../../../base/naming.js";
import type { AutoBeDatabase } from "../../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../../3-interface/ast.js";
import type { Account } from "../plan.js";
import { identifier, object, type Script, text } from "../script.js";
import type { Workshop } from "../workshop.js";
import { forge, forgedAccount } from "./bodies.js";

/** One actor with accounts, and the operations by which it gets in. */
export interface Entrance {
  actor: string;
  model: AutoBeDatabase.IModel;
  join: AutoBeOpenApi.IOperation | undefined;
  login: AutoBeOpenApi.IOperation;
  refresh: AutoBeOpenApi.IOperation;
  me: AutoBeOpenApi.IOperation;
}

export const visitorTests = (workshop: Workshop, entrance: Entrance): void => {
  if (entrance.join !== undefined) {
    forgedAccount(workshop, entrance.model, entrance.join, entrance.login);
    stolenRights(workshop, entrance, entrance.join);
  }
  secretAccounts(workshop, entrance);
  hostileCredentials(workshop, entrance);
  mixedTokens(workshop, entrance);
  replayedToken(workshop, entrance);
};

const NOBODY: Account = { actor: "guest", index: 1 };

/** The body says what the account is to be: it is what it would have been. */
const stolenRights = (workshop: Workshop, { actor, model, me }: Entrance, join: AutoBeOpenApi.IOperation): void => {
  const others = meOfOthers(workshop, actor);
  const title = `nobody joins as ${withArticle(actor)} and is somebody else`;
  workshop.add(join, "rights", title, { requirements: [] }, (script) => {
    const open = workshop.document.components.schemas[join.requestBody ?? ""];
    const isOpen = (name: string): boolean => open !== undefined && "properties" in open && name in open.properties;
    const taken = others[0]?.actor ?? "admin";
    const wanted: Record<string, IExpression> = {
      actor: text(taken),
      role: text(taken),
      roles: { type: "arrayLiteralExpression", elements: [text(taken)] },
      isAdmin: { type: "booleanLiteral", value: true },
    };
    const members = Object.fromEntries(Object.entries(wanted).filter(([name]) => !isOpen(name)));
    const joined = script.name("joined");
    const body = forge(script.sample(`${dto(model.name)}.IJoin`), object(members));
    script.call(join, NOBODY, object({ body }), { keep: joined });
    const bearer = bearing(script, `${joined}.token.access`);
    for (const other of others) callAs(script, other.me, bearer, null, { status: 403 });
    const self = script.name("self");
    callAs(script, me, bearer, null, { status: me.success, keep: self });
    script.equal("account", identifier(`${self}.id`), identifier(`${joined}.account.id`));
    return true;
  });
};

/** Who does not exist is told what a wrong password is told, so that nobody learns who exists. */
const secretAccounts = (workshop: Workshop, { actor, login }: Entrance): void =>
  workshop.add(
    login,
    "secrecy",
    `a login tells nobody who is ${withArticle(actor)}`,
    { requirements: [] },
    (script) => {
      const account = script.account({ actor, index: 1 })!;
      const email: IExpression = { type: "callExpression", expression: identifier("bed.email"), arguments: [] };
      const password = text("not the password");
      const [wrong, unknown] = [script.name("wrong"), script.name("unknown")];
      const refused = (keep: string, said: IExpression): void =>
        script.call(login, NOBODY, object({ body: object({ email: said, password }) }), { status: 401, keep });
      refused(wrong, identifier(`${account}.email`));
      refused(unknown, email);
      script.alike("an unknown address and a wrong password", unknown, wrong);
      const credentials = { email: identifier(`${account}.email`), password: identifier(`${account}.password`) };
      for (const other of workshop.document.operations.filter((one) => one.kind === "login" && one !== login))
        script.call(other, NOBODY, object({ body: object(credentials) }), { status: 401 });
      return true;
    },
  );

const hostileCredentials = (workshop: Workshop, { actor, login }: Entrance): void =>
  workshop.add(login, "injected", `credentials are compared, not executed`, { requirements: [] }, (script) => {
    const account = script.account({ actor, index: 1 })!;
    const [email, password] = [identifier(`${account}.email`), identifier(`${account}.password`)];
    const attempt = (body: IExpression, status: number): void =>
      script.call(login, NOBODY, object({ body }), { status });
    attempt(object({ email, password: text("' OR '1'='1") }), 401);
    attempt(object({ email: text("'or'1'='1'--@example.com"), password }), 401);
    attempt(object({ email: text("' OR 1=1 --"), password }), 400);
    for (const name of ["email", "password"])
      for (const operator of ["$ne", "not"])
        attempt(forge(object({ email, password }), object({ [name]: object({ [operator]: text("") }) })), 400);
    return true;
  });

/** No token does what another is for. */
const mixedTokens = (workshop: Workshop, { actor, refresh, me }: Entrance): void =>
  workshop.add(
    refresh,
    "confusion",
    `no token of ${withArticle(actor)} stands for another`,
    { requirements: [] },
    (script) => {
      const account = script.account({ actor, index: 1 })!;
      const exchange = (operation: AutoBeOpenApi.IOperation, token: string): void =>
        script.call(operation, NOBODY, object({ body: object({ refresh: identifier(token) }) }), { status: 401 });
      callAs(script, me, bearing(script, `${account}.token.refresh`), null, { status: 401 });
      exchange(refresh, `${account}.token.access`);
      for (const other of workshop.document.operations.filter((one) => one.kind === "refresh" && one !== refresh))
        exchange(other, `${account}.token.refresh`);
      for (const other of meOfOthers(workshop, actor)) {
        const stranger = script.account({ actor: other.actor, index: 1 })!;
        exchange(refresh, `${stranger}.token.refresh`);
      }
      const self = script.name("self");
      script.call(me, { actor, index: 1 }, null, { keep: self });
      script.equal("the account is signed in still", identifier(`${self}.id`), identifier(`${account}.id`));
      return true;
    },
  );

/** A token that comes a second time is in two hands: neither gets any further. */
const replayedToken = (workshop: Workshop, { actor, refresh, me }: Entrance): void =>
  workshop.add(
    refresh,
    "replay",
    `a refresh token of ${withArticle(actor)} that comes twice ends the session`,
    { requirements: [] },
    (script) => {
      const account = script.account({ actor, index: 1 })!;
      const first = object({ body: object({ refresh: identifier(`${account}.token.refresh`) }) });
      const renewed = script.name("renewed");
      script.call(refresh, NOBODY, first, { keep: renewed });
      const bearer = bearing(script, `${renewed}.token.access`);
      callAs(script, me, bearer, null, { status: me.success });
      script.call(refresh, NOBODY, first, { status: 401 });
      callAs(script, me, bearer, null, { status: 401 });
      const second = object({ body: object({ refresh: identifier(`${renewed}.token.refresh`) }) });
      script.call(refresh, NOBODY, second, { status: 401 });
      return true;
    },
  );

const meOfOthers = ({ document }: Workshop, actor: string): { actor: string; me: AutoBeOpenApi.IOperation }[] =>
  document.components.authorizations.flatMap(({ name }) => {
    const me = document.operations.find((one) => one.kind === "me" && one.path === `/auth/${name}/me`);
    return name === actor || me === undefined ? [] : [{ actor: name, me }];
  });

/** Somebody who calls with that token. */
const bearing = (script: Script, token: string): string => {
  const connection: IExpression = {
    type: "callExpression",
    expression: identifier("bed.connect"),
    arguments: [identifier(token)],
  };
  return script.declare("bearer", object({ connection }));
};

const callAs = (
  script: Script,
  operation: AutoBeOpenApi.IOperation,
  as: string,
  argument: IExpression | null,
  { status, keep = null }: { status: number; keep?: string | null },
): void => {
  script.statements.push({
    type: "apiOperateStatement",
    operation: operation.name,
    as,
    argument,
    variableName: keep,
    status,
    code: null,
  });
};
