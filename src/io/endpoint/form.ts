/** The form of a request that an endpoint takes: where one begins, and what is learned of it. Plain data, so that it can be kept. */
import type { Rung } from "./ladder.js";

export interface Form {
  rung: Rung;
  /** The schema told in the prompt although it is sent too, for servers that lose parts of it. */
  told: boolean;
  /** `strict: true` at every rung: a server that enforces a schema only then. */
  strict: boolean;
  toolChoice: "required" | "auto" | null;
  cap: "max_tokens" | "max_completion_tokens" | null;
  /** Largest output cap the endpoint takes, once it has said so. */
  most: number | null;
  /** Factor on the output cap, for models whose thinking fills it. */
  room: number;
  /** Whether the model may think before it answers. */
  thinking: boolean;
  /** What of an earlier reply is sent back with it: nothing, the members we do not know, its thinking too. */
  echo: "none" | "unknown" | "all";
  /** Members of the request that were refused and are no longer sent. */
  refused: string[];
}

/** The smallest first request: nothing in it that a server might refuse for no gain. */
export const FIRST_FORM: Form = {
  rung: 0,
  told: false,
  strict: false,
  toolChoice: "required",
  cap: "max_tokens",
  most: null,
  room: 1,
  thinking: true,
  echo: "unknown",
  refused: [],
};

/** What is different for one turn only, and not remembered. */
export interface Turn {
  /** The answer shown to the model is left out, and what was wrong with it is said with the question. */
  folded: boolean;
  /** The schema goes without descriptions. */
  bare: boolean;
  /** How often the reply ran in circles: another seed and temperature are asked for. */
  shaken: number;
  /** No first byte came: one rung lower is tried, and kept if it answers. */
  hung: boolean;
}

export const firstTurn = (): Turn => ({ folded: false, bare: false, shaken: 0, hung: false });
