/** The contract → OpenAPI 3.1. */
import type { AutoBeOpenApi } from "../ast.js";
import { callerOf } from "./controllers.js";
import { exampleOf } from "./example.js";

type Json = Record<string, unknown>;

export const compileOpenApi = (document: AutoBeOpenApi.IDocument): string =>
  `${JSON.stringify(
    {
      openapi: "3.1.0",
      info: {
        title: document.title,
        summary: document.title,
        description: document.summary,
        version: "0.1.0",
        license: { name: "UNLICENSED", identifier: "UNLICENSED" },
      },
      servers: [{ url: "/", description: "Where this document was served from" }],
      tags: tagsOf(document),
      paths: pathsOf(document),
      components: {
        schemas: Object.fromEntries(
          [...Object.entries(document.components.schemas), FAILURE]
            .filter(([name]) => !isQuery(document, name))
            .map(([name, schema]) => [name, published(schema)]),
        ),
        securitySchemes: {
          bearer: {
            type: "http",
            scheme: "bearer",
            bearerFormat: "JWT",
            description:
              document.components.authorizations.map((one) => `${one.name}: ${one.description}`).join("\n") ||
              "Access token.",
          },
        },
      },
    },
    null,
    2,
  )}\n`;

const FAILURE: [string, AutoBeOpenApi.IJsonSchemaDescriptive] = [
  "IFailure",
  {
    type: "object",
    description: "Why a call was refused.",
    properties: {
      status: { type: "integer", minimum: 400, maximum: 599, description: "HTTP status." },
      code: { type: "string", description: "Stable code of the refusal." },
      message: { type: "string", description: "The refusal in words." },
      requestId: { type: "string", description: "Number of the request, for the operator's log." },
    },
    required: ["status", "code", "message", "requestId"],
  },
];

/** A query is told parameter by parameter, and its type is nobody's reference. */
const isQuery = (document: AutoBeOpenApi.IDocument, name: string): boolean =>
  document.operations.some(({ query }) => query === name) &&
  !document.operations.some(({ requestBody, responseBody }) => requestBody === name || responseBody === name);

const tagsOf = (document: AutoBeOpenApi.IDocument): Json[] =>
  [...new Set(document.operations.map((operation) => operation.model ?? "Service"))].map((name) => ({
    name,
    description: document.components.schemas[`I${name}`]?.description ?? "Operations of the service.",
  }));

const pathsOf = (document: AutoBeOpenApi.IDocument): Json => {
  const paths: Record<string, Json> = {};
  for (const operation of document.operations) {
    paths[operation.path] ??= {};
    paths[operation.path]![operation.method] = printOperation(document, operation);
  }
  return paths;
};

const printOperation = (document: AutoBeOpenApi.IDocument, operation: AutoBeOpenApi.IOperation): Json => ({
  operationId: operation.name,
  tags: [operation.model ?? "Service"],
  summary: operation.description.split(/(?<=\.)\s/)[0],
  description: [operation.description, operation.specification].filter((text) => text !== "").join("\n\n"),
  ...(callerOf(operation) === "none"
    ? { security: [] }
    : { security: callerOf(operation) === "optional" ? [{}, { bearer: [] }] : [{ bearer: [] }] }),
  parameters: [
    ...operation.parameters.map((parameter) => ({
      name: parameter.name,
      in: "path",
      required: true,
      description: parameter.description,
      schema: parameter.schema,
    })),
    ...queryParameters(document, operation),
  ],
  ...(operation.requestBody === null
    ? {}
    : {
        requestBody: {
          required: true,
          content: content(document, operation.requestBody),
          description: "Body of the call.",
        },
      }),
  responses: {
    [operation.success]: {
      description: operation.responseBody === null ? "Done." : "The answer.",
      ...(operation.responseBody === null ? {} : { content: content(document, operation.responseBody) }),
    },
    ...Object.fromEntries(
      operation.failures.map((failure) => [failure.status, { description: failure.when, content: REFUSED }]),
    ),
  },
});

const content = (document: AutoBeOpenApi.IDocument, name: string): Json => ({
  "application/json": {
    schema: { $ref: `#/components/schemas/${name}` },
    example: exampleOf(document.components.schemas, name),
  },
});
const REFUSED: Json = { "application/json": { schema: { $ref: "#/components/schemas/IFailure" } } };

const queryParameters = (document: AutoBeOpenApi.IDocument, operation: AutoBeOpenApi.IOperation): Json[] => {
  const schema = document.components.schemas[operation.query ?? ""];
  if (schema === undefined || !("properties" in schema)) return [];
  return Object.entries(schema.properties).map(([name, property]) => {
    const { description, ...rest } = published(property) as { description?: string };
    return { name, in: "query", required: schema.required.includes(name), description, schema: rest };
  });
};

/** The schema without our links to the database, which stay as extensions. */
const published = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(published);
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) =>
      key === "properties"
        ? [key, Object.fromEntries(Object.entries(value as Json).map(([name, inner]) => [name, published(inner)]))]
        : key === "model" || key === "member"
          ? [`x-database-${key}`, value]
          : [key, published(value)],
    ),
  );
};
