/** The first request to each provider, and how its key is sent. */
import { describe, expect, test } from "vitest";
import { connect } from "../../src/io/endpoint/connect.js";
import { PROVIDERS, type ProviderName } from "../../src/io/endpoint/providers.js";
import { endpointSettings } from "../../src/io/endpoint/settings.js";
import { call, fakeEndpoint, type Heard, type Loose } from "../fake-endpoint.js";
import { ARGS, open, request } from "./meet.js";

/** What a provider hears first, played on the loopback. */
const first = async (provider: ProviderName, keyHeader?: "api-key"): Promise<Heard> => {
  const server = await fakeEndpoint([call(ARGS)]);
  open.push(server);
  const connection = await connect(
    {
      baseUrl: server.url,
      key: "sk-secret",
      keyVariable: PROVIDERS[provider].key,
      ...(keyHeader === undefined ? {} : { keyHeader }),
      withheld: null,
      model: "toy",
      provider,
    },
    { signal: new AbortController().signal, notice: () => {} },
  );
  open.push(connection);
  await connection.complete(request, new AbortController().signal);
  return server.chats[0]!;
};

const plain = ["model", "messages", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options"];
const schemaOf = ({ body }: Heard): Loose => body["tools"][0].function.parameters;
const promptOf = ({ body }: Heard): string => body["messages"][0].content;

describe("the first request", () => {
  const keys: Record<ProviderName, string[]> = {
    openai: [...plain, "max_completion_tokens"],
    azure: [...plain, "max_completion_tokens"],
    groq: [...plain, "max_completion_tokens"],
    openrouter: [...plain, "max_tokens", "provider"],
    gemini: [...plain, "max_tokens"],
    deepseek: [...plain, "max_tokens"],
    mistral: [...plain.filter((key) => key !== "stream_options"), "max_tokens"],
    together: [...plain, "max_tokens"],
    ollama: [...plain, "max_tokens"],
    llamacpp: [...plain, "max_tokens"],
    lmstudio: [...plain, "max_tokens"],
    vllm: [...plain, "max_tokens"],
  };
  test.each(Object.entries(keys) as [ProviderName, string[]][])("of %s has nothing more", async (provider, wanted) => {
    const heard = await first(provider);
    expect(Object.keys(heard.body).sort()).toEqual([...wanted].sort());
    expect(promptOf(heard).includes("JSON Schema")).toBe(provider === "ollama");
    expect(heard.body["tools"][0].function.strict).toBe(provider === "vllm" ? true : undefined);
  });

  test("covers every preset", () => {
    expect(Object.keys(keys).sort()).toEqual(Object.keys(PROVIDERS).sort());
  });

  test("of OpenRouter asks for providers that heed all of it", async () => {
    expect((await first("openrouter")).body["provider"]).toEqual({ require_parameters: true });
  });

  test("of Gemini has no reference in its schema", async () => {
    const schema = { type: "object", properties: { a: { $ref: "#/$defs/A" } }, $defs: { A: { type: "string" } } };
    const server = await fakeEndpoint([call(ARGS)]);
    open.push(server);
    const settings = {
      baseUrl: server.url,
      key: "k",
      keyVariable: "K",
      withheld: null,
      model: "toy",
      provider: "gemini" as const,
    };
    const connection = await connect(settings, { signal: new AbortController().signal, notice: () => {} });
    open.push(connection);
    const fn = { ...request.function, parameters: { ...schema, additionalProperties: false } };
    await connection.complete({ ...request, function: fn }, new AbortController().signal);
    expect(schemaOf(server.chats[0]!)).toEqual({ type: "object", properties: { a: { type: "string" } } });
  });
});

describe("the key of Azure", () => {
  test("is sent in a header of its own", async () => {
    const { headers } = await first("azure", "api-key");
    expect(headers["api-key"]).toBe("sk-secret");
    expect(headers).not.toHaveProperty("authorization");
  });

  const KEY = { AZURE_OPENAI_API_KEY: "az" };
  const OWN = { ...KEY, AZURE_OPENAI_ENDPOINT: "https://res.openai.azure.com/" };
  test.each([
    ["the endpoint of the environment", {}, OWN, "https://res.openai.azure.com/openai/v1", "az"],
    [
      "given whole",
      {},
      { ...KEY, AZURE_OPENAI_ENDPOINT: "https://res.openai.azure.com/openai/v1" },
      "https://res.openai.azure.com/openai/v1",
      "az",
    ],
    ["another host by flag", { baseUrl: "https://other.example/v1" }, OWN, "https://other.example/v1", null],
    ["only a flag", { baseUrl: "https://mine.azure.com/openai/v1" }, KEY, "https://mine.azure.com/openai/v1", "az"],
  ])("goes to %s", (_, flags, environment, baseUrl, key) => {
    expect(endpointSettings({ provider: "azure", ...flags }, environment)).toMatchObject({
      baseUrl,
      key,
      keyHeader: "api-key",
    });
  });

  test("without an endpoint goes nowhere", () => {
    expect(() => endpointSettings({ provider: "azure" }, KEY)).toThrow(
      expect.objectContaining({
        code: "ENDPOINT.NOT_CONFIGURED",
        next: expect.stringContaining("AZURE_OPENAI_ENDPOINT"),
      }),
    );
  });
});

describe("a preset's key", () => {
  const hosted = (Object.keys(PROVIDERS) as ProviderName[]).filter(
    (name) => !PROVIDERS[name].local && name !== "azure",
  );
  test.each(hosted)("of %s stays at home", (provider) => {
    const environment = { [PROVIDERS[provider].key]: "secret" };
    expect(endpointSettings({ provider }, environment)).toMatchObject({
      baseUrl: PROVIDERS[provider].baseUrl,
      key: "secret",
    });
    const elsewhere = endpointSettings({ provider, baseUrl: "https://elsewhere.example/v1" }, environment);
    expect(elsewhere).toMatchObject({ key: null, withheld: expect.stringContaining(PROVIDERS[provider].key) });
    expect(() => endpointSettings({ provider }, {})).toThrow(expect.objectContaining({ code: "ENDPOINT.NO_KEY" }));
  });
});
