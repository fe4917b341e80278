/** The analysis → the draft of the database: whatever follows mechanically, so that a model need not type it. */
import { pascal } from "../../base/naming.js";
import type { AutoBeAnalyze } from "../1-analyze/ast.js";
import type { AutoBeDatabase } from "./ast.js";
import { actorModel, sessionOf } from "./derive/accounts.js";
import { entityModel } from "./derive/entities.js";
import { nameOpposites } from "./derive/opposites.js";

export const deriveDatabase = (analyze: AutoBeAnalyze.IApplication): AutoBeDatabase.IApplication => {
  const accounts = analyze.actors.filter((actor) => actor.kind !== "guest");
  const actorModels = new Set(accounts.map((actor) => pascal(actor.name)));
  const files: AutoBeDatabase.IFile[] = [];
  if (accounts.length !== 0)
    files.push({
      filename: "schema-00-accounts.prisma",
      namespace: "Accounts",
      models: accounts.flatMap((actor) => [actorModel(analyze, actor), sessionOf(analyze, actor)]),
    });
  analyze.modules.forEach((module, index) => {
    const models = module.entities
      .filter((entity) => !actorModels.has(entity.name))
      .map((entity) => entityModel(analyze, entity));
    if (models.length !== 0)
      files.push({
        filename: `schema-${String(index + 1).padStart(2, "0")}-${module.name}.prisma`,
        namespace: pascal(module.name),
        models,
      });
  });
  nameOpposites(
    analyze,
    files.flatMap((file) => file.models),
  );
  return { prefix: analyze.prefix, files };
};
