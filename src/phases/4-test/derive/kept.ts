/** What refers to an erased row shows it still, and nothing new may refer to it; its parts are gone with it. */
import { refusalCode, spoken, variable, withArticle } from "../../../base/naming.js";
import { type AutoBeDatabase, composedProperty, modelNamed, modelsOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyIn, keyPath } from "./phrases.js";
import type { Account, Plan, Referred } from "./plan.js";
import { identifier, object, type Script } from "./script.js";
import type { Wish } from "./wish.js";
import type { Workshop } from "./workshop.js";

export const keptTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  for (const holder of modelsOf(workshop.database))
    for (const field of holder.stance === "session" || holder.stance === "actor" ? [] : holder.foreignFields) {
      if (field.relation.targetModel !== model.name || holder.name === model.name) continue;
      const isPart = isPartBy(holder, field);
      const title = isPart
        ? `${withArticle(holder.name)} is gone with its ${spoken(model.name)}`
        : `${withArticle(holder.name)} still shows its ${spoken(field.relation.name)}, to which no other may refer`;
      const aspect = `${isPart ? "parts" : "kept"}.${variable(holder.name)}.${field.relation.name}`;
      workshop.add(operation, aspect, title, { requirements: [] }, (script) =>
        kept({ workshop, operation, model, holder, field, script }),
      );
      if (isPart) partTests(workshop, model, operation, holder, field);
    }
};

/** What refers to a part of an erased row can do so no more. */
const partTests = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  part: AutoBeDatabase.IModel,
  whole: AutoBeDatabase.IForeignField,
): void => {
  for (const holder of modelsOf(workshop.database))
    for (const field of holder.stance === "session" || holder.stance === "actor" ? [] : holder.foreignFields) {
      if (field.relation.targetModel !== part.name || holder.name === part.name || holder.name === model.name) continue;
      if (field.relation.name === holder.parent?.relation) continue;
      const aspect = `parts.${variable(part.name)}.${whole.relation.name}.${variable(holder.name)}.${field.relation.name}`;
      const title = `no ${spoken(holder.name)} may refer to ${withArticle(part.name)} of an erased ${spoken(model.name)}`;
      workshop.add(operation, aspect, title, { requirements: [] }, (script) =>
        orphaned({ workshop, operation, model, holder, field, script }, part, whole.relation.name),
      );
    }
};

const orphaned = (keeping: Keeping, part: AutoBeDatabase.IModel, whole: string): boolean => {
  const { workshop, operation, model, field, script } = keeping;
  for (const caller of workshop.callers(operation)) {
    const plan = workshop.touchable(model, operation, caller, { isFresh: true });
    if (plan === null) continue;
    const wish: Wish = { demands: [], given: new Map([[whole, { kind: "row", plan }]]), isFresh: true };
    const inner = workshop.planner.find(part, [caller], wish) ?? workshop.planner.find(part, [], wish);
    const held = inner?.references.get(whole);
    const holding = inner === null ? null : holdingOf(keeping, inner);
    if (held?.kind !== "row" || held.plan !== plan || holding === null) continue;
    const path = keyPath(script, plan);
    script.row(holding);
    const creation = object({ ...script.path(holding), body: script.body(holding) });
    script.call(operation, caller, object(path), {});
    const code = codeOf(holding, plan, field);
    script.call(holding.operation, holding.creator, creation, { status: 404, code });
    return true;
  }
  return false;
};

/** Of what a row like the other leads to in vain. */
const codeOf = (holding: Plan, erased: Plan, { relation }: AutoBeDatabase.IForeignField): string =>
  refusalCode(leadsThrough(holding, erased) ? holding.model.parent!.model : relation.name, "not found");

/** Whether the erased row stands in the path to the other, so that the path is what leads nowhere. */
const leadsThrough = ({ model, references }: Plan, erased: Plan): boolean => {
  const above = model.parent?.kind === "routed" ? references.get(model.parent.relation) : undefined;
  return above?.kind === "row" && (above.plan === erased || leadsThrough(above.plan, erased));
};

interface Keeping {
  workshop: Workshop;
  operation: AutoBeOpenApi.IOperation;
  model: AutoBeDatabase.IModel;
  holder: AutoBeDatabase.IModel;
  field: AutoBeDatabase.IForeignField;
  script: Script;
}

/** Its children of routes of their own, and what is erased with it. */
const isPartBy = ({ parent }: AutoBeDatabase.IModel, field: AutoBeDatabase.IForeignField): boolean =>
  parent?.kind !== "composed" && (field.onDelete === "cascade" || field.relation.name === parent?.relation);

const kept = (keeping: Keeping): boolean => {
  const { workshop, operation, model, holder, field, script } = keeping;
  for (const caller of workshop.callers(operation)) {
    const plan = workshop.touchable(model, operation, caller, { isFresh: true });
    const holding = plan === null ? null : holdingOf(keeping, plan);
    const reader = holding === null ? null : readerOf(workshop, holding, caller);
    if (plan === null || holding === null || reader === null) continue;
    const path = keyPath(script, plan);
    const key = identifier(`${script.row(plan)}.id`);
    const place = object(keyPath(script, holding));
    const creation = object({ ...script.path(holding), body: script.body(holding) });
    script.call(operation, caller, object(path), {});
    if (isPartBy(holder, field)) script.call(reader.operation, reader.account, place, { status: 404 });
    else {
      const read = script.name("read");
      script.call(reader.operation, reader.account, place, { keep: read });
      const within = holder.parent?.kind === "composed" ? `${read}.${composedProperty(holder)}[0]!` : read;
      script.equal(`the ${spoken(field.relation.name)} is shown`, keyIn(within, field.relation.name, holder), key);
    }
    const code = codeOf(holding, plan, field);
    script.call(holding.operation, holding.creator, creation, { status: 404, code });
    moved(keeping, holding, code);
    return true;
  }
  return false;
};

/** A row that refers to the planned one, through the body of its parent where it lives there. */
const holdingOf = ({ workshop, holder, field }: Keeping, plan: Plan): Plan | null => {
  const { planner, database } = workshop;
  const { name } = field.relation;
  const isInside = holder.parent?.kind === "composed";
  if (isInside && holder.parent!.relation === name) return null;
  const table = isInside ? modelNamed(database, holder.parent!.model)! : holder;
  const referred: Referred = { kind: "row", plan };
  const wish: Wish = isInside
    ? { demands: [], pins: [{ path: [composedProperty(holder), name], plan }] }
    : { demands: [], given: new Map([[name, referred]]) };
  const place = isInside ? `${holder.name}.${name}` : name;
  for (const readers of [[plan.creator], []]) {
    const holding = planner.find(table, readers, wish);
    const found = holding?.references.get(place);
    if (holding === null || holding.call !== null || found?.kind !== "row" || found.plan !== plan) continue;
    if (planner.sees(plan, holding.creator)) return holding;
  }
  return null;
};

const readerOf = (
  workshop: Workshop,
  holding: Plan,
  caller: Account,
): { account: Account; operation: AutoBeOpenApi.IOperation } | null => {
  for (const account of [holding.creator, caller]) {
    const operation = workshop.operation("at", holding.model.name, account.actor);
    if (operation !== undefined && workshop.planner.reaches(holding, account)) return { account, operation };
  }
  return null;
};

/** Not by a change either. */
const moved = ({ workshop, holder, field, script }: Keeping, holding: Plan, code: string): void => {
  const { document, planner } = workshop;
  const account = holding.creator;
  const changing = workshop.operation("update", holder.name, account.actor);
  const schema = document.components.schemas[changing?.requestBody ?? ""];
  const isWritten = schema !== undefined && "properties" in schema && schema.properties[field.name] !== undefined;
  if (changing === undefined || !isWritten || isPartBy(holder, field)) return;
  if (!planner.reaches(holding, account) || !planner.mayTouch(holding, changing, account)) return;
  const values = {
    ...keyPath(script, holding),
    body: object({ [field.name]: script.key(holding.references.get(field.relation.name)!) }),
  };
  script.call(changing, account, object(values), { status: 404, code });
};
