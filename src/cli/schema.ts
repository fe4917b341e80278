/** `autobe schema [FUNCTION]`: the functions a model is asked to call, or the JSON Schema of one. */
import { nearest } from "../base/diagnostic.js";
import { Failure } from "../base/mishap.js";
import type { Talk } from "../base/talk.js";
import { readSchemas } from "../io/package-folder.js";
import { writeData } from "../io/talk.js";
import { EXIT, tell } from "./exit.js";

export const schemaCommand = async (name: string | undefined, talk: Talk): Promise<number> => {
  try {
    const schemas = await readSchemas();
    const names = Object.keys(schemas);
    const found = names.find((one) => one === name || one.endsWith(`/${name}`));
    if (name !== undefined && found === undefined)
      throw new Failure(
        "CLI.UNKNOWN_FUNCTION",
        `There is no function called ${name}.`,
        `Nearest: ${nearest(name, names)}. \`autobe schema\` lists all.`,
      );
    await writeData(found === undefined ? names.join("\n") : schemas[found]!);
    return EXIT.done;
  } catch (mishap) {
    return tell(mishap, talk, new AbortController().signal, null);
  }
};
