/** Answers → leaves of the implementation, and the way back from a place in printed text to a place in an answer. */
import type { Diagnostic } from "../../base/diagnostic.js";
import type { FileTree } from "../../base/file-tree.js";
import type { ProjectChecker } from "../../base/project-compiler.js";
import type { AutoBeDatabase } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { AutoBeRealize, IRealizeAmend, IRealizeOperation, IRealizeStep } from "./ast.js";
import { printProvider, providerName } from "./compile/providers.js";

const leafOf = (operation: AutoBeOpenApi.IOperation, step: IRealizeStep): AutoBeRealize.IStep => {
  const refusal = operation.refusals.find((one) => one.code === step.refusal);
  return {
    why: step.why,
    code: step.code,
    refuseIf: step.refuseIf ?? null,
    refusal: refusal === undefined ? null : { status: refusal.status, code: refusal.code, when: refusal.when },
  };
};

export const withOperation = (
  realize: AutoBeRealize.IApplication,
  operation: AutoBeOpenApi.IOperation,
  answer: IRealizeOperation,
): AutoBeRealize.IApplication => ({
  ...realize,
  operations: realize.operations.map((one) =>
    one.name === operation.name
      ? { ...one, before: answer.steps.map((step) => leafOf(operation, step)), result: answer.result }
      : one,
  ),
});

export const withAmendment = (
  realize: AutoBeRealize.IApplication,
  document: AutoBeOpenApi.IDocument,
  answer: IRealizeAmend,
): AutoBeRealize.IApplication => ({
  ...realize,
  operations: realize.operations.map((one) => {
    const operation = document.operations.find((other) => other.name === one.name);
    const steps = answer.steps.filter((step) => step.operation === one.name);
    if (operation === undefined || steps.length === 0) return one;
    const at = (moment: "before" | "after"): AutoBeRealize.IStep[] =>
      steps.filter((step) => step.moment === moment).map((step) => leafOf(operation, step));
    return { ...one, before: at("before"), after: at("after") };
  }),
});

/** Place of a leaf in an answer: which operation, which list, which step. */
export type Locate = (leaf: string) => string;

/** Type errors of the providers that serve the operations, at paths inside the answer. */
export const compileLeaves = (
  database: AutoBeDatabase.IApplication,
  document: AutoBeOpenApi.IDocument,
  realize: AutoBeRealize.IApplication,
  operations: readonly AutoBeOpenApi.IOperation[],
  checker: ProjectChecker,
  locate: Locate,
): Diagnostic[] => {
  const overlay: FileTree = {};
  const spans = new Map<string, ReturnType<typeof printProvider>["spans"]>();
  for (const name of new Set(operations.map(providerName))) {
    // A custom operation that somebody else is to write has no answer yet, which is no fault of these leaves.
    const all = document.operations.filter(
      (one) => providerName(one) === name && (one.kind !== "custom" || operations.includes(one)),
    );
    const printed = printProvider(database, document, realize, name, all);
    overlay[`src/providers/${name}.ts`] = printed.text;
    spans.set(`src/providers/${name}.ts`, printed.spans);
  }
  return checker.checkFiles(overlay, Object.keys(overlay)).flatMap((complaint) => {
    const span = spans.get(complaint.file)?.find((one) => one.start <= complaint.start && complaint.start <= one.end);
    const text = overlay[complaint.file]?.slice(complaint.start, complaint.end).slice(0, 80) ?? "";
    // A provider without leaves was right before, so what is said outside of leaves is about how leaves fit in.
    return [
      {
        code: `REALIZE.${complaint.code}`,
        path: span === undefined ? "$input.steps" : locate(span.leaf),
        message: `${complaint.message}${text === "" ? "" : ` (at \`${text.replaceAll(/\s+/g, " ")}\`)`}`,
      },
    ];
  });
};

/** `lists.clear#before[2].code` → `$input.steps[2].code` */
export const locateOperation: Locate = (leaf) => {
  const place = leaf.slice(leaf.indexOf("#") + 1);
  return place === "result" ? "$input.result" : `$input.${place.replace(/^(before|after)/, "steps")}`;
};

/** The n-th step of an operation at a moment → its index in the answer. */
export const locateAmendment =
  (answer: IRealizeAmend): Locate =>
  (leaf) => {
    const match = /^(.*)#(before|after)\[(\d+)\]\.(\w+)$/.exec(leaf);
    if (match === null) return "$input.steps";
    const places = answer.steps.flatMap((step, index) =>
      step.operation === match[1] && step.moment === match[2] ? [index] : [],
    );
    return `$input.steps[${places[Number(match[3])] ?? 0}].${match[4]}`;
  };
