/** `--prisma FILE`: the schema that a run adopts, and what the service is called that comes of it. */
import type { AdoptedText } from "../base/journal.js";
import { Failure } from "../base/mishap.js";
import { kebab } from "../base/naming.js";
import { parsePrismaSchema, readSchemaFile } from "../io/prisma-schema.js";
import { type Adopted, adoptSchema } from "../pipeline/adopt/adopt.js";
import type { RunOptions } from "./options.js";
import { subjectOf, titleOf } from "./request.js";

export const readAdopted = async (options: RunOptions & { prisma: string }): Promise<AdoptedText> => {
  const file = options.prisma;
  const name = kebab(options.name ?? subjectOf(file));
  if (!/^[a-z]/.test(name)) throw nameless(file, options.name);
  return { file: titleOf(file), text: await readSchemaFile(file), name, isSilent: options.isSilent };
};

/** Throws a Failure where the schema cannot be adopted. */
export const adopt = (given: AdoptedText, request: string): Adopted =>
  adoptSchema(parsePrismaSchema(given.file, given.text), {
    name: given.name,
    summary: request === "" ? null : request,
  });

const nameless = (file: string, said: string | undefined): Failure =>
  new Failure(
    "CLI.WRONG_OPTION",
    `--name: ${said === undefined ? `${file} makes no name of a service` : `"${said}" is none of a service`}.`,
    "Give --name a word that begins with a letter.",
  );
