/** `autobe doctor` as a user meets it: the right verdict on good, weak and wrong endpoints. */
import { afterEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/base/diagnostic.js";
import type { IFormula, IOperation } from "../../src/cli/doctor/functions.js";
import { formulaTask, sumTask } from "../../src/cli/doctor/tasks.js";
import { type FakeEndpoint, fakeEndpoint, json, type Scene, say, text } from "../fake-endpoint.js";
import { answering } from "../library/asker.js";
import { fill, model, RIGHT, value } from "./good-model.js";
import { doctor, verdictOf, visit } from "./patient.js";

const servers: FakeEndpoint[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const listing = (more: object = { context_length: 32_768 }): Scene =>
  json(200, { data: [{ id: "toy", owned_by: "test", ...more }] });

const serve = async (scene: Scene, models: Scene = listing()): Promise<string> => {
  const server = await fakeEndpoint([scene], models);
  servers.push(server);
  return server.url;
};

describe("an endpoint that is fit", () => {
  test("is told so, line by line", async () => {
    const { code, out, err } = await doctor(await serve(model()));
    expect([code, out]).toEqual([0, ""]);
    expect(err.split("\n").map((line) => line.replace(/ +\d+\.\d s$/, ""))).toEqual([
      expect.stringMatching(/^✔ reachable +yes +127\.0\.0\.1:\d+$/),
      "✔ lists models            yes      1, among them toy",
      "✔ tells its window        yes      32,768 tokens for a request",
      "✔ calls a function        yes",
      "✔ heeds `required`        yes",
      "✔ heeds a call by name    yes",
      "✔ fills nested values     yes",
      "✔ fills a real function   yes",
      "✔ takes whole schemas     yes",
      "✔ streams                 yes",
      "✔ counts tokens           yes",
      expect.stringMatching(/^✔ has a speed +yes +writes \d+ tokens a second/),
      "✔ fit for autobe: yes",
      "",
    ]);
  });

  test("is one object on stdout with --json", async () => {
    const { code, out, err } = await doctor(await serve(model()), "--json");
    expect([code, err]).toEqual([0, ""]);
    expect(out.trim().split("\n")).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      model: "toy",
      fit: true,
      because: "",
      limits: [],
      window: { tokens: 32_768, slots: null },
      findings: expect.arrayContaining([{ question: "streams", answer: "yes", detail: "" }]),
    });
  });

  const LIMITS: [string, Scene, Scene, RegExp][] = [
    ["its window is not known", model(), listing({}), /its window is not known/],
    ["its window is small", model(), listing({ max_model_len: 8_192 }), /window of 16,384 tokens/],
    [
      "it nests wrongly",
      model({ handInFormula: fill("handInFormula", { formula: value(49) }) }),
      listing(),
      /nests values wrongly/,
    ],
    [
      "it does not stream",
      (response, heard) => {
        const { name } = heard.body["tools"][0].function;
        const call = { id: "c1", function: { name, arguments: JSON.stringify(RIGHT[name]) } };
        json(200, { choices: [{ message: { tool_calls: [call] }, finish_reason: "tool_calls" }] })(response, heard);
      },
      listing(),
      /does not stream/,
    ],
  ];
  test.each(LIMITS)("with limits: %s", async (_, scene, models, limit) => {
    const { code, err } = await visit(await serve(scene, models));
    expect(code, err).toBe(0);
    expect(verdictOf(err)).toMatch(/^fit for autobe: yes, with limits:/);
    expect(verdictOf(err)).toMatch(limit);
  });

  test("with attempts more than one", async () => {
    let outlines = 0;
    const outline: Scene = (response, heard) =>
      fill("outline", outlines++ === 0 ? { ...RIGHT["outline"], modules: [] } : RIGHT["outline"])(response, heard);
    const { code, err } = await visit(await serve(model({ outline })));
    expect(code, err).toBe(0);
    expect(verdictOf(err)).toMatch(/right with one attempt more/);
  });

  test("though it heeds neither way of demanding a call", async () => {
    const { code, err } = await visit(await serve(model({ handIn: say("one two three") })));
    expect(code, err).toBe(0);
    expect(err).toMatch(/heeds `required` +unknown +it may answer in words/);
  });

  test("though it refuses one of them", async () => {
    const handIn: Scene = (response, heard) =>
      typeof heard.body["tool_choice"] === "string"
        ? fill("handIn", RIGHT["handIn"])(response, heard)
        : json(400, { error: "Invalid tool_choice type: 'object'." })(response, heard);
    const { code, err } = await visit(await serve(model({ handIn })));
    expect(code, err).toBe(0);
    expect(err).toMatch(/heeds a call by name +unknown +refused: Invalid tool_choice type/);
  });
});

describe("an endpoint that is not fit", () => {
  const WRONG: [string, Scene, Scene, number, RegExp][] = [
    [
      "a page of HTML",
      model(),
      text(200, "<html>Log in</html>"),
      2,
      /no, because .* web pages. \[ENDPOINT\.WRONG_URL\]/,
    ],
    [
      "a wrong key",
      model(),
      json(401, { error: { message: "bad key" } }),
      2,
      /no, because .*key.* \[ENDPOINT\.WRONG_KEY\]/,
    ],
    [
      "a key asked for only by chats",
      json(401, { error: { message: "bad key" } }),
      listing(),
      2,
      /no, because .*key.* \[ENDPOINT\.WRONG_KEY\]/,
    ],
    [
      "an unknown model",
      json(404, { error: { code: "model_not_found", message: "no such model" } }),
      listing(),
      2,
      /no model called toy/,
    ],
    [
      "a model that only talks",
      say("42 of course"),
      listing(),
      2,
      /no, because it calls no function; it said: 42 of course/,
    ],
    [
      "a model that understands nothing",
      model({ handInSum: fill("handInSum", { sum: 6 }) }),
      listing(),
      2,
      /no, because it does not understand: asked for 19 \+ 23, it filled \{"sum":6\}/,
    ],
    [
      "a model that fails at real functions",
      model({ outline: fill("outline", { plan: "none" }) }),
      listing(),
      2,
      /no, because it does not get a real function right in 3 replies/,
    ],
    ["a window far too small", model(), listing({ max_model_len: 4_096 }), 2, /no, because a request has 4,096 tokens/],
  ];
  test.each(WRONG)("%s", async (_, scene, models, code, verdict) => {
    const ended = await visit(await serve(scene, models));
    expect(ended.err).toMatch(verdict);
    expect(verdictOf(ended.err)).toMatch(verdict);
    expect(ended.code).toBe(code);
  });

  test("a wrong port", async () => {
    const server = await fakeEndpoint([]);
    await server.close();
    const ended = await doctor(server.url);
    expect(verdictOf(ended.err)).toMatch(/no, because .* nothing listens there .*\[ENDPOINT\.UNREACHABLE\]/);
    expect([ended.code, ended.out]).toEqual([3, ""]);
  });

  test("one that never answers", async () => {
    const ended = await visit(await serve(() => {}), { firstByteTimeout: 1 });
    expect(verdictOf(ended.err)).toMatch(/no, because .* sent nothing for 1 s .*\[ENDPOINT\.STALLED\]/);
    expect(ended.code).toBe(3);
  });

  test("with the verdict in the object of --json too", async () => {
    const ended = await doctor(await serve(model(), text(200, "<html>")), "--json");
    expect(ended.code).toBe(2);
    expect(JSON.parse(ended.out)).toMatchObject({ fit: false, because: expect.stringContaining("web pages") });
  });
});

describe("what is asked", () => {
  const asker = answering({});
  const given = RIGHT["handInFormula"] as { formula: IFormula };
  const { left, right } = given.formula as IOperation;

  test.each<[string, Diagnostic[], string[]]>([
    ["the sum", sumTask(asker).check({ sum: 42 }), []],
    ["another sum", sumTask(asker).check({ sum: 41 }), ["DOCTOR.WRONG_ANSWER"]],
    ["the formula", formulaTask(asker).check(given), []],
    [
      "its sides changed about",
      formulaTask(asker).check({ formula: { kind: "operation", operator: "times", left: right, right: left } }),
      ["DOCTOR.WRONG_ANSWER"],
    ],
    ["its value", formulaTask(asker).check({ formula: { kind: "value", value: 49 } }), ["DOCTOR.WRONG_ANSWER"]],
  ])("is judged: %s", (_, found, codes) => {
    expect(found.map(({ code }) => code)).toEqual(codes);
  });
});
