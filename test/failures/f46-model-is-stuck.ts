/** F46: the same wrong answer again and again: each time something about the asking changes. */
import { expect } from "vitest";
import { call } from "../fake-endpoint.js";
import { answerOf, column, owner } from "../harness/sample.js";
import { type FailureScenario, RIGHT } from "./failure.js";

const BAD = answerOf([owner, column("badOne"), column("badTwo", { table: "customers" })]);

export const scenario: FailureScenario = {
  title: "the same wrong answer again and again",
  scenes: [...Array(7).fill(call(BAD)), call(RIGHT)],
  harness: { limits: { attempts: 12, tokens: null } },
  expect: ({ chats, outcome }) => {
    const said = chats.map(({ body }) => ({
      roles: body["messages"].map((one: { role: string }) => one.role).join(),
      text: body["messages"].at(-1).content as string,
      temperature: body["temperature"] as number | undefined,
    }));
    expect(said[1]!.text).not.toContain("✗");
    expect(said[2]!.text).toContain('✗ "badOne"');
    expect(said[2]!.roles).toContain("assistant");
    expect(said[3]!.roles).toBe("system,user");
    expect(said[3]!.text).toContain('"badOne"');
    expect(said[3]!.text).toContain('"badTwo"');
    expect(
      [said[4]!.text.includes('"name": "badOne"'), said[4]!.text.includes('"name": "badTwo"')].filter(Boolean),
    ).toHaveLength(1);
    expect(outcome).not.toBeNull();
  },
};
