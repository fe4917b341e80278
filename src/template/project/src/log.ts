/** One line of JSON for each event, on standard output; tests are silent. */

type Level = "info" | "warn" | "error";

const write =
  (level: Level) =>
  (event: string, details: Record<string, unknown> = {}): void => {
    if (process.env.NODE_ENV === "test") return;
    const line = { time: new Date().toISOString(), level, event, ...details };
    process.stdout.write(JSON.stringify(line, unfold) + "\n");
  };

/** An Error has no enumerable property of its own, so JSON would print `{}`. */
const unfold = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? { name: value.name, message: value.message, stack: value.stack, cause: value.cause }
    : typeof value === "bigint"
      ? String(value)
      : value;

export const log = { info: write("info"), warn: write("warn"), error: write("error") };
