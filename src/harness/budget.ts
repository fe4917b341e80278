/** How often a task may answer, and how many tokens a run may cost. */
import { Failure } from "../base/mishap.js";

export interface Limits {
  /** Replies per task. */
  attempts: number;
  /** Prompt and completion tokens of the run; null for no limit. */
  tokens: number | null;
}

export const HOUSE_LIMITS: Limits = { attempts: 5, tokens: null };

/** Counts what a run spends; one for all tasks. */
export class Budget {
  public constructor(
    public readonly limits: Limits,
    private spent: number,
  ) {}

  public spend(tokens: number): void {
    this.spent += tokens;
  }

  /** Throws before a call that the run may no longer pay. */
  public require(task: string): void {
    if (this.limits.tokens !== null && this.spent >= this.limits.tokens)
      throw new Failure(
        "HARNESS.TOKENS_SPENT",
        `The token budget of ${this.limits.tokens} is spent (${this.spent}) before ${task} is answered.`,
        "Continue with `autobe resume DIR --token-budget N`, N larger; what was answered is kept.",
      );
  }
}
