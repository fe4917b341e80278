/** Type errors of printed projects, one after another in one folder, so that libraries and the template are read once. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FileTree } from "../../src/base/file-tree.js";
import { generatePrismaClient } from "../../src/io/prisma-client.js";
import { createProjectCompiler, type ProjectCompiler } from "../../src/io/project-compiler.js";
import { fillTemplate, type Project } from "./project.js";
import { declareSdk } from "./sdk.js";

export class TypeChecker {
  private compiler: ProjectCompiler | null = null;

  public constructor(
    private readonly folder: string,
    private readonly template: FileTree,
  ) {}

  public async check(project: Project): Promise<string[]> {
    const fixed = fillTemplate(this.template, project);
    await mkdir(this.folder, { recursive: true });
    await writeFile(join(this.folder, "package.json"), fixed["package.json"]!);
    await generatePrismaClient(this.folder, project.files);
    this.compiler ??= await createProjectCompiler(this.folder);
    const complaints = this.compiler.checkProject({ ...fixed, ...project.files, ...declareSdk(project.document) });
    return complaints.map(({ file, line, code, message }) => `${file}:${line} ${code}: ${message}`);
  }
}
