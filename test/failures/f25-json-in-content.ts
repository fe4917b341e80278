/** F25: no call at all, the arguments stand in the content. */
import type { FailureScenario } from "./failure.js";
import { readsContent, TEXT } from "./readable.js";

export const scenario: FailureScenario[] = [
  readsContent("bare", TEXT),
  readsContent("in prose", `The answer is ${TEXT} as asked.`),
  readsContent("wrapped as a call", `{"name": "emit", "arguments": ${TEXT}}`),
];
