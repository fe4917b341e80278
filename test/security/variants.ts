/** Holes that people leave in backends, each as one change of a text of the secured service, and the tests that must see it. */
import { bodies } from "./holes/bodies.js";
import { queries } from "./holes/queries.js";
import { rows } from "./holes/rows.js";
import { surroundings } from "./holes/surroundings.js";
import { tokens } from "./holes/tokens.js";

export interface Variant {
  hole: string;
  file: string;
  /** Stands in the file exactly once. */
  from: string;
  to: string;
  /** Tests that pass on the service as it is and fail with the hole, each by an assertion. */
  probes: string[];
}

export const variants: Variant[] = [...rows, ...bodies, ...queries, ...tokens, ...surroundings];
