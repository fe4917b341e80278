/** F48: half characters, byte order marks, keys said twice, and `__proto__`. */
import { answerOf, owner } from "../harness/sample.js";
import type { FailureScenario } from "./failure.js";
import { readsCall, TEXT } from "./readable.js";

const half = answerOf([owner], { plan: "x\uFFFDy" });

export const scenario: FailureScenario[] = [
  readsCall("a byte order mark", `\uFEFF${TEXT}`),
  readsCall("a blank without width", `\u200B${TEXT}`),
  readsCall("a key said twice: the last one holds", TEXT.replace('{"plan"', '{"plan":"first","plan"')),
  readsCall("a key said twice where more is wrong", TEXT.replace('{"plan"', '{plan:"first","plan"')),
  readsCall("__proto__ in strict JSON", TEXT.replace('{"plan"', '{"__proto__":{"plan":7},"plan"')),
  readsCall("__proto__ where more is wrong", TEXT.replace('{"plan"', '{__proto__:{"columns":7},"plan"')),
  readsCall("constructor and toString", TEXT.replace('"size"', '"constructor":1,"toString":2,"size"')),
  readsCall("half a character, escaped", JSON.stringify(half).replace("\uFFFD", "\\ud83d"), half),
];
