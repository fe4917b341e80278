/** The fifty ways in which endpoints and models fail, each played by a scripted endpoint: the folder is the catalogue. */
import { readdirSync } from "node:fs";
import { describe, test } from "vitest";
import { type FailureScenario, play } from "./failures/failure.js";

const folder = new URL("failures/", import.meta.url);
const names = readdirSync(folder).flatMap((file) => /^(f\d\d-.*)\.ts$/.exec(file)?.[1] ?? []);

const facesOf = async (name: string): Promise<[title: string, face: FailureScenario][]> => {
  const { scenario } = (await import(`./failures/${name}.ts`)) as { scenario: FailureScenario | FailureScenario[] };
  return [scenario].flat().map((face) => [`${name}: ${face.title}`, face]);
};

const faces = (await Promise.all(names.sort().map(facesOf))).flat();

describe.concurrent("failures", () => {
  test.each(faces)("%s", async (_, face) => {
    await face.expect(await play(face));
  });
});
