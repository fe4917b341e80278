/** The two small functions that `doctor` asks for: a number, and a value nested to a depth of its own. */
import typia from "typia";

export interface ISum {
  /** The sum. */
  sum: number;
}

/** A value, or two formulas and what is done with them. */
export type IFormula = IValue | IOperation;

export interface IValue {
  kind: "value";
  value: number;
}

export interface IOperation {
  kind: "operation";
  operator: "plus" | "minus" | "times";
  left: IFormula;
  right: IFormula;
}

interface IDoctorFunctions {
  /** Hands in the sum. */
  handInSum(input: ISum): void;

  /** Hands in the formula as a tree. */
  handInFormula(input: { formula: IFormula }): void;
}

export const doctorFunctions = typia.llm.application<IDoctorFunctions>();
