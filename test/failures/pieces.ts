/** Pieces of calls as a stream brings them. */
import { delta, type Scene, stream } from "../fake-endpoint.js";

export const inPieces = (...pieces: object[]): Scene =>
  stream(...pieces.map((piece) => delta({ tool_calls: [piece] })), delta({}, "tool_calls"), "data: [DONE]");

/** The text in small parts, each with the same tags. */
export const parts = (text: string, tags: object): object[] =>
  (text.match(/[\s\S]{1,9}/g) ?? []).map((part) => ({ ...tags, function: { arguments: part } }));
