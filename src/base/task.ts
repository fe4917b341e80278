/** A task is one function that a model is asked to call once: what it sees, and how its answer is judged. */
import type { Diagnostic } from "./diagnostic.js";

/** One function of a phase, made by typia from its interface. */
export interface ModelFunction<Answer> {
  name: string;
  description: string;
  /** JSON Schema as typia emits it (`$defs`, `$ref`). */
  parameters: Record<string, unknown>;
  /** Lenient parse, validation and coercion by typia. */
  parse(
    text: string,
  ):
    | { success: true; data: unknown }
    | { success: false; data?: unknown; errors: { path: string; expected: string }[] };
  coerce(value: unknown): unknown;
  validate(
    value: unknown,
  ):
    | { success: true; data: Answer }
    | { success: false; data: unknown; errors: { path: string; expected: string; value: unknown }[] };
}

/** The answers of all functions are flat: scalars, and lists of records judged item by item. */
export interface Task<Answer extends object = object> {
  /** Stable key in the journal, e.g. `interface/amend:lists`. */
  key: string;
  function: ModelFunction<Answer>;
  /** Names that exist in this call: schema path (`columns[].table`) → allowed values. Narrowed into enums before sending. */
  enums: Record<string, readonly string[]>;
  /** Rendered system and user messages. */
  system: string;
  user: string;
  /** The values shown, hashed to find the answer again; not the wording of prompts. */
  shown: unknown;
  /** List property → identity of an item in it; a later item of the same identity replaces the earlier one. */
  lists: Record<string, (item: never) => string>;
  /** List property → what its items are said again by after a change: all of a group, or none. A list without identity is one group unless told otherwise. */
  groups?: Record<string, { of: (item: never) => string; what: string }>;
  /** The answer that this one is a difference against; by default the last one before the change that is under way. */
  earlier?: { answer: Answer; note: string };
  /** The list that must come last (`unserved` or `blocked`): without it the answer was cut. Null where the function has none. */
  closing: string | null;
  /** An answer given before, and what came out to be wrong with it: the reply is merged into that. Absent where nothing was answered yet. */
  standing?: { answer: Answer; diagnostics: Diagnostic[] };
  /** Meaning: everything a schema cannot say, at paths inside the answer (`$input.columns[2].target`). */
  check(answer: Answer): Diagnostic[];
  /** The real compiler's verdict, at paths inside the answer; absent where nothing is compiled. */
  compile?(answer: Answer): Promise<Diagnostic[]>;
}

/** What came of a task. */
export interface Outcome<Answer extends object = object> {
  /** The accepted answer, or null where no item survived its budget. */
  answer: Answer | null;
  /** Items dropped at the end of the budget, with the diagnostics that killed them. */
  dropped: { path: string; value: unknown; diagnostics: Diagnostic[] }[];
  attempts: number;
  /** Whether the answer came from the journal without a call. */
  reused: boolean;
}
