/** Follows a dotted path through the schemas of an answer. */
import type { AutoBeOpenApi } from "../3-interface/ast.js";

export type Reached = { kind: "found"; schema: AutoBeOpenApi.IJsonSchema } | { kind: "missing"; names: string[] };

/** `data.length`, `data[0].title`, `owner.id` in the answer of that type. */
export const memberAt = (document: AutoBeOpenApi.IDocument, type: string, path: string): Reached => {
  let schema: AutoBeOpenApi.IJsonSchema = { $ref: `#/components/schemas/${type}` };
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
    schema = next;
  }
  return { kind: "found", schema };
};

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
