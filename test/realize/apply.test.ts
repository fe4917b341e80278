/** Leaves checked in place: what is printed round them for the compiler. */
import { expect, it } from "vitest";
import type { FileTree } from "../../src/base/file-tree.js";
import { compileLeaves, locateAmendment, withAmendment } from "../../src/phases/5-realize/apply.js";
import { deriveRealize } from "../../src/phases/5-realize/derive.js";
import { libraryAmendment, libraryAnalysis, libraryDatabase, libraryDocument } from "../library/library.js";

it("amendments are not judged by a custom operation beside them that nobody has written yet", () => {
  const [database, document] = [libraryDatabase(), libraryDocument()];
  const realize = withAmendment(deriveRealize(libraryAnalysis(), database, document), document, libraryAmendment());
  const amended = document.operations.filter((one) => one.name === "loans.create");
  const printed: FileTree = {};
  const checkFiles = (files: FileTree) => {
    Object.assign(printed, files);
    return [];
  };
  const checker = { checkFiles } as never;
  compileLeaves(database, document, realize, amended, checker, locateAmendment(libraryAmendment()));
  const text = Object.values(printed).join("\n");
  expect(text).toContain("export const create = ");
  expect(text).not.toContain("extendAll");
});
