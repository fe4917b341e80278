/** Which endpoint is meant, and which key may go there. */
import { describe, expect, test } from "vitest";
import { endpointSettings } from "../../src/io/endpoint/settings.js";

const KEY = { OPENAI_API_KEY: "sk" };
const OWN = { ...KEY, OPENAI_BASE_URL: "https://own.example/v1" };

describe("a key goes only to the host it was given for", () => {
  test.each([
    ["key alone: OpenAI", {}, KEY, "https://api.openai.com/v1", "sk"],
    ["key and base of the environment", {}, OWN, "https://own.example/v1", "sk"],
    ["another path of that host", { baseUrl: "https://own.example/v2" }, OWN, "https://own.example/v2", "sk"],
    ["another host by flag", { baseUrl: "https://other.example/v1" }, OWN, "https://other.example/v1", null],
    ["another port", { baseUrl: "https://own.example:8443/v1" }, OWN, "https://own.example:8443/v1", null],
    ["plain http of that host", { baseUrl: "http://own.example/v1" }, OWN, "http://own.example/v1", null],
    ["flag and key, no base", { baseUrl: "http://127.0.0.1:4141/v1" }, KEY, "http://127.0.0.1:4141/v1", null],
    ["a blank base is no base", {}, { ...KEY, OPENAI_BASE_URL: " " }, "https://api.openai.com/v1", "sk"],
    [
      "a preset takes its own",
      { provider: "openrouter" },
      { ...KEY, OPENROUTER_API_KEY: "or" },
      "https://openrouter.ai/api/v1",
      "or",
    ],
    ["a preset never takes the key of another", { provider: "vllm" }, KEY, "http://127.0.0.1:8000/v1", null],
    [
      "a preset never takes the base of the environment",
      { provider: "openrouter" },
      { ...OWN, OPENROUTER_API_KEY: "or" },
      "https://openrouter.ai/api/v1",
      "or",
    ],
    [
      "a name that only begins alike",
      { baseUrl: "https://api.openai.com.evil.example/v1" },
      KEY,
      "https://api.openai.com.evil.example/v1",
      null,
    ],
    ["a host below", { baseUrl: "https://x.own.example/v1" }, OWN, "https://x.own.example/v1", null],
    ["a preset elsewhere", { provider: "openai", baseUrl: "https://x.example/v1" }, KEY, "https://x.example/v1", null],
    ["a local preset", { provider: "ollama" }, KEY, "http://127.0.0.1:11434/v1", null],
    [
      "a local preset elsewhere",
      { provider: "vllm", baseUrl: "http://gpu:8000/v1/" },
      { VLLM_API_KEY: "v" },
      "http://gpu:8000/v1",
      "v",
    ],
  ])("%s", (_, flags, environment, baseUrl, key) => {
    expect(endpointSettings(flags, environment)).toMatchObject({ baseUrl, key });
  });

  test("and says which one was withheld", () => {
    expect(endpointSettings({ baseUrl: "https://other.example/v1" }, OWN).withheld).toBe(
      "OPENAI_API_KEY belongs to own.example and was not sent.",
    );
  });
});

describe("what names no endpoint is a Failure", () => {
  test.each([
    [{}, {}, "ENDPOINT.NOT_CONFIGURED"],
    [{ baseUrl: "localhost:4141" }, {}, "ENDPOINT.WRONG_URL"],
    [{ baseUrl: "https://me:secret@host/v1" }, {}, "ENDPOINT.WRONG_URL"],
    [{ baseUrl: "https://:secret@host/v1" }, {}, "ENDPOINT.WRONG_URL"],
    [{ baseUrl: "https://me:se@secret@host/v1" }, {}, "ENDPOINT.WRONG_URL"],
    [{ baseUrl: "https://host/v1?api_key=secret" }, {}, "ENDPOINT.WRONG_URL"],
    [{}, { ...KEY, OPENAI_BASE_URL: "https://host/v1?key=secret" }, "ENDPOINT.WRONG_URL"],
    [{}, { OPENAI_API_KEY: "sk-secret\nsk-secret" }, "ENDPOINT.UNREADABLE_KEY"],
    [{}, { OPENAI_API_KEY: "sk-secret\u201d" }, "ENDPOINT.UNREADABLE_KEY"],
    [{ provider: "vllm" }, { VLLM_API_KEY: "Bearer secret" }, "ENDPOINT.UNREADABLE_KEY"],
    [{ provider: "opneai" }, {}, "ENDPOINT.UNKNOWN_PROVIDER"],
    [{ provider: "openai" }, {}, "ENDPOINT.NO_KEY"],
  ])("%j %j", (flags, environment, code) => {
    try {
      endpointSettings(flags, environment);
      expect.unreachable();
    } catch (mishap) {
      expect(mishap).toMatchObject({ name: "Failure", code });
      expect((mishap as Error).message).not.toContain("secret");
    }
  });
});

test("a model comes from the flag before the environment, and keeps its slashes and colons", () => {
  const environment = { ...OWN, AUTOBE_MODEL: "qwen/qwen3:free" };
  expect(endpointSettings({}, environment).model).toBe("qwen/qwen3:free");
  expect(endpointSettings({ model: "m" }, environment).model).toBe("m");
  expect(endpointSettings({}, OWN).model).toBeNull();
});
