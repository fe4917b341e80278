/** Runs code that was generated in a Node process of its own, with an environment that holds nothing of the user's. */
import { spawn } from "node:child_process";

export interface ChildOptions {
  /** Of node: options, script, arguments. */
  arguments: string[];
  folder: string;
  /** Beside what every process needs. */
  environment: Record<string, string>;
  /** Milliseconds. */
  timeLimit: number;
  signal?: AbortSignal | undefined;
}

export interface Ended {
  /** Null where it was killed. */
  status: number | null;
  timedOut: boolean;
  /** The end of what it said, on both of its streams in order of arrival. */
  output: string;
}

/** Rejects only where the signal is aborted or no process can be started. */
export const runChild = (options: ChildOptions): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, options.arguments, {
      cwd: options.folder,
      env: { ...necessities(process.env), ...options.environment },
      stdio: ["ignore", "pipe", "pipe"],
      signal: options.signal,
      killSignal: "SIGKILL",
    });
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => keepTail(said, text));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, options.timeLimit);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (status) => {
      clearTimeout(timer);
      if (options.signal?.aborted !== true) resolve({ status, timedOut, output: said.join("") });
    });
  });

/** The beginning and the end of an output, for a message: a cause stands in the one or in the other. */
export const excerptOf = (output: string): string => {
  const lines = output
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(0, 300));
  return (lines.length <= 40 ? lines : [...lines.slice(0, 20), "…", ...lines.slice(-20)]).join("\n");
};

const KEPT = 256 * 1024;

const keepTail = (said: string[], text: string): void => {
  said.push(text);
  for (let total = said.reduce((sum, one) => sum + one.length, 0); total > KEPT && said.length > 1; )
    total -= said.shift()!.length;
};

/** A list of what may pass, because a key of the user's can have any name. */
const NECESSITIES = ["PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SystemRoot", "SYSTEMROOT"];

const necessities = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    NECESSITIES.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]] as const])),
  );
