/** The database AST → its files, all but the migration, which takes Prisma's compiler (`migration`). */
import type { FileTree } from "../../base/file-tree.js";
import type { AutoBeDatabase } from "./ast.js";
import { printErd } from "./print/erd.js";
import { printPrisma } from "./print/prisma.js";

export const compileDatabase = (database: AutoBeDatabase.IApplication): FileTree => ({
  ...printPrisma(database).files,
  "docs/ERD.md": printErd(database),
});
