/** What the repair is handed, what it knows on its way, and what it answers: types only. */
import type { Asker } from "../../base/asker.js";
import type { Talk } from "../../base/talk.js";
import type { Design } from "../design.js";
import type { Gated } from "../gate.js";
import type { Memory } from "./memory.js";
import type { Changes, Remade } from "./remake.js";

export type { Changes } from "./remake.js";

export interface Workshop {
  asker: Asker;
  talk: Talk;
  /** What was answered before the gate. */
  memory: Memory;
  /** The design that these answers make. */
  remake(changes: Changes, memory: Memory): Promise<Remade>;
  /** Paths edited by hand, so that what was judged is not what was generated. */
  edited(): string[];
  /** Writes a design, runs it out and judges it. */
  judge(design: Design): Promise<Gated>;
  /** Rounds at most; `ROUNDS` by default. */
  rounds?: number;
}

export interface Repaired {
  design: Design;
  gated: Gated;
  /** What was put right. */
  repaired: string[];
  /** What was tried, and undone because it did not lessen the failures. */
  undone: string[];
  /** Refusals told in words, and how many derived tests were left out for each. */
  aside: string[];
  /** What still fails, and why nothing more was done about it. */
  left: Left[];
}

export interface Left {
  what: string;
  why: string;
}

/** What is known of the repair after some rounds. */
export interface Standing {
  design: Design;
  gated: Gated;
  changes: Changes;
  memory: Memory;
  /** Cause or gap → what was tried in vain, in the words of who tried it. */
  tried: Map<string, string[]>;
  /** Cause or gap → why it is left. */
  left: Map<string, string>;
  /** Operation → why its author, who was asked to put it right, says that the tests contradict the contract. */
  objections: Map<string, string>;
  /** Task → how often it was asked again. */
  times: Map<string, number>;
}
