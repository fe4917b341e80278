/** How often and how long a task may answer, and how many tokens a run may cost. */
import { Failure } from "../base/mishap.js";

export interface Limits {
  /** Replies per task. */
  attempts: number;
  /** Prompt and completion tokens of the run; null for no limit. */
  tokens: number | null;
  /** Tokens after which a task gets no further reply; `HOUSE_TASK` by default. */
  taskTokens?: number;
  /** Milliseconds of waiting for replies after which a task gets no further one; `HOUSE_TASK` by default. */
  taskMilliseconds?: number;
}

/** Five of the largest prompts with answers that think at length, and four hours of a slow machine. */
export const HOUSE_TASK = { tokens: 250_000, milliseconds: 4 * 3_600_000 };

/** What the replies to one task have cost. */
export interface Cost {
  replies: number;
  tokens: number;
  milliseconds: number;
}

/** Counts what a run spends; one for all tasks. */
export class Budget {
  public constructor(
    public readonly limits: Limits,
    private spent: number,
  ) {}

  public spend(tokens: number): void {
    this.spent += tokens;
  }

  /** Whether a task may be answered once more. */
  public allows({ replies, tokens, milliseconds }: Cost): boolean {
    const { attempts, taskTokens = HOUSE_TASK.tokens, taskMilliseconds = HOUSE_TASK.milliseconds } = this.limits;
    return replies < attempts && (replies === 0 || (tokens < taskTokens && milliseconds < taskMilliseconds));
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
