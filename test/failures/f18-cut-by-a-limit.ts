/** F18: a limit cut the arguments off; what came whole is kept, and nothing is taken for the end. */
import { expect } from "vitest";
import { call, say } from "../fake-endpoint.js";
import { answerOf, column, owner } from "../harness/sample.js";
import type { FailureScenario } from "./failure.js";

const whole = answerOf([owner, column("second"), column("third")]);
const text = JSON.stringify(whole);
const short = text.slice(0, text.indexOf('"third"') + 3);
const rest = { plan: "p", columns: [column("third")], unserved: [] };

const asksForTheRest = (
  title: string,
  scene: FailureScenario["scenes"][number],
  more: object = rest,
): FailureScenario => ({
  title,
  scenes: [scene, call(more)],
  expect: ({ outcome, chats }) => {
    expect(outcome?.answer).toEqual(whole);
    expect(chats).toHaveLength(2);
    expect(chats[1]!.body["messages"].at(-1).content).toContain("is not whole");
  },
});

export const scenario: FailureScenario[] = [
  asksForTheRest("cut in the middle of an item", call(short, "length")),
  asksForTheRest("cut, and nobody says so", call(short, "stop")),
  asksForTheRest("cut in content", say(`Here:\n\`\`\`json\n${short}`)),
  asksForTheRest("cut between items", call(text.slice(0, text.indexOf(',{"table":"orders","name":"third"')), "stop")),
  asksForTheRest("cut before the last bracket", call(text.slice(0, -1), "stop"), { ...rest, columns: [] }),
  asksForTheRest(
    "cut, and the server closed the brackets",
    call(`${text.slice(0, text.indexOf('"third"') + 4)}"}],"unserved":[]}`, "length"),
  ),
];
