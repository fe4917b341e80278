/** The fifty ways in which endpoints and models fail, each played by a scripted endpoint: the folder is the catalogue. */
import { readdirSync } from "node:fs";
import { describe, test } from "vitest";
import { type FailureScenario, play } from "./failures/failure.js";

const files = readdirSync(new URL("failures/", import.meta.url)).filter((name) => /^f\d\d-.*\.ts$/.test(name));

describe.concurrent("failures", () => {
  test.each(files.sort())("%s", async (file) => {
    const { scenario } = (await import(`./failures/${file}`)) as { scenario: FailureScenario | FailureScenario[] };
    for (const one of [scenario].flat()) {
      const seen = await play(one);
      try {
        await one.expect(seen);
      } catch (cause) {
        throw new Error(one.title, { cause });
      }
    }
  });
});
