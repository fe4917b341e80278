/** Modules of a compiled project in this process: which of their functions run, and others put in their place. */
import Module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Swap } from "./mutation-plan.js";

type Exports = Record<string, unknown>;

export class Modules {
  private readonly require: NodeJS.Require;
  private readonly ran = new Set<string>();
  private readonly always = new Set<string>();

  public constructor(private readonly build: string) {
    this.require = createRequire(join(build, "src", "app.module.js"));
  }

  public load<T>(path: string): T {
    return this.require(join(this.build, path)) as T;
  }

  /**
   * Functions of a module, `NoteProvider.at` of a namespace, note that they run, and their module with them. Callers find
   * them in the namespace or the exports, at each call.
   */
  public watch(path: string): void {
    const exports = this.load<Exports>(path);
    for (const [space, value] of Object.entries(exports)) {
      if (typeof value === "function") this.watchOne(exports, space, path, space);
      else if (typeof value === "object" && value !== null)
        for (const name of Object.keys(value)) this.watchOne(value as Exports, name, path, `${space}.${name}`);
    }
  }

  private watchOne(owner: Exports, name: string, path: string, said: string): void {
    const member = owner[name];
    if (typeof member !== "function") return;
    // What happens to a class cannot be seen from here, so that its module counts as run by every test.
    if (/^class\b/.test(Function.prototype.toString.call(member))) {
      this.always.add(path);
      return;
    }
    owner[name] = (...values: unknown[]) => {
      this.ran.add(said).add(path);
      return (member as (...values: unknown[]) => unknown)(...values);
    };
  }

  /** What ran since it was asked the last time. */
  public taken(): string[] {
    const ran = [...this.ran, ...this.always];
    this.ran.clear();
    return [...new Set(ran)];
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
