/** Runs `autobe doctor` on an endpoint: as a process of its own, or faster in this one, where stdout is not looked at. */
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { doctorCommand } from "../../src/cli/doctor.js";
import { createTalk } from "../../src/io/talk.js";

const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export const doctor = (url: string, ...more: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [MAIN, "doctor", "--base-url", url, ...more], {
      cwd: tmpdir(),
      env: { PATH: process.env["PATH"] },
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (data) => {
      out += data;
    });
    child.stderr.on("data", (data) => {
      err += data;
    });
    child.on("close", (code) => resolve({ code, out, err }));
  });

export const visit = async (url: string, flags: Record<string, unknown> = {}): Promise<Omit<Ended, "out">> => {
  let err = "";
  const write = (text: string): boolean => {
    err += text;
    return true;
  };
  const code = await doctorCommand({ baseUrl: url, ...flags }, createTalk({ write }, {}));
  return { code, err };
};

/** The last thing said. */
export const verdictOf = (err: string): string => err.slice(err.lastIndexOf("fit for autobe"));
