/** F19: several objects stand one behind the other: the first that is right is meant. */
import type { FailureScenario } from "./failure.js";
import { readsCall, TEXT } from "./readable.js";

export const scenario: FailureScenario[] = [
  readsCall("the same twice", TEXT + TEXT),
  readsCall("an empty one first", `{}${TEXT}`),
  readsCall("a draft first", `{"plan":"draft","columns":[]}\n${TEXT}`),
  readsCall("a bracket too many", `${TEXT}}`),
];
