/** Tests and implementation made again from the answers as they stand: nobody is asked, nothing else changes. */
import type { Asker } from "../../base/asker.js";
import type { ProjectChecker } from "../../base/project-compiler.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";
import type { AutoBeOpenApi } from "../../phases/3-interface/ast.js";
import { prove } from "../../phases/4-test/phase.js";
import { realizeContract } from "../../phases/5-realize/phase.js";
import type { Design } from "../design.js";
import { withdraw } from "../withdraw.js";
import { type Amended, type Memory, recalling } from "./memory.js";

/** Operation and code of a refusal → how a caller avoids it. */
export type Avoided = ReadonlyMap<string, string>;

/** The contract as it was agreed upon, before anything was withdrawn from it. */
export interface Agreed {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
}

export const remake = async (
  design: Design,
  { database, document }: Agreed,
  memory: Memory,
  { amended, avoided }: { amended: Amended; avoided: Avoided },
  asker: Asker,
  checker: ProjectChecker,
): Promise<Design> => {
  const { analyze } = design;
  const recalled = recalling(memory, amended, asker);
  const agreed = withAvoided(document, avoided);
  const proven = await prove(analyze, database, agreed, recalled);
  const realized = await realizeContract(analyze, database, agreed, recalled, checker);
  const kept = withdraw(agreed, proven.test, realized);
  const gone = new Set(realized.withdrawn.map((one) => one.operation));
  const operations = realized.realize.operations.filter((one) => !gone.has(one.name));
  return { ...design, document: kept.document, test: kept.test, realize: { ...realized.realize, operations } };
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
