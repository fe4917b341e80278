/** Modules of a compiled project in this process: which of their functions run, and others put in their place. */
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Swap } from "./mutation-plan.js";

type Exports = Record<string, unknown>;

export class Modules {
  private readonly require: NodeJS.Require;
  /** Members that ran since it was emptied. */
  public readonly ran = new Set<string>();

  public constructor(private readonly build: string) {
    this.require = createRequire(join(build, "src", "app.module.js"));
  }

  public load<T>(path: string): T {
    return this.require(join(this.build, path)) as T;
  }

  /** Functions of namespaces, `NoteProvider.at`, note that they run. Callers find them in the namespace, at each call. */
  public watch(path: string): string[] {
    return Object.entries(this.load<Exports>(path)).flatMap(([space, value]) => {
      if (typeof value !== "object" || value === null) return [];
      const members = value as Exports;
      return Object.entries(members).flatMap(([name, member]) => {
        if (typeof member !== "function") return [];
        const said = `${space}.${name}`;
        members[name] = (...values: unknown[]) => {
          this.ran.add(said);
          return (member as (...values: unknown[]) => unknown)(...values);
        };
        return [said];
      });
    });
  }

  /** Puts exports of other code in place; answers how to put the old ones back. */
  public swap(swaps: readonly Swap[]): () => void {
    const back = swaps.map(({ module: path, code }) => {
      const exports = this.load<Exports>(path);
      const old = { ...exports };
      Object.assign(exports, this.evaluate(path, code));
      return () => void Object.assign(exports, old);
    });
    return () => {
      for (const restore of back) restore();
    };
  }

  /** As a module that lies where the original does. */
  private evaluate(path: string, code: string): Exports {
    const file = join(this.build, path);
    const made = new Module(file) as Module & { _compile(code: string, file: string): void };
    made.filename = file;
    made.paths = (Module as unknown as { _nodeModulePaths(from: string): string[] })._nodeModulePaths(dirname(file));
    made._compile(code, file);
    return made.exports as Exports;
  }
}
