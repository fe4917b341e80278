/** The gate at the end of a run, and of `autobe verify`: what was promised against what was seen. */
import type { Evidence } from "../base/evidence.js";
import type { FileTree } from "../base/file-tree.js";
import { Failure } from "../base/mishap.js";
import { explain } from "../gate/explain.js";
import { judge, type Promises, type Verdict, type Verification } from "../gate/judge.js";
import { ruleId } from "../phases/1-analyze/ast.js";
import type { Inspection } from "./contract.js";
import type { Design } from "./design.js";

/** Operations of the contract, requirements that must hold, and all rules. */
export const promisesOf = ({ analyze, document }: Design): Promises => ({
  operations: (document?.operations ?? []).map(({ method, path }) => ({ method, path })),
  requirements: analyze.modules
    .flatMap((module) => module.requirements)
    .filter((one) => one.priority === "must")
    .map((one) => one.id),
  rules: analyze.modules.flatMap((module) => module.rules).map(ruleId),
});

export interface Gated {
  verdict: Verdict;
  evidence: Evidence;
  sdk: FileTree | null;
}

export const passGate = async (
  inspection: Pick<Inspection, "inspect" | "talk">,
  promises: Promises,
): Promise<Gated> => {
  const evidence = await inspection.inspect();
  const verdict = judge(evidence, promises);
  for (const line of explain(evidence, verdict)) inspection.talk.fail(line);
  const { tests, operations, requirements, rules } = verdict.verify;
  const summary = `gate: ${tests.passed}/${tests.total} tests, ${operations.answered2xx}/${operations.total} operations answered, ${requirements.exercised}/${requirements.must} musts and ${rules.exercised}/${rules.total} rules exercised`;
  if (verdict.passed) inspection.talk.done(summary);
  else inspection.talk.fail(summary);
  return { verdict, evidence, sdk: evidence.sdk };
};

/** Judges a project that was generated before. */
export const verify = async (inspection: Inspection): Promise<Verification & { passed: boolean }> => {
  const promises = await inspection.recall("promises.json");
  if (promises === null)
    throw new Failure(
      "WORKSPACE.NOT_FINISHED",
      "The run in this folder has not come to its contract yet.",
      "Finish it by `autobe resume DIR`.",
    );
  const { verdict } = await passGate(inspection, JSON.parse(promises) as Promises);
  return { ...verdict.verify, passed: verdict.passed };
};
