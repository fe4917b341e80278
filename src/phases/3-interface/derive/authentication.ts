/** Join, login, refresh, logout and me of every actor with accounts: operations and their bodies. */
import { dto, pascal, withArticle } from "../../../base/naming.js";
import { modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { refusalsOf } from "./behaviour.js";
import type { Derivation } from "./derivation.js";
import { failuresOf } from "./failures.js";

export const deriveAuthentication = (from: Derivation): AutoBeOpenApi.IOperation[] =>
  from.analyze.actors
    .filter((actor) => actor.kind !== "guest")
    .flatMap((actor) => {
      const model = pascal(actor.name);
      const name = dto(model);
      const said = withArticle(actor.name);
      const operation = (
        kind: AutoBeOpenApi.Kind,
        description: string,
        parts: Partial<AutoBeOpenApi.IOperation>,
      ): AutoBeOpenApi.IOperation => ({
        name: `auth.${actor.name}.${kind}`,
        kind,
        method: "post",
        path: `/auth/${actor.name}/${kind}`,
        description,
        specification: "",
        model,
        access: [{ actor: "guest", filter: null, requirements: [] }],
        parameters: [],
        query: null,
        requestBody: null,
        responseBody: `${name}.IAuthorized`,
        success: 200,
        failures: [],
        key: null,
        wrap: "none",
        creates: [],
        prerequisites: [],
        refusals: [],
        effects: [],
        transition: null,
        requirements: [],
        rules: [],
        ...parts,
      });
      const signedIn = { access: [{ actor: actor.name, filter: null, requirements: [] }] };
      const fail = (status: number, when: string): AutoBeOpenApi.IFailure => ({ status, when });
      const entity = from.analyze.modules.flatMap((module) => module.entities).find((one) => one.name === model);
      return [
        ...(actor.signup === "open"
          ? [
              joining(
                from,
                operation("join", `Opens the account of ${said}.`, {
                  requestBody: `${name}.IJoin`,
                  success: 201,
                  key: "account.id",
                  creates: [{ model, at: "account.id" }],
                  requirements: entity?.requirements ?? [],
                }),
              ),
            ]
          : []),
        operation("login", `Logs ${said} in.`, {
          requestBody: `${name}.ILogin`,
          failures: [fail(400, "The body has the wrong form."), fail(401, "Address or password is wrong.")],
        }),
        operation("refresh", "Changes a refresh token for the next pair of tokens.", {
          requestBody: `${name}.IRefresh`,
          failures: [fail(400, "The body has the wrong form."), fail(401, "The refresh token is not valid.")],
        }),
        operation("logout", "Ends the session of the token.", {
          ...signedIn,
          responseBody: null,
          success: 204,
          failures: [fail(401, "The token is missing or not valid."), fail(403, "The caller is another actor.")],
        }),
        operation("me", "Reads the account of the token.", {
          ...signedIn,
          method: "get",
          responseBody: name,
          key: "id",
          failures: [fail(401, "The token is missing or not valid."), fail(403, "The caller is another actor.")],
        }),
      ];
    });

/** An account is refused like any new row; that its address is taken is one of its duplicates. */
const joining = (from: Derivation, operation: AutoBeOpenApi.IOperation): AutoBeOpenApi.IOperation => {
  const behaviour = refusalsOf(from, modelNamed(from.database, operation.model!)!, operation);
  return { ...operation, ...behaviour, failures: failuresOf(operation, behaviour.refusals) };
};
