/** The recipe: a request in, a backend that was run out. */
import { Bug } from "../base/mishap.js";
import type { Check, Report, Run, Verification } from "./contract.js";

export const generate = (run: Run): Promise<Report> => {
  throw new Bug(`The pipeline is not there yet; nothing generates into ${run.out}.`);
};

/** Judges a project that was generated before. */
export const verify = (check: Check): Promise<Verification & { passed: boolean }> => {
  throw new Bug(`The gate is not there yet; nothing verifies ${check.out}.`);
};
