/** What the prompt says of a function whose schema is not, or not surely, seen by the model. */
import { JSON_MEMBER, type Rung } from "../ladder.js";
import type { Schema } from "./walk.js";

export const inWords = (name: string, schema: Schema, rung: Rung): string =>
  [
    `The arguments of \`${name}\` are one JSON object of this JSON Schema:`,
    `\`\`\`json\n${JSON.stringify(schema)}\n\`\`\``,
    ...(HOW[rung] === undefined ? [] : [HOW[rung](name)]),
  ].join("\n\n");

const HOW: Partial<Record<Rung, (name: string) => string>> = {
  6: (name) => `Call \`${name}\` with that object as JSON text in the one parameter \`${JSON_MEMBER}\`.`,
  7: () => "Nothing can be called here: to call it, answer with that object alone, in a ```json block.",
};
