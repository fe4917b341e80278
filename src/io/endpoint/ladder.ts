/** Eight forms of a function's schema, each weaker than the one before. What a weak one lets through, validation still finds. */
import { inlined, unrolled } from "./ladder/inline.js";
import { plain } from "./ladder/plain.js";
import { strict } from "./ladder/strict.js";
import type { Schema } from "./ladder/walk.js";

/**
 * 0 as typia emits · 1 without what grammars refuse · 2 OpenAI's strict subset · 3 without references, but recursive ones ·
 * 4 recursion unrolled · 5 any object, the schema told in words · 6 one string of JSON · 7 no tool at all.
 */
export type Rung = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface Parameters {
  schema: Schema;
  /** Whether OpenAI's strict mode would take it. */
  strict: boolean;
}

/** Null on the last rung, where nothing is called. */
export const descend = (schema: Schema, rung: Rung): Parameters | null => {
  if (rung === 7) return null;
  return { schema: FORMS[rung](schema), strict: rung === 2 && strict(plain(schema)) !== null };
};

/** The next rung whose form differs from every stronger one; null below the last. */
export const below = (schema: Schema, rung: Rung): Rung | null => {
  const tried = new Set<string>();
  for (let at: Rung = 0; at <= 7; at = (at + 1) as Rung) {
    const form = JSON.stringify(descend(schema, at));
    if (at > rung && !tried.has(form)) return at;
    tried.add(form);
  }
  return null;
};

/** Whether the schema must be told in the prompt, because the rung does not send it. */
export const isTold = (rung: Rung): boolean => rung >= 5;

/** The member that holds the arguments as text on the sixth rung. */
export const JSON_MEMBER = "json";

const FORMS: Record<Exclude<Rung, 7>, (schema: Schema) => Schema> = {
  0: (schema) => schema,
  1: plain,
  2: (schema) => strict(plain(schema)) ?? plain(schema),
  3: (schema) => inlined(plain(schema)),
  4: (schema) => unrolled(plain(schema)),
  5: () => ({ type: "object" }),
  6: () => ({
    type: "object",
    properties: { [JSON_MEMBER]: { type: "string", description: "The arguments: the text of one JSON object." } },
    required: [JSON_MEMBER],
    additionalProperties: false,
  }),
};
