/** An endpoint that knows the fault: it says truly which side is wrong, and answers for the wrong part what was right before. */
import { delta, type FakeEndpoint, fakeEndpoint, type Heard, stream } from "../../fake-endpoint.js";
import type { Fault } from "./faults.js";

export const truthfulEndpoint = (fault: Fault, original: () => object): Promise<FakeEndpoint> =>
  fakeEndpoint([
    (response, heard) => {
      const name = heard.body["tools"]?.[0]?.function?.name as string;
      const args = name === "judgeFailure" ? judgementOf(fault) : isAbout(fault, heard) ? original() : lastOf(heard);
      return stream(
        delta({ role: "assistant", content: null }),
        delta({
          tool_calls: [{ index: 0, id: "c1", type: "function", function: { name, arguments: JSON.stringify(args) } }],
        }),
        delta({}, "tool_calls"),
        "data: [DONE]",
      )(response, heard);
    },
  ]);

const judgementOf = ({ side, part, name }: Fault): object => ({
  plan: `It is about ${part}.`,
  side,
  part,
  why: `There is this fault in ${part}: ${name}.`,
  refusal: null,
  avoid: null,
  blocked: [],
});

const FUNCTIONS = {
  "test/scenarios": "writeScenarios",
  "realize/operation": "realizeOperation",
  "realize/amend": "amendOperations",
};

const isAbout = ({ key }: Fault, { body }: Heard): boolean =>
  FUNCTIONS[key.split(":")[0] as keyof typeof FUNCTIONS] === body["tools"]?.[0]?.function?.name;

/** Who has done nothing wrong says the same again. */
const lastOf = ({ body }: Heard): object => {
  const said = body["messages"]?.find((one: { tool_calls?: object[] }) => one.tool_calls !== undefined);
  return JSON.parse(said?.tool_calls[0].function.arguments ?? "{}") as object;
};
