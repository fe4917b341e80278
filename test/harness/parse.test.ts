/** Answers are found wherever models put them, and read however they are cut. */
import { describe, expect, test } from "vitest";
import { parseReply } from "../../src/harness/parse.js";
import { answerOf, emit, owner } from "./sample.js";

const want = answerOf([owner]);
const text = JSON.stringify(want);
const called = (args: string, name = "emit") => ({ calls: [{ name, arguments: args }], content: "" });
const said = (content: string) => ({ calls: [], content });

const CASES: Record<string, { calls: { name: string; arguments: string }[]; content: string }> = {
  plain: called(text),
  "byte order mark": called(`\uFEFF${text}`),
  "F12 doubly encoded": called(JSON.stringify(text)),
  "F12 thrice encoded": called(JSON.stringify(JSON.stringify(text))),
  "F15 fence and prose": called(`Here you go:\n\`\`\`json\n${text}\n\`\`\`\nDone.`),
  "F15 prose in braces first": called(`I use {tables} here: ${text}`),
  "F16 trailing commas and comments": called(text.replace("[{", "[ // first\n{").replace("}]", "},]")),
  "F16 unquoted keys": called(text.replaceAll(/"(\w+)":/g, "$1:")),
  "F16 single quotes": called(text.replaceAll('"', "'")),
  "F17 raw line break": called(text.replace('"p"', '"p"').replace(",", ",\n\t")),
  "F19 glued": called(text + text),
  "F20 wrapped in arguments": called(`{"name":"emit","arguments":${text}}`),
  "F20 wrapped in the function's name": called(`{"emit":${text}}`),
  "F20 wrapped as string": called(JSON.stringify({ input: text })),
  "list of one": called(`[${text}]`),
  "extra bracket": called(`${text}}}`),
  "F25 content": said(text),
  "F25 content with prose": said(`The answer is ${text} as asked.`),
  "F26 tool_call": said(`<tool_call>\n{"name":"emit","arguments":${text}}\n</tool_call>`),
  "F26 tool_call unclosed": said(`<tool_call>\n{"name":"emit","arguments":${text}}`),
  "F26 TOOL_CALLS": said(`[TOOL_CALLS] [{"name":"emit","arguments":${text}}]`),
  "F26 function": said(`<function=emit>${text}</function>`),
  "F26 parameters": said(
    `<function=emit>\n<parameter=plan>\np\n</parameter>\n<parameter=columns>\n${JSON.stringify([owner])}\n</parameter>\n<parameter=unserved>\n[]\n</parameter>\n</function>`,
  ),
  "F27 thinking leaks": said(`<think>maybe {"plan":"no"}</think>${text}`),
  "F27 lone end of thinking": said(`maybe {"plan":"no"} so emit.</think>\n${text}`),
  "F30 mangled name": called(text, "functions.emit"),
  "F31 several calls": { calls: [...called('{"plan":1}').calls, ...called(text).calls], content: "" },
  "right name before wrong": { calls: [...called('{"plan":"x"}', "other").calls, ...called(text).calls], content: "" },
};

describe("parseReply reads", () => {
  test.each(Object.entries(CASES))("%s", (_, reply) => {
    expect(parseReply(reply, emit)).toMatchObject({ value: want, cut: false });
  });
});

describe("parseReply leaves", () => {
  test.each(["", "   ", "null", "{}", "[]", "I'm sorry, I can't do that.", "{tables}"])("%j unread", (given) => {
    expect(parseReply(called(given), emit)).toBeNull();
  });

  test("an echoed schema unread (F21)", () => {
    expect(parseReply(called(JSON.stringify(emit.parameters)), emit)).toBeNull();
  });
});

describe("a cut text (F18)", () => {
  const long = JSON.stringify(
    answerOf([owner, { ...owner, name: "second" }], { unserved: [{ id: "R1", reason: "x" }] }),
  );

  test("read at every length gives whole items only, and says that it was cut", () => {
    for (let length = 1; length < long.length; ++length) {
      const reading = parseReply(called(long.slice(0, length)), emit);
      if (reading === null) continue;
      expect(reading.cut, `at ${length}`).toBe(true);
      for (const one of (reading.value["columns"] ?? []) as unknown[])
        expect([owner, { ...owner, name: "second" }], `at ${length}`).toContainEqual(one);
      for (const one of (reading.value["unserved"] ?? []) as unknown[]) expect(one).toEqual({ id: "R1", reason: "x" });
      if ("plan" in reading.value) expect(reading.value["plan"]).toBe("p");
    }
  });

  test("keeps the items that came", () => {
    const reading = parseReply(called(long.slice(0, long.indexOf('"second"') + 4)), emit);
    expect(reading).toMatchObject({ value: { plan: "p", columns: [owner] }, cut: true });
    expect(reading!.value).not.toHaveProperty("unserved");
  });

  test("keeps a member that was whole before the cut", () => {
    expect(parseReply(called('{"plan":"p","col'), emit)).toMatchObject({ value: { plan: "p" }, cut: true });
  });

  test("quotes that nobody escaped are part of the text", () => {
    const broken = long.replace('"reason":"x"', '"reason":"the "one", and only"');
    expect(parseReply(called(broken), emit)).toMatchObject({
      value: { unserved: [{ id: "R1", reason: 'the "one", and only' }] },
      cut: false,
    });
  });

  test("a text that stops making sense loses what comes after, not what came before", () => {
    const broken = long.replace('"second"', "@second@");
    expect(parseReply(called(broken), emit)).toMatchObject({ value: { plan: "p", columns: [owner] }, cut: true });
  });
});

describe("thousands of brackets", () => {
  const deep = "[".repeat(20_000);

  test("in a member nobody knows harm nothing", () => {
    const closed = text.replace(/\}$/, `,"deep":${deep}${"]".repeat(20_000)}}`);
    expect(parseReply(called(closed), emit)?.cut).toBe(false);
  });

  test("that never close are no answer", () => {
    expect(parseReply(called(`{"plan":${deep}`), emit)?.cut).toBe(true);
  });
});
