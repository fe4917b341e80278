/** A Prisma schema as the first two phases: an analysis in which one administrator may do everything, and the tables as they are. */
import { Failure } from "../../base/mishap.js";
import { kebab, spoken, words } from "../../base/naming.js";
import type { PrismaSchema } from "../../base/prisma-schema.js";
import type { AutoBeAnalyze } from "../../phases/1-analyze/ast.js";
import type { AutoBeDatabase } from "../../phases/2-database/ast.js";
import { checkDatabase } from "../../phases/2-database/check/database.js";
import { deriveDatabase } from "../../phases/2-database/derive.js";
import { analysisOf, MODULE } from "./analysis.js";
import { readModel } from "./models.js";
import { nameOfAdministrator, namesOfModels } from "./names.js";
import { Places } from "./places.js";
import { acceptSchema } from "./refusals.js";

export interface Adopted {
  analyze: AutoBeAnalyze.IApplication;
  database: AutoBeDatabase.IApplication;
  /** What is not as the schema has it, one line each. */
  changes: string[];
}

/** Throws a Failure that lists all of what cannot be adopted. `said` is what the service is called and does. */
export const adoptSchema = (schema: PrismaSchema, said: { name: string; summary: string | null }): Adopted => {
  const datamodel = acceptSchema(schema);
  const changes: string[] = [];
  const provider = schema.provider ?? "postgresql";
  for (const { at, line } of new Places(schema).all(/(^|\s)@@?ignore\b/))
    changes.push(
      `${at}  ${line.startsWith("@@") ? "this model" : line.split(/\s/)[0]} is ignored, as the schema says.`,
    );
  if (!provider.startsWith("postgres")) changes.push(`The database is PostgreSQL instead of ${provider}.`);
  const names = namesOfModels(datamodel);
  const models = datamodel.models.map((model) =>
    readModel(
      {
        datamodel,
        provider,
        names,
        change: (name, field, what) =>
          changes.push(`${[name, field].filter((one) => one !== null).join(".")} ${what}.`),
      },
      model,
    ),
  );
  const prefix = prefixOf(said.name);
  const administrator = nameOfAdministrator(datamodel, prefix);
  const title = spoken(said.name).replace(/^./, (letter) => letter.toUpperCase());
  const analyze = analysisOf(
    {
      name: kebab(said.name),
      title,
      summary: said.summary ?? `Keeps what the Prisma schema ${schema.file} holds.`,
      prefix,
      administrator,
    },
    models,
  );
  const accounts = deriveDatabase({ ...analyze, modules: [] }).files;
  const database: AutoBeDatabase.IApplication = {
    prefix,
    files: [...accounts, { filename: `schema-01-${MODULE}.prisma`, namespace: "Records", models }],
  };
  const wrong = checkDatabase(database, (model, member) => [model, member].filter((one) => one !== null).join("."));
  if (wrong.length !== 0)
    throw new Failure(
      "ADOPT.UNSOUND",
      `${schema.file} makes no sound database:\n${wrong.map((one) => `${one.path}: ${one.message} [${one.code}]`).join("\n")}`,
      "Change these in a copy of the schema and give that; the file itself is never touched.",
    );
  return { analyze, database, changes };
};

/** Of the tables of accounts: two to ten letters. */
const prefixOf = (name: string): string => {
  const letters = words(name)
    .join("")
    .replace(/^[^a-z]+/, "")
    .slice(0, 10);
  return letters.length < 2 ? "app" : letters;
};
