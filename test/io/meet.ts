/** A connection to an endpoint that plays scenes, with little patience. */
import { afterEach } from "vitest";
import type { ChatRequest } from "../../src/base/endpoint.js";
import { type Connection, type ConnectOptions, connect } from "../../src/io/endpoint/connect.js";
import { type FakeEndpoint, fakeEndpoint, type Scene } from "../fake-endpoint.js";

export const ARGS = { a: 1, long: "x".repeat(50) };
export const request: ChatRequest = {
  task: "t",
  messages: [
    { role: "system", content: "s" },
    { role: "user", content: "u" },
  ],
  function: { name: "emit", description: "d", parameters: { type: "object", properties: { a: { type: "integer" } } } },
  maximumTokens: 500,
};

export const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

export const retries = { most: 3, first: 5, loading: 20_000 };
const patience = { firstByte: 2_000, idle: 300 };

interface Met {
  server: FakeEndpoint;
  connection: Connection;
  notices: string[];
  ask(changes?: Partial<ChatRequest>, signal?: AbortSignal): ReturnType<Connection["complete"]>;
}

export const meet = async (scenes: Scene[], changes: Partial<ConnectOptions> = {}, models?: Scene): Promise<Met> => {
  const server = await fakeEndpoint(scenes, models);
  open.push(server);
  const notices: string[] = [];
  const connection = await connect(
    {
      baseUrl: server.url,
      key: "sk-secret",
      keyVariable: "OPENAI_API_KEY",
      withheld: null,
      model: "toy",
      provider: null,
    },
    { signal: new AbortController().signal, notice: (line) => void notices.push(line), patience, retries, ...changes },
  );
  open.push(connection);
  const ask: Met["ask"] = (more = {}, signal = new AbortController().signal) =>
    connection.complete({ ...request, ...more }, signal);
  return { server, connection, notices, ask };
};
