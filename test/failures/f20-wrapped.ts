/** F20: the arguments are wrapped in what should be around them. */
import type { FailureScenario } from "./failure.js";
import { RIGHT } from "./failure.js";
import { readsCall, TEXT } from "./readable.js";

const wrapped = (title: string, value: unknown): FailureScenario => readsCall(title, JSON.stringify(value));

export const scenario: FailureScenario[] = [
  wrapped("in name and arguments", { name: "emit", arguments: RIGHT }),
  wrapped("in name and arguments as text", { name: "emit", arguments: TEXT }),
  wrapped("in a whole message", { tool_calls: [{ function: { name: "emit", arguments: TEXT } }] }),
  wrapped("in the name of the function", { emit: RIGHT }),
  wrapped("in properties", { type: "object", properties: RIGHT }),
  wrapped("in a single unknown key", { value: RIGHT }),
  wrapped("in a list of one", [RIGHT]),
];
