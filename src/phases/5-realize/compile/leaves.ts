/** Leaves of the model's answers, printed between markers so that a diagnostic of the compiler finds its way back. */
import type { AutoBeRealize } from "../ast.js";
import { quote } from "./source.js";

export type Leaves = AutoBeRealize.IOperation;

/** A stretch of printed text and the leaf that stands in it. */
export interface Span {
  /** `<operation>#before[2].code` */
  leaf: string;
  start: number;
  end: number;
}

const OPEN = "/*§";
const CLOSE = "§*/";

const marked = (leaf: string, text: string): string => `${OPEN}${leaf}${CLOSE}${text}${OPEN}${CLOSE}`;

/** Steps in order: statements, then the condition under which the call is refused. */
export const printSteps = (operation: string, list: "before" | "after", steps: AutoBeRealize.IStep[]): string[] =>
  steps.map((step, index) =>
    [
      `// ${step.why.replaceAll(/\s+/g, " ")}`,
      ...(step.code.trim() === "" ? [] : [marked(`${operation}#${list}[${index}].code`, step.code.trim())]),
      ...(step.refuseIf === null || step.refusal === null
        ? []
        : [
            `if (${marked(`${operation}#${list}[${index}].refuseIf`, step.refuseIf)}) throw refusal(${step.refusal.status}, ${quote(step.refusal.code)}, ${quote(step.refusal.when)});`,
          ]),
    ].join("\n"),
  );

export const printResult = (operation: string, result: string): string => marked(`${operation}#result`, result);

/** Takes the markers out and tells where they were. */
export const noSpans = (text: string): { text: string; spans: Span[] } => {
  const spans: Span[] = [];
  let made = "";
  let open: { leaf: string; start: number } | null = null;
  for (let at = 0; at < text.length; ) {
    if (!text.startsWith(OPEN, at)) {
      const next = text.indexOf(OPEN, at);
      made += text.slice(at, next < 0 ? text.length : next);
      at = next < 0 ? text.length : next;
      continue;
    }
    const end = text.indexOf(CLOSE, at);
    const leaf = text.slice(at + OPEN.length, end);
    if (leaf !== "") open = { leaf, start: made.length };
    else if (open !== null) {
      spans.push({ ...open, end: made.length });
      open = null;
    }
    at = end + CLOSE.length;
  }
  return { text: made, spans };
};
