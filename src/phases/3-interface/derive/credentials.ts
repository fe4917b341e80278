/** Bodies and answers of joining, logging in and staying logged in. */
import { dto, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../ast.js";
import { reference } from "./columns.js";

type Property = AutoBeOpenApi.IJsonSchemaProperty;
type Properties = Record<string, Property>;

export const credentialSchemas = (
  model: AutoBeDatabase.IModel,
  create: { properties: Properties; required: string[] },
): Record<string, AutoBeOpenApi.IJsonSchemaDescriptive> => {
  const name = dto(model.name);
  const email: Property = {
    type: "string",
    format: "email",
    maxLength: 254,
    description: "Address by which the account logs in.",
  };
  const password: Property = {
    type: "string",
    minLength: 8,
    maxLength: 128,
    description: "Password in the clear, never stored.",
  };
  const object = (
    description: string,
    properties: Properties,
    required: string[],
  ): AutoBeOpenApi.IJsonSchemaDescriptive => ({
    type: "object",
    description,
    model: model.name,
    properties,
    required,
  });
  return {
    [`${name}.IJoin`]: object(
      `Body that opens the account of ${withArticle(model.name)}.`,
      { email, password, ...create.properties },
      ["email", "password", ...create.required],
    ),
    [`${name}.ILogin`]: object("Credentials.", { email, password }, ["email", "password"]),
    [`${name}.IRefresh`]: object(
      "What buys the next pair of tokens.",
      { refresh: { type: "string", minLength: 1, maxLength: 512, description: "Refresh token, valid once." } },
      ["refresh"],
    ),
    [`${name}.IAuthorized`]: object(
      "The account and its tokens.",
      {
        account: { ...reference(name), description: "The account." },
        token: { ...reference("IAuthorizationToken"), description: "Its tokens." },
      },
      ["account", "token"],
    ),
  };
};
