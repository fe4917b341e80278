/** A real HTTP server on the loopback that plays an endpoint: each chat request is answered by the next of its scenes. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

// biome-ignore lint/suspicious/noExplicitAny: what was sent is looked at member by member
export type Loose = any;

export interface Heard {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: Record<string, Loose>;
}

export type Scene = (response: ServerResponse, heard: Heard) => void | Promise<void>;

export interface FakeEndpoint {
  url: string;
  /** Requests to /chat/completions, in order. */
  chats: Heard[];
  others: Heard[];
  close(): Promise<void>;
}

/** The last scene is played again for whatever comes after it. */
export const fakeEndpoint = async (
  scenes: Scene[],
  models: Scene = json(200, { object: "list", data: [{ id: "toy", owned_by: "test" }] }),
): Promise<FakeEndpoint> => {
  const chats: Heard[] = [];
  const others: Heard[] = [];
  const server = createServer(async (request, response) => {
    const text = await textOf(request).catch(() => null);
    if (text === null) return; // whoever asked was killed while asking
    const heard: Heard = {
      method: request.method!,
      path: request.url!,
      headers: request.headers,
      body: text === "" ? {} : JSON.parse(text),
    };
    if (request.url!.endsWith("/chat/completions")) {
      chats.push(heard);
      await scenes[Math.min(chats.length, scenes.length) - 1]!(response, heard);
    } else {
      others.push(heard);
      await models(response, heard);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    chats,
    others,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Scene =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  };

export const text =
  (status: number, body: string, type = "text/html"): Scene =>
  (response) => {
    response.writeHead(status, { "content-type": type });
    response.end(body);
  };

/** Raw lines of an event stream, as given. */
export const stream =
  (...lines: string[]): Scene =>
  (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (const line of lines) response.write(`${line}\n\n`);
    response.end();
  };

export const data = (value: unknown): string => `data: ${JSON.stringify(value)}`;

export const delta = (delta: unknown, finish: string | null = null): string =>
  data({ choices: [{ index: 0, delta, finish_reason: finish }] });

/** A streamed call of `emit`, cut into small pieces. */
export const call = (args: unknown, finish = "tool_calls"): Scene => {
  const whole = typeof args === "string" ? args : JSON.stringify(args);
  const pieces = whole.match(/[\s\S]{1,7}/g) ?? [];
  return (response, heard) =>
    stream(
      delta({ role: "assistant", content: null }),
      delta({ tool_calls: [{ index: 0, id: "c1", type: "function", function: { name: "emit", arguments: "" } }] }),
      ...pieces.map((piece) => delta({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
      delta({}, finish),
      data({ choices: [], usage: { prompt_tokens: countOf(heard), completion_tokens: 20 } }),
      "data: [DONE]",
    )(response, heard);
};

/** About what a model would count: who counts far less has not read all of it. */
const countOf = ({ body }: Heard): number =>
  Math.max(100, Math.ceil(JSON.stringify(body["messages"] ?? "").length / 3));

export const say = (content: string): Scene => stream(delta({ content }), delta({}, "stop"), "data: [DONE]");
