/** A prompt file has two halves: what never varies is the system message, what this task sees is the user message. */
import { Bug } from "./mishap.js";

/** Cuts a rendered prompt at its first line of three dashes; the half before it has no placeholders. */
export const halves = (rendered: string): { system: string; user: string } => {
  const cut = /\r?\n---\r?\n/.exec(rendered);
  if (cut === null) throw new Bug("A prompt has no line of three dashes between its halves.");
  return { system: rendered.slice(0, cut.index).trim(), user: rendered.slice(cut.index + cut[0].length).trim() };
};
