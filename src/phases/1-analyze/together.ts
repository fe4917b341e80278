/** What modules said alone and what does not fit together: it goes back, once, to the module that said it, with what the others hold. */
import type { Asker } from "../../base/asker.js";
import { type Diagnostic, Findings } from "../../base/diagnostic.js";
import type { Task } from "../../base/task.js";
import type { IModuleAnswer, IOutline, IOutlineModule } from "./ast.js";
import type { Described } from "./change/follow.js";
import { checkMeaning } from "./check/application.js";
import { mergeAnalysis } from "./merge.js";
import { moduleTask } from "./prompt.js";

type Answers = Described["answers"];

/** What still does not fit is dropped when the analysis is settled. */
export const bringTogether = async (described: Described, asker: Asker): Promise<Described> => {
  const { outline, passages } = described;
  const found = misfitsOf(outline, described.answers);
  const asked = outline.modules.filter(({ name }) => found.has(name));
  const tasks = asked.map((module) => togetherTask(described, module, asker));
  const outcomes = await asker.askAll(tasks);
  const answers = new Map(described.answers);
  const dropped = new Map(described.dropped);
  outcomes.forEach((outcome, index) => {
    if (outcome.answer !== null) answers.set(asked[index]!.name, outcome.answer);
    dropped.set(tasks[index]!.key, outcome.dropped);
  });
  return { outline, passages, answers, dropped, renames: described.renames };
};

const togetherTask = (
  { outline, passages, answers }: Described,
  module: IOutlineModule,
  asker: Asker,
): Task<IModuleAnswer> => {
  const alone = moduleTask(outline, module, passages, asker, othersOf(outline, module, answers));
  return {
    ...alone,
    key: `${alone.key}/together`,
    standing: { answer: answers.get(module.name)!, diagnostics: [] }, // its check tells them
    check: (answer) => {
      const own = alone.check(answer);
      const among = misfitsOf(outline, new Map(answers).set(module.name, answer)).get(module.name) ?? [];
      const isTold = (one: Diagnostic) => own.some(({ code, path }) => code === one.code && path === one.path);
      return [...own, ...among.filter((one) => !isTold(one))];
    },
  };
};

/** By module, at paths in its own answer. What two modules say alike is no misfit: the first counts. */
const misfitsOf = (outline: IOutline, answers: Answers): Map<string, Diagnostic[]> => {
  const said = outline.modules.map(({ name }) => answers.get(name) ?? null);
  const { analyze, origins, owners } = mergeAnalysis(outline, said);
  const findings = new Findings();
  checkMeaning(
    analyze,
    new Set(outline.modules.flatMap(({ name, entities }) => (answers.has(name) ? [] : entities))),
    (item) => `${owners.get(item) ?? ""}${origins.get(item) ?? "$input.entities"}`,
    findings,
    true,
  );
  const misfits = new Map<string, Diagnostic[]>();
  for (const one of findings.list) {
    const [owner, path] = one.path.split("$input") as [string, string];
    if (owner === "" || one.code === "ANALYZE.DUPLICATE_NAME") continue;
    misfits.set(owner, [...(misfits.get(owner) ?? []), { ...one, path: `$input${path}` }]);
  }
  return misfits;
};

/** Entities of the other modules with what they hold: `Warehouse: name, clerks → Clerk`. */
const othersOf = (outline: IOutline, module: IOutlineModule, answers: Answers): string => {
  const others = outline.modules.map(({ name }) => (name === module.name ? null : (answers.get(name) ?? null)));
  const { modules } = mergeAnalysis(outline, others).analyze;
  return modules
    .flatMap(({ entities }) => entities)
    .map(({ name, attributes }) => {
      const members = attributes.map((one) => (one.target === null ? one.name : `${one.name} → ${one.target}`));
      return `- ${name}: ${members.join(", ")}`;
    })
    .join("\n");
};
