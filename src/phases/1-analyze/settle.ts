/** What modules agreed on alone may not fit together: here the items that do not are dropped, until what is left checks. */
import type { Diagnostic } from "../../base/diagnostic.js";
import { type Segment, segmentsOf, valueAt } from "../../base/json-path.js";
import type { Outcome } from "../../base/task.js";
import type { AutoBeAnalyze } from "./ast.js";
import { checkAnalyze } from "./check/application.js";

export interface Settled {
  analyze: AutoBeAnalyze.IApplication;
  /** Paths lie in the analysis as it was when the item went. */
  dropped: Outcome["dropped"];
}

export const settleAnalysis = (merged: AutoBeAnalyze.IApplication): Settled => {
  const analyze = structuredClone(merged);
  const dropped: Settled["dropped"] = [];
  for (let found = checkAnalyze(analyze)[0]; found !== undefined; found = checkAnalyze(analyze)[0])
    dropped.push(mend(analyze, found));
  return { analyze, dropped };
};

const mend = (analyze: AutoBeAnalyze.IApplication, diagnostic: Diagnostic): Outcome["dropped"][number] => {
  const segments = segmentsOf(diagnostic.path);
  const diagnostics = [diagnostic];
  if (segments[2] === "requirements") {
    const module = valueAt(analyze, segments.slice(0, 2)) as AutoBeAnalyze.IModule;
    const requirement = valueAt(analyze, segments.slice(0, 4)) as AutoBeAnalyze.IRequirement;
    module.unserved.push({ id: requirement.id, reason: "What was to serve it did not fit and was dropped." });
    return { path: diagnostic.path, value: null, diagnostics };
  }
  if (segments.at(-1) === "parent") {
    const entity = valueAt(analyze, segments.slice(0, -1)) as AutoBeAnalyze.IEntity;
    const value = entity.parent;
    entity.parent = null;
    return { path: diagnostic.path, value, diagnostics };
  }
  return { ...remove(analyze, segments), diagnostics };
};

/** Takes away the innermost list item that the path leads through, unless it is the last of names that must not be empty. */
const remove = (analyze: AutoBeAnalyze.IApplication, segments: Segment[]): { path: string; value: unknown } => {
  let end = segments.length;
  while (typeof segments[end - 1] !== "number") --end;
  const list = valueAt(analyze, segments.slice(0, end - 1)) as unknown[];
  const isName = typeof list[0] === "string";
  const isShort = segments[end - 2] === "members" || list.length === 1;
  if (isName && isShort) return remove(analyze, segments.slice(0, end - 2));
  const [value] = list.splice(segments[end - 1] as number, 1);
  const path = segments.slice(0, end).map((segment) => (typeof segment === "number" ? `[${segment}]` : `.${segment}`));
  return { path: `$input${path.join("")}`, value };
};
