/** The one voice: talk goes to stderr, data to stdout. */
import type { Talk } from "../base/talk.js";

interface Terminal {
  isTTY?: boolean;
  columns?: number;
  write(text: string): boolean;
}

export const createTalk = (to: Terminal = process.stderr, environment = process.env): Talk => {
  const live = to.isTTY === true && !environment["CI"] && environment["TERM"] !== "dumb";
  const color = to.isTTY === true && !environment["NO_COLOR"];
  let current: string | null = null;
  const draw = (): void => {
    if (live && current !== null) to.write(`\r\u001b[2K${cut(`› ${current}`, to.columns || 80)}`);
  };
  const line = (sign: string, code: number, text: string): void => {
    if (live && current !== null) to.write("\r\u001b[2K");
    const [first, ...rest] = text.split("\n");
    const marked = color ? `\u001b[${code}m${sign}\u001b[0m` : sign;
    to.write([`${marked} ${first}`, ...rest.map((one) => `  ${one}`)].join("\n") + "\n");
    draw();
  };
  return {
    done: (text) => line("✔", 32, text),
    warn: (text) => line("⚠", 33, text),
    fail: (text) => line("✖", 31, text),
    note: (text) => line("›", 36, text),
    now: (text) => {
      if (live && text === null && current !== null) to.write("\r\u001b[2K");
      current = text;
      draw();
    },
  };
};

/** Writes data and resolves when it has left. */
export const writeData = (text: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(text.endsWith("\n") ? text : `${text}\n`, () => resolve()));

const cut = (text: string, columns: number): string =>
  text.length < columns ? text : `${text.slice(0, Math.max(columns - 2, 1))}…`;
