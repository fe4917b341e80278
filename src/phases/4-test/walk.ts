/** Follows a dotted path through the schemas of an answer. */
import type { AutoBeOpenApi } from "../3-interface/ast.js";

export type Reached =
  | {
      kind: "found";
      schema: AutoBeOpenApi.IJsonSchema;
      /** Null or undefined by its type. */
      isMaybe: boolean;
      /** The path as TypeScript lets it be read: `replyTo?.id` where a reply may be to nothing. */
      chain: string;
    }
  | { kind: "missing"; names: string[] };

/** `data.length`, `data[0].title`, `owner.id` in the answer of that type. */
export const memberAt = (document: AutoBeOpenApi.IDocument, type: string, path: string): Reached => {
  let schema: AutoBeOpenApi.IJsonSchema = { $ref: `#/components/schemas/${type}` };
  let [chain, isMaybe] = ["", false];
  for (const part of path.replaceAll(/\[(\d+)\]/g, ".$1").split(".")) {
    const options = resolve(document, schema);
    const next = options.flatMap((option) => step(option, part))[0];
    if (next === undefined)
      return {
        kind: "missing",
        names: options.flatMap((option) =>
          "properties" in option
            ? Object.keys(option.properties)
            : "type" in option && option.type === "array"
              ? ["length", "[0]"]
              : [],
        ),
      };
    const isIndex = /^\d+$/.test(part);
    if (chain !== "") chain += isMaybe ? "?." : isIndex ? "" : ".";
    chain += isIndex ? `[${part}]` : part;
    isMaybe = mayBeNull(document, next) || options.some((option) => isOptional(option, part));
    schema = next;
  }
  return { kind: "found", schema, isMaybe, chain };
};

const mayBeNull = (document: AutoBeOpenApi.IDocument, schema: AutoBeOpenApi.IJsonSchema): boolean => {
  if ("$ref" in schema) {
    const target = document.components.schemas[schema.$ref.replace("#/components/schemas/", "")];
    return target !== undefined && mayBeNull(document, target);
  }
  if ("oneOf" in schema) return schema.oneOf.some((one) => mayBeNull(document, one));
  return "type" in schema && schema.type === "null";
};

const isOptional = (schema: AutoBeOpenApi.IJsonSchema, part: string): boolean =>
  "properties" in schema && part in schema.properties && !schema.required.includes(part);

/** References followed and alternatives laid side by side, null left out. */
const resolve = (document: AutoBeOpenApi.IDocument, schema: AutoBeOpenApi.IJsonSchema): AutoBeOpenApi.IJsonSchema[] => {
  if ("$ref" in schema) {
    const target = document.components.schemas[schema.$ref.replace("#/components/schemas/", "")];
    return target === undefined ? [] : resolve(document, target);
  }
  if ("oneOf" in schema) return schema.oneOf.flatMap((one) => resolve(document, one));
  return "type" in schema && schema.type === "null" ? [] : [schema];
};

const step = (schema: AutoBeOpenApi.IJsonSchema, part: string): AutoBeOpenApi.IJsonSchema[] => {
  if ("properties" in schema) {
    const property = schema.properties[part];
    return property === undefined ? [] : [property];
  }
  if ("type" in schema && schema.type === "array") {
    if (part === "length") return [{ type: "integer", minimum: 0 }];
    return /^\d+$/.test(part) ? [schema.items] : [];
  }
  if ("type" in schema && schema.type === "string" && part === "length") return [{ type: "integer", minimum: 0 }];
  return [];
};
