/** What goes wrong between a question and its answer: the world's silence, and a model's nonsense. */
import type { Scene } from "../fake-endpoint.js";
import { data, delta, json, say, stream, text } from "../fake-endpoint.js";
import type { Told } from "./endpoint.js";

export const TROUBLES: Record<string, (told: Told) => Scene> = {
  "429 in a moment": () => json(429, { error: { message: "slow down" } }, { "retry-after-ms": "300" }),
  "429 in a second": () => json(429, { error: { message: "Rate limit reached" } }, { "retry-after": "1" }),
  "500": () => json(500, { error: { message: "Internal server error" } }),
  "503 loading": () => json(503, { error: { code: 503, message: "Loading model", type: "unavailable_error" } }),
  "502 page": () => text(502, "<html><body>502 Bad Gateway</body></html>"),
  "200 page": () => text(200, "<!doctype html><title>Just a moment...</title>"),
  "200 empty": () => text(200, "", "text/event-stream"),
  "no byte": () => () => {},
  stall: (told) => (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`${opening(told.name, told.arguments.slice(0, 20))}\n\n`);
  },
  "cut stream": ({ name, arguments: args }) => stream(opening(name, args.slice(0, Math.floor(args.length / 2)))),
  reset: (told) => (response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`${opening(told.name, told.arguments.slice(0, 9))}\n\n`, () => response.socket?.destroy());
  },
  "error in the stream": () => stream(data({ error: { code: 502, message: "Provider returned error" } })),
  "wrong name": ({ arguments: args }) => called("submit_answer", args),
  "another tool": () => called("search_web", '{"query":"how to answer this"}'),
  prose: () => say("Certainly! I would begin with the tables, and then think about who may see what."),
  "nothing said": () => stream(delta({ content: "" }), delta({}, "stop"), "data: [DONE]"),
};

const opening = (name: string, args: string): string =>
  delta({ tool_calls: [{ index: 0, id: "c1", type: "function", function: { name, arguments: args } }] });

const called = (name: string, args: string): Scene =>
  stream(opening(name, args), delta({}, "tool_calls"), "data: [DONE]");
