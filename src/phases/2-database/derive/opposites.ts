/** Names of the properties by which a target leads back. */
import { collection, linkIds, pascal } from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../../1-analyze/ast.js";
import type { AutoBeDatabase } from "../ast.js";

/** The property on the target that leads back: the plural of the model, told apart by role where that is taken. */
export const nameOpposites = (analyze: AutoBeAnalyze.IApplication, models: AutoBeDatabase.IModel[]): void => {
  const entities = analyze.modules.flatMap((module) => module.entities);
  const taken = new Map<string, Set<string>>();
  for (const model of models)
    taken.set(
      model.name,
      new Set([
        "id",
        // Counts are no columns, and stand beside them in answers.
        ...entities.filter((one) => one.name === model.entity).flatMap((one) => one.attributes.map(({ name }) => name)),
        ...model.plainFields.map((field) => field.name),
        ...model.foreignFields.flatMap((field) => [field.name, field.relation.name]),
        ...model.links.flatMap((link) => [link.name, linkIds(link.name)]),
      ]),
    );
  for (const model of models) {
    const targets = [
      ...model.foreignFields.map((field) => field.relation.targetModel),
      ...model.links.map((link) => link.targetModel),
    ];
    const opposite = (relation: string, target: string): string => {
      const names = taken.get(target) ?? new Set<string>();
      const plain = collection(model.name);
      const isAmbiguous = target === model.name || targets.filter((one) => one === target).length > 1;
      const name = isAmbiguous || names.has(plain) ? `${plain}As${pascal(relation)}` : plain;
      names.add(name);
      return name;
    };
    for (const field of model.foreignFields)
      field.relation.oppositeName = opposite(field.relation.name, field.relation.targetModel);
    for (const link of model.links) link.oppositeName = opposite(link.name, link.targetModel);
  }
};
