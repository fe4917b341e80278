/** Whether the tests of a backend would notice if it were wrong: faults are put into it one at a time, and its tests run. */
import type { FileTree } from "../base/file-tree.js";
import type { Fate, Mutant } from "../base/mutation.js";
import type { Talk } from "../base/talk.js";
import { mutantsOf } from "../gate/mutation/mutants.js";
import { type MutationScore, scoreOf } from "../gate/mutation/score.js";
import { type DesignMutant, designMutantsOf } from "./design-mutants.js";
import { recallDesign } from "./recall.js";

/** What is needed of the world. */
export interface MutationBench {
  talk: Talk;
  /** Sources of the application. */
  sources(): Promise<FileTree>;
  /** Reads a file of the run's own records, null where there is none. */
  recall(path: string): Promise<string | null>;
  /** Runs the tests against each mutant of the project, which was built before; nothing of the user's is changed. */
  tryMutants(mutants: readonly Mutant[], first: readonly string[]): Promise<Fate[]>;
}

export interface Mutation extends MutationScore {
  /** Faults of the ASTs, which show in the files printed from them; `scenarios` counts those that a scenario kills. */
  asts: MutationScore & { scenarios: number };
}

export const checkMutants = async (bench: MutationBench): Promise<Mutation> => {
  const mutants = mutantsOf(await bench.sources());
  const design = await recallDesign(bench);
  const ofDesign: DesignMutant[] = design === null ? [] : designMutantsOf(design);
  const scenarios = (design?.test?.functions ?? []).filter((one) => one.origin === "scenario").map((one) => one.name);
  // One run for both, since starting the application costs as much as many mutants.
  const fates = await bench.tryMutants([...mutants, ...ofDesign], scenarios);
  const [own, printed] = [fates.slice(0, mutants.length), fates.slice(mutants.length)];
  const mutation: Mutation = {
    ...scoreOf(mutants, own),
    asts: {
      ...scoreOf(ofDesign, printed),
      scenarios: printed.filter(({ by }) => by !== null && scenarios.includes(by.test)).length,
    },
  };
  tell(bench.talk, mutation);
  return mutation;
};

const tell = (talk: Talk, { asts, ...code }: Mutation): void => {
  for (const { file, line, mutation, reason } of [...code.survivors, ...asts.survivors])
    talk.note(`${file}:${line} survives ${mutation} (${reason})`);
  talk.done(`mutation: ${share(code)} mutants of the code and ${share(asts)} of the ASTs are killed`);
};

const share = ({ killed, total }: MutationScore): string => `${killed}/${total}`;
