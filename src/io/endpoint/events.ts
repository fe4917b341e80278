/** The body of a reply as server-sent events, or as whole text. */
import { Outage } from "../../base/mishap.js";

/** More than any answer has; a stream beyond it runs in circles. */
const LARGEST = 16 * 1024 * 1024;

/** Decodes a body piece by piece; `alive` is told of every piece. */
export const textOf = async function* (body: AsyncIterable<Uint8Array>, alive: () => void): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const piece of body) {
    alive();
    bytes += piece.length;
    if (bytes > LARGEST)
      throw new Outage("ENDPOINT.ENDLESS", "The reply is longer than 16 MB.", "Try another model.", false);
    yield decoder.decode(piece, { stream: true });
  }
  yield decoder.decode();
};

export const wholeText = async (texts: AsyncIterable<string>): Promise<string> => {
  let whole = "";
  for await (const text of texts) whole += text;
  return whole;
};

/** The data of each event, in order; comments and other fields are skipped. */
export const dataOf = async function* (texts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = "";
  let data: string[] = [];
  const take = function* (line: string): Generator<string> {
    if (line === "") {
      if (data.length > 0) yield data.join("\n");
      data = [];
    } else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
  };
  for await (const text of texts) {
    rest += text;
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop()!;
    for (const line of lines) yield* take(line);
  }
  yield* take(rest.replace(/\r$/, ""));
  yield* take("");
};
