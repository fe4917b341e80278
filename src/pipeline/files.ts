/** A design → every file of the project. */
import type { FileTree } from "../base/file-tree.js";
import type { PrismaCompiler } from "../base/prisma-compiler.js";
import { ruleId } from "../phases/1-analyze/ast.js";
import { compileAnalyze, type RequirementLink } from "../phases/1-analyze/compile.js";
import { modelsOf } from "../phases/2-database/ast.js";
import { compileDatabase } from "../phases/2-database/compile.js";
import { compileInterface } from "../phases/3-interface/compile/compile.js";
import { compileTest } from "../phases/4-test/compile.js";
import { compileRealize } from "../phases/5-realize/compile/compile.js";
import { fillTemplate } from "../template/template.js";
import { describeProject } from "./description.js";
import type { Design } from "./design.js";
import { type History, migrationsOf, type Step } from "./history.js";

/** As much as the design holds: documents alone after analyze, the whole project in the end. `history` null: nothing was released yet. */
export const filesOf = async (
  design: Design,
  template: FileTree,
  prisma: PrismaCompiler,
  history: History | null = null,
  step?: Step,
): Promise<FileTree> => {
  const { analyze, database, document, test, realize } = design;
  const files: FileTree = { ...compileAnalyze(analyze, linksOf(design)) };
  if (database !== null) {
    const { files: migrations } = await migrationsOf(history, database, prisma, step);
    Object.assign(files, compileDatabase(database), migrations);
  }
  if (document !== null) Object.assign(files, compileInterface(document));
  if (document !== null && test !== null) Object.assign(files, compileTest(document, test));
  if (database !== null && document !== null && realize !== null)
    Object.assign(
      files,
      compileRealize(database, document, realize),
      fillTemplate(template, {
        name: analyze.name,
        title: analyze.title,
        summary: analyze.summary,
        description: describeProject(analyze, document),
      }),
    );
  return files;
};

/** Where each requirement ended up. */
const linksOf = ({ analyze, database, document, test }: Design): RequirementLink[] =>
  analyze.modules
    .flatMap((module) => module.requirements)
    .map(({ id }) => {
      const rules = analyze.modules
        .flatMap((module) => module.rules)
        .filter((rule) => rule.requirements.includes(id))
        .map(ruleId);
      const models = database === null ? [] : modelsOf(database);
      return {
        requirement: id,
        tables: models
          .filter(
            (model) =>
              [...model.plainFields, ...model.foreignFields, ...model.links].some((field) =>
                field.requirements.includes(id),
              ) || model.uniqueIndexes.some((index) => index.rule !== null && rules.includes(index.rule)),
          )
          .map((model) => model.table),
        operations: (document?.operations ?? [])
          .filter((operation) => operation.requirements.includes(id))
          .map((operation) => operation.name),
        tests: (test?.functions ?? []).filter((one) => one.requirements.includes(id)).map((one) => one.name),
      };
    });
