/** F15: prose or a fenced block stands around the arguments. */
import type { FailureScenario } from "./failure.js";
import { readsCall, TEXT } from "./readable.js";

export const scenario: FailureScenario[] = [
  readsCall("a fenced block", `\`\`\`json\n${TEXT}\n\`\`\``),
  readsCall("a fenced block in prose", `Here you go, with {columns}:\n~~~json\n${TEXT}\n~~~\nAnything else?`),
  readsCall("prose with braces before", `I fill {columns} and {unserved}: ${TEXT}`),
  readsCall("prose before", `The arguments [1] are: ${TEXT}`),
  readsCall(
    "the last of two blocks",
    `First:\n\`\`\`json\n{"plan":"draft"}\n\`\`\`\nthen\n\`\`\`json\n${TEXT}\n\`\`\``,
  ),
];
