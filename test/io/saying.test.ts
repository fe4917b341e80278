/** The words of an error body in each of its forms; and when a text runs in circles. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../../src/base/journal.js";
import { Circles } from "../../src/io/endpoint/circles.js";
import { unreachable } from "../../src/io/endpoint/classify.js";
import { saying } from "../../src/io/endpoint/saying.js";

describe("what a server says", () => {
  test.each<[string, unknown, string]>([
    ["OpenAI", { error: { message: "no", type: "t", code: "c" } }, "no"],
    ["OpenRouter", { error: { code: 502, message: "no", metadata: { raw: '{"why":1}' } } }, 'no ({"why":1})'],
    ["vLLM of old", { object: "error", message: "no", code: 400 }, "no"],
    ["LM Studio and TGI", { error: "no", error_type: "validation" }, "no"],
    ["Gemini", [{ error: { code: 400, message: "no", status: "INVALID_ARGUMENT" } }], "no"],
    [
      "FastAPI",
      { detail: [{ loc: ["body", "seed"], msg: "Extra inputs", type: "extra_forbidden" }] },
      "body.seed: Extra inputs",
    ],
    ["FastAPI in a word", { detail: "Not Found" }, "Not Found"],
    ["Mistral", { message: { detail: [{ loc: ["body"] }] } }, '{"detail":[{"loc":["body"]}]}'],
    ["plain text", "upstream\n timed  out", "upstream timed out"],
    ["a web page", "  <!doctype html><h1>502</h1>", "a web page"],
    ["nothing", "", ""],
    [
      "a long one with the key at its end",
      { error: { message: `${"x".repeat(295)}sk-secret` } },
      `${"x".repeat(295)}…`,
    ],
  ])("%s", (_, body, words) => {
    expect(saying(typeof body === "string" ? body : JSON.stringify(body), "sk-secret")).toBe(words);
  });

  test.each([
    ["ENOTFOUND", /there is no such host/],
    ["ECONNREFUSED", /nothing listens there/],
    ["CERT_HAS_EXPIRED", /expired \(CERT_HAS_EXPIRED\)/],
  ])("of the network: %s", (code, words) => {
    const inner = Object.assign(new TypeError("certificate has expired"), { code });
    const error = new TypeError("Connection error.", { cause: new TypeError("fetch failed", { cause: inner }) });
    const settings = {
      baseUrl: "http://h/v1",
      key: null,
      keyVariable: "K",
      withheld: null,
      model: null,
      provider: null,
    };
    expect(unreachable(error, settings)).toMatchObject({
      code: "ENDPOINT.UNREACHABLE",
      message: expect.stringMatching(words),
    });
  });
});

describe("a text runs in circles", () => {
  const runs = (text: string, size: number): number | null => {
    const circles = new Circles();
    for (let at = 0; at < text.length; at += size) if (circles.add(text.slice(at, at + size))) return at + size;
    return null;
  };
  const start = '{"plan":"Orders belong to customers.","columns":[';

  test.each<[string, string]>([
    ["one letter", "]"],
    ["a word", "and so on "],
    ["escaped line breaks", "\\n"],
    ["a sentence", "I should call the function with the columns of orders. "],
    ["a whole item", `{"table":"orders","name":"x","kind":"text","size":1,"note":"${"y".repeat(120)}"},`],
    ["blanks", " \n"],
  ])("by %s, and is stopped soon", (_, again) => {
    for (const size of [1, 7, 1_000]) {
      const stopped = runs(start + again.repeat(10_000), size);
      expect(stopped).not.toBeNull();
      expect(stopped).toBeLessThan(start.length + Math.max(20 * again.length, 640) + 1_200);
    }
  });

  test("never in recorded replies, a table of dashes or an indented list", () => {
    const journal = readFileSync(new URL("../../examples/todo/journal.jsonl", import.meta.url), "utf8");
    const entries = journal
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as JournalEntry);
    const replies = entries.flatMap((entry) =>
      entry.kind === "attempt" ? entry.reply.calls.map((one) => one.arguments) : [],
    );
    const items = JSON.stringify(
      Array.from({ length: 60 }, (_, i) => ({ table: "orders", name: `column${i}`, size: 1 })),
      null,
      4,
    );
    expect(replies.length).toBeGreaterThan(5);
    for (const text of [...replies, `| a | b |\n|${"-".repeat(120)}|${"-".repeat(120)}|`, items])
      for (const size of [3, 500]) expect(runs(text, size)).toBeNull();
  });
});
