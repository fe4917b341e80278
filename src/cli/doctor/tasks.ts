/** What `doctor` asks a model, smallest first; each is judged like any task of a run. */
import type { Asker } from "../../base/asker.js";
import { Bug } from "../../base/mishap.js";
import { halves } from "../../base/prompt.js";
import type { ModelFunction, Task } from "../../base/task.js";
import { doctorFunctions, type IFormula, type ISum } from "./functions.js";

/** Whether a model can be made to call a function, and understands what it is asked. */
export const sumTask = (asker: Asker): Task<ISum> => {
  const shown = { left: "19", right: "23" };
  return {
    ...taskOf<ISum>("handInSum"),
    ...halves(asker.render("doctor-sum", { left: shown.left, right: shown.right })),
    shown,
    check: ({ sum }) => (sum === 42 ? [] : [wrong("$input.sum", `${shown.left} and ${shown.right} make another sum`)]),
  };
};

/** Whether it can fill a union that contains itself. */
export const formulaTask = (asker: Asker): Task<{ formula: IFormula }> => {
  const shown = { formula: "(3 + 4) * (9 - 2)" };
  return {
    ...taskOf<{ formula: IFormula }>("handInFormula"),
    ...halves(asker.render("doctor-formula", { formula: shown.formula })),
    shown,
    check: ({ formula }) =>
      print(formula) === `(${shown.formula})`
        ? []
        : [wrong("$input.formula", `this is ${print(formula).slice(0, 200)}`)],
  };
};

const taskOf = <Answer extends object>(name: string) => ({
  key: `doctor/${name}`,
  function: functionNamed<Answer>(name),
  enums: {},
  lists: {},
  closing: null,
});

const functionNamed = <Answer>(name: string): ModelFunction<Answer> => {
  const found = doctorFunctions.functions.find((one) => one.name === name);
  if (found === undefined) throw new Bug(`There is no function ${name}.`);
  return found as unknown as ModelFunction<Answer>;
};

const wrong = (path: string, message: string) => ({ code: "DOCTOR.WRONG_ANSWER", path, message });

const SIGNS = { plus: "+", minus: "-", times: "*" };

const print = (formula: IFormula): string =>
  formula.kind === "value"
    ? String(formula.value)
    : `(${print(formula.left)} ${SIGNS[formula.operator]} ${print(formula.right)})`;
