/** F30: the function is called by another name; there is only one. */
import { delta, stream } from "../fake-endpoint.js";
import type { FailureScenario } from "./failure.js";
import { isRead, TEXT } from "./readable.js";

export const scenario: FailureScenario[] = ["functions.emit", "emit_", "default_api:emit", "", "EMIT"].map((name) =>
  isRead(
    `it is called ${JSON.stringify(name)}`,
    stream(
      delta({ tool_calls: [{ index: 0, id: "c1", function: { name, arguments: TEXT } }] }),
      delta({}, "tool_calls"),
      "data: [DONE]",
    ),
  ),
);
