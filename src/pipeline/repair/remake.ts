/** Tests and implementation made again from the answers as they stand. Somebody is asked only where the contract was amended and an answer does not fit it any more. */
import type { Asker } from "../../base/asker.js";
import type { ProjectChecker } from "../../base/project-compiler.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";
import type { AutoBeOpenApi } from "../../phases/3-interface/ast.js";
import { contract } from "../../phases/3-interface/phase.js";
import { prove } from "../../phases/4-test/phase.js";
import { realizeContract } from "../../phases/5-realize/phase.js";
import type { Design } from "../design.js";
import { withdraw } from "../withdraw.js";
import { type Amended, following, type Memory, recalling, remembering } from "./memory.js";

/** Operation and code of a refusal → how a caller avoids it. */
export type Avoided = ReadonlyMap<string, string>;

export interface Changes {
  amended: Amended;
  avoided: Avoided;
  /** Derived tests that are left out, because a refusal told in words alone is met by them. */
  aside: ReadonlySet<string>;
}

/** The contract as it was agreed upon, before anything was withdrawn from it. */
export interface Agreed {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
}

export interface Remade {
  design: Design;
  /** What was asked and answered for it, as the contract now stands. */
  memory: Memory;
}

export const remake = async (
  design: Design,
  { database, document }: Agreed,
  memory: Memory,
  { amended, avoided, aside }: Changes,
  asker: Asker,
  checker: ProjectChecker,
): Promise<Remade> => {
  const { analyze } = design;
  const isRevised = [...amended.keys()].some((key) => key.startsWith("interface/"));
  const recalled = recalling(memory, amended, asker);
  const answers = remembering(isRevised ? following(memory, amended, asker) : recalled);
  const revised = isRevised ? (await contract(analyze, database, recalled)).document : document;
  const agreed = withAvoided(revised, avoided);
  const proven = await prove(analyze, database, agreed, answers.asker);
  const realized = await realizeContract(analyze, database, agreed, answers.asker, checker);
  const kept = withdraw(agreed, proven.test, realized);
  const functions = kept.test.functions.filter((one) => !aside.has(one.name));
  const gone = new Set(realized.withdrawn.map((one) => one.operation));
  const operations = realized.realize.operations.filter((one) => !gone.has(one.name));
  return {
    design: { ...design, document: kept.document, test: { functions }, realize: { ...realized.realize, operations } },
    memory: answers.memory,
  };
};

const withAvoided = (document: AutoBeOpenApi.IDocument, avoided: Avoided): AutoBeOpenApi.IDocument => ({
  ...document,
  operations: document.operations.map((operation) => ({
    ...operation,
    refusals: operation.refusals.map((one) => ({
      ...one,
      avoid: (one.provoke === null ? avoided.get(one.code) : undefined) ?? one.avoid,
    })),
  })),
});
