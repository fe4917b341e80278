/** HTTP to one endpoint: the `openai` client over a fetch of ours that keeps error bodies, leaks no header and outlives slow servers. */
import OpenAI from "openai";
import { Agent, fetch, type RequestInit, Response } from "undici";
import type { EndpointSettings } from "./settings.js";

export interface WireReply {
  status: number;
  headers: Headers;
  /** Empty where there is no body. */
  body: AsyncIterable<Uint8Array>;
}

export interface Wire {
  get(path: string, signal: AbortSignal): Promise<WireReply>;
  post(path: string, body: Record<string, unknown>, signal: AbortSignal): Promise<WireReply>;
  close(): Promise<void>;
}

export const openWire = (settings: Pick<EndpointSettings, "baseUrl" | "key" | "keyHeader">): Wire => {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connect: { timeout: CONNECT }, allowH2: false });
  const client = new OpenAI({
    baseURL: settings.baseUrl,
    apiKey: settings.key ?? "none",
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: NEVER,
    logLevel: "off",
    fetch: ((url: string, init: RequestInit) =>
      send(url, init, keyIn(settings), agent)) as unknown as typeof globalThis.fetch,
  });
  const read = (response: unknown): WireReply => {
    const { headers, body } = response as globalThis.Response;
    const status = Number(headers.get(STATUS));
    return { status, headers, body: (body ?? []) as unknown as AsyncIterable<Uint8Array> };
  };
  return {
    get: async (path, signal) => read(await client.get(path, { signal }).asResponse()),
    post: async (path, body, signal) => read(await client.post(path, { body, signal }).asResponse()),
    close: () => agent.destroy(),
  };
};

const CONNECT = 30_000;

/** The longest timer there is; ours are shorter. */
const NEVER = 2 ** 31 - 1;

/** Carries the true status past the client, which would throw away what a refusal says. */
const STATUS = "x-autobe-status";

/** Only these leave: the client would add what other environment variables hold. */
const OURS = ["accept", "content-type"];

const keyIn = ({ key, keyHeader }: Pick<EndpointSettings, "key" | "keyHeader">): Record<string, string> =>
  key === null ? {} : keyHeader === undefined ? { authorization: `Bearer ${key}` } : { [keyHeader]: key };

const send = async (url: string, init: RequestInit, key: Record<string, string>, agent: Agent): Promise<Response> => {
  const given = new Headers(init.headers as ConstructorParameters<typeof Headers>[0]);
  const headers: Record<string, string> = { "user-agent": "autobe", ...key };
  for (const name of OURS) if (given.has(name)) headers[name] = given.get(name)!;
  const response = await fetch(url, { ...init, headers, redirect: "manual", dispatcher: agent });
  const kept = new Headers([...response.headers]);
  kept.set(STATUS, String(response.status));
  return new Response(response.body, { status: 200, headers: [...kept] });
};
