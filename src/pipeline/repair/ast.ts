/** The function by which a model says which side of a failing test is wrong. */
import typia, { type tags } from "typia";

type Line<N extends number> = string & tags.MinLength<1> & tags.MaxLength<N>;

/** Answer of `repair/<operation or scenario>`. */
export interface IFailureJudgement {
  /** What the requirement wants, what was answered, and where the two part, in a few sentences. */
  plan: Line<700>;
  /** implementation: the leaves do not do what is required. scenario: it expects what nothing requires. refusal: the contract says wrongly how a refusal is avoided. contract: it says wrongly how an operation refuses or what it changes, or it contradicts itself. */
  side: "implementation" | "scenario" | "refusal" | "contract";
  /** Operation or scenario that is to be put right; of a refusal the scenario that runs into it; null for a contradiction. */
  part: (string & tags.MaxLength<120>) | null;
  /** What is wrong with it, and what would be right. */
  why: Line<400>;
  /** Code of the refusal; on the side contract of one that no call can reach, because another check always answers before it. Otherwise null. */
  refusal: (string & tags.MaxLength<80>) | null;
  /** How a caller avoids that refusal, put right; only on the side refusal. */
  avoid: Line<300> | null;
  /** What contradicts what. Comes last, empty unless the contract contradicts itself. */
  blocked: IContradiction[] & tags.MaxItems<6>;
}
export interface IContradiction {
  /** Requirement, rule, refusal or operation. */
  name: Line<100>;
  why: Line<200>;
}

/** The function of the repair. */
export interface IRepairFunctions {
  /** Says which side of a failing test is wrong. */
  judgeFailure(props: IFailureJudgement): void;
}

export const repairFunctions = typia.llm.application<IRepairFunctions>();
