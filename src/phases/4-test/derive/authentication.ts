/** The whole life of a token, for every actor with accounts. */
import type { IExpression } from "../../../base/expression.js";
import { dto, pascal, spoken, withArticle } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { boundTest } from "./bounds.js";
import { wrongBody } from "./orders.js";
import type { Account } from "./plan.js";
import { identifier, object, type Script, text } from "./script.js";
import { visitorTests } from "./security/visitors.js";
import type { Workshop } from "./workshop.js";

/** One actor with accounts, and the operations by which it gets in and out. */
interface Visitor {
  workshop: Workshop;
  actor: string;
  model: AutoBeDatabase.IModel;
  account: Account;
  /** What the entity of the account serves. */
  requirements: string[];
  login: AutoBeOpenApi.IOperation;
  refresh: AutoBeOpenApi.IOperation;
  logout: AutoBeOpenApi.IOperation;
  me: AutoBeOpenApi.IOperation;
}

const NOBODY: Account = { actor: "guest", index: 1 };

export const authenticationTests = (workshop: Workshop): void => {
  for (const { name: actor } of workshop.document.components.authorizations) {
    const find = (kind: string) => workshop.document.operations.find((one) => one.path === `/auth/${actor}/${kind}`);
    const [join, login, refresh, logout, me] = ["join", "login", "refresh", "logout", "me"].map(find);
    const model = modelNamed(workshop.database, pascal(actor));
    if (!login || !refresh || !logout || !me || model === undefined) continue;
    const entity = workshop.analyze.modules
      .flatMap((module) => module.entities)
      .find((one) => one.name === model.entity);
    const requirements = entity?.requirements ?? [];
    const visitor: Visitor = {
      workshop,
      actor,
      model,
      account: { actor, index: 1 },
      requirements,
      login,
      refresh,
      logout,
      me,
    };
    if (join !== undefined) {
      joins(visitor, join);
      for (const refusal of join.refusals) refuses(visitor, join, refusal);
      boundTest(workshop, model, join, (script) => ({
        caller: NOBODY,
        path: {},
        body: script.sample(join.requestBody!),
      }));
    }
    logsIn(visitor);
    refreshes(visitor);
    logsOut(visitor);
    seesItself(visitor);
    visitorTests(workshop, { actor, model, join, login, refresh, me });
  }
};

const add = (
  { workshop, requirements }: Visitor,
  operation: AutoBeOpenApi.IOperation,
  aspect: string,
  title: string,
  write: (script: Script) => void,
  served: string[] = [],
): void =>
  workshop.add(
    operation,
    aspect,
    title,
    { requirements: [...requirements, ...operation.requirements, ...served] },
    (script) => {
      write(script);
      return true;
    },
  );

const joins = (visitor: Visitor, join: AutoBeOpenApi.IOperation): void => {
  const { actor, model } = visitor;
  const title = `${withArticle(actor)} joins once, and not again with the same address`;
  const sample = visitor.workshop.document.samples[`${dto(model.name)}.IJoin`]?.expression;
  const given = sample?.type === "objectLiteralExpression" ? sample.properties.map((one) => one.name) : [];
  const columns = model.plainFields.filter((field) => given.includes(field.name) && field.name !== "email");
  add(
    visitor,
    join,
    "opens",
    title,
    (script) => {
      const body = script.declare("body", script.sample(`${dto(model.name)}.IJoin`), join.requestBody);
      const joined = script.name("joined");
      script.call(join, NOBODY, object({ body: identifier(body) }), { keep: joined });
      script.equal("address", identifier(`${joined}.account.email`), identifier(`${body}.email`));
      for (const { name } of columns)
        script.equal(spoken(name), identifier(`${joined}.account.${name}`), identifier(`${body}.${name}`));
      script.call(join, NOBODY, object({ body: identifier(body) }), { status: 409, code: "DUPLICATE" });
    },
    columns.flatMap((field) => field.requirements),
  );
};

/** What keeps others of its kind from joining: a value that is taken, or two in the wrong order. */
const refuses = (visitor: Visitor, join: AutoBeOpenApi.IOperation, refusal: AutoBeOpenApi.IRefusal): void => {
  const { workshop, model } = visitor;
  const { provoke } = refusal;
  if (provoke?.kind !== "order" && (provoke?.kind !== "repeat" || provoke.members.includes("email"))) return;
  const rules = workshop.analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => refusal.rules.includes(ruleId(rule)));
  const aspect = `refused.${provoke.kind}.${provoke.kind === "order" ? provoke.first : provoke.members.join(".")}`;
  const requirements = rules.flatMap((rule) => rule.requirements);
  workshop.add(
    join,
    aspect,
    `it is refused when this holds: ${refusal.when}`,
    { requirements, rules: refusal.rules },
    (script) => {
      const sample = script.sample(join.requestBody!);
      const valid = identifier(script.declare("body", sample, join.requestBody));
      const wrong =
        provoke.kind === "order"
          ? wrongBody(model, provoke, sample, script)
          : {
              ...sample,
              properties: sample.properties.map(({ name, value }) => ({
                name,
                value: provoke.members.includes(name) ? identifier(`${valid.text}.${name}`) : value,
              })),
            };
      if (wrong === null) return false;
      script.call(join, NOBODY, object({ body: valid }), {});
      script.call(join, NOBODY, object({ body: wrong }), { status: refusal.status, code: refusal.code });
      return true;
    },
  );
};

const logsIn = (visitor: Visitor): void => {
  const { actor, account, login } = visitor;
  add(visitor, login, "credentials", `${withArticle(actor)} logs in with the right password only`, (script) => {
    const name = script.account(account)!;
    const credentials = (password: IExpression): IExpression =>
      object({ body: object({ email: identifier(`${name}.email`), password }) });
    const entered = script.name("entered");
    script.call(login, NOBODY, credentials(identifier(`${name}.password`)), { keep: entered });
    script.equal("account", identifier(`${entered}.account.id`), identifier(`${name}.id`));
    script.call(login, NOBODY, credentials(text("not the password")), { status: 401, code: "LOGIN_FAILED" });
  });
};

const refreshes = (visitor: Visitor): void => {
  const { actor, account, refresh } = visitor;
  add(visitor, refresh, "rotation", `a refresh token of ${withArticle(actor)} is good for one exchange`, (script) => {
    const name = script.account(account)!;
    const once = object({ body: object({ refresh: identifier(`${name}.token.refresh`) }) });
    const renewed = script.name("renewed");
    script.call(refresh, NOBODY, once, { keep: renewed });
    script.equal("account", identifier(`${renewed}.account.id`), identifier(`${name}.id`));
    script.notEqual("a new token", identifier(`${renewed}.token.refresh`), identifier(`${name}.token.refresh`));
    script.call(refresh, NOBODY, once, { status: 401 });
  });
};

const logsOut = (visitor: Visitor): void => {
  const { actor, account, logout, me, refresh } = visitor;
  add(visitor, logout, "ends", `after logging out the token of ${withArticle(actor)} is worth nothing`, (script) => {
    const name = script.account(account)!;
    const self = script.name("self");
    script.call(me, account, null, { keep: self });
    script.equal("account", identifier(`${self}.id`), identifier(`${name}.id`));
    script.call(logout, account, null, {});
    script.call(me, account, null, { status: 401 });
    const once = object({ body: object({ refresh: identifier(`${name}.token.refresh`) }) });
    script.call(refresh, NOBODY, once, { status: 401 });
  });
};

/** The answer holds every column of the account, which its type asserts. */
const seesItself = (visitor: Visitor): void => {
  const { workshop, actor, model, account, me } = visitor;
  const served = [...model.plainFields, ...model.foreignFields, ...model.links].flatMap((one) => one.requirements);
  add(
    visitor,
    me,
    "self",
    `${spoken(actor)} sees the own account, and nobody else does`,
    (script) => {
      const name = script.account(account)!;
      const self = script.name("self");
      script.call(me, account, null, { keep: self });
      script.equal("address", identifier(`${self}.email`), identifier(`${name}.email`));
      script.call(me, NOBODY, null, { status: 401 });
      const other = workshop.document.components.authorizations.find((one) => one.name !== actor);
      if (other !== undefined) script.call(me, { actor: other.name, index: 1 }, null, { status: 403 });
    },
    served,
  );
};
