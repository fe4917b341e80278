/** What io saw when it built and ran a generated project; the gate judges it. */
import type { FileTree } from "./file-tree.js";
import type { PrismaComplaint } from "./prisma-compiler.js";
import type { TypeScriptComplaint } from "./project-compiler.js";
import type { TestReport } from "./test-report.js";

export type GateStep = "schema" | "client" | "build" | "sdk" | "build tests" | "tests";

export interface Evidence {
  schemaComplaints: PrismaComplaint[];
  typeComplaints: TypeScriptComplaint[];
  /** nestia's client of the compiled controllers, by path inside the project; null where it did not come to that. */
  sdk: FileTree | null;
  /** nestia's own OpenAPI document of the compiled controllers. */
  swagger: { paths?: Record<string, object> } | null;
  /** The application answered, or its tests began. */
  booted: boolean;
  report: TestReport | null;
  /** The step that ended the inspection early, and why; null where all of them were made. */
  stopped: { step: GateStep; why: string } | null;
  steps: { step: GateStep; milliseconds: number }[];
}
