/** The whole life of a token, for every actor with accounts. */
import { dto, pascal, spoken, withArticle } from "../../../base/naming.js";
import type { Workshop } from "./derive.js";
import { identifier, object, text } from "./script.js";

export const authenticationTests = (workshop: Workshop): void => {
  for (const { name: actor } of workshop.document.components.authorizations) {
    const find = (kind: string) => workshop.document.operations.find((one) => one.path === `/auth/${actor}/${kind}`);
    const [join, login, refresh, logout, me] = [find("join"), find("login"), find("refresh"), find("logout"), find("me")];
    if (login === undefined || refresh === undefined || logout === undefined || me === undefined) continue;
    const account = { actor, index: 1 };
    const nobody = { actor: "guest", index: 1 };
    const said = withArticle(actor);
    const requirements =
      workshop.analyze.modules.flatMap((module) => module.entities).find((entity) => entity.name === pascal(actor))?.requirements ?? [];
    if (join !== undefined)
      workshop.add(join, "opens", `${said} joins once, and not again with the same address`, { requirements: [...requirements, ...join.requirements] }, (script) => {
        const body = script.declare("body", script.sample(`${dto(pascal(actor))}.IJoin`), join.requestBody);
        const joined = script.name("joined");
        script.call(join, nobody, object({ body: identifier(body) }), { keep: joined });
        script.equal("address", identifier(`${joined}.account.email`), identifier(`${body}.email`));
        script.call(join, nobody, object({ body: identifier(body) }), { status: 409, code: "DUPLICATE" });
      });
    workshop.add(login, "credentials", `${said} logs in with the right password only`, { requirements: [...requirements, ...login.requirements] }, (script) => {
      const name = script.account(account)!;
      const credentials = (password: ReturnType<typeof identifier> | ReturnType<typeof text>) =>
        object({ body: object({ email: identifier(`${name}.email`), password }) });
      const entered = script.name("entered");
      script.call(login, nobody, credentials(identifier(`${name}.password`)), { keep: entered });
      script.equal("account", identifier(`${entered}.account.id`), identifier(`${name}.id`));
      script.call(login, nobody, credentials(text("not the password")), { status: 401, code: "LOGIN_FAILED" });
    });
    workshop.add(refresh, "rotation", `a refresh token of ${said} is good for one exchange`, { requirements: [...requirements, ...refresh.requirements] }, (script) => {
      const name = script.account(account)!;
      const once = object({ body: object({ refresh: identifier(`${name}.token.refresh`) }) });
      const renewed = script.name("renewed");
      script.call(refresh, nobody, once, { keep: renewed });
      script.equal("account", identifier(`${renewed}.account.id`), identifier(`${name}.id`));
      script.notEqual("a new token", identifier(`${renewed}.token.refresh`), identifier(`${name}.token.refresh`));
      script.call(refresh, nobody, once, { status: 401 });
    });
    workshop.add(logout, "ends", `after logging out the token of ${said} is worth nothing`, { requirements: [...requirements, ...logout.requirements] }, (script) => {
      const name = script.account(account)!;
      const self = script.name("self");
      script.call(me, account, null, { keep: self });
      script.equal("account", identifier(`${self}.id`), identifier(`${name}.id`));
      script.call(logout, account, null, {});
      script.call(me, account, null, { status: 401 });
      script.call(refresh, nobody, object({ body: object({ refresh: identifier(`${name}.token.refresh`) }) }), { status: 401 });
    });
    workshop.add(me, "self", `${spoken(actor)} sees the own account, and nobody else does`, { requirements: [...requirements, ...me.requirements] }, (script) => {
      const name = script.account(account)!;
      const self = script.name("self");
      script.call(me, account, null, { keep: self });
      script.equal("address", identifier(`${self}.email`), identifier(`${name}.email`));
      script.call(me, nobody, null, { status: 401 });
      const other = workshop.document.components.authorizations.find((one) => one.name !== actor);
      if (other !== undefined) script.call(me, { actor: other.name, index: 1 }, null, { status: 403 });
    });
  }
};
