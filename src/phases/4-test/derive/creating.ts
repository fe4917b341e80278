/** A row is created, and what was written is found in it. */
import { dto, linkIds, parameter, spoken, variable, withArticle } from "../../../base/naming.js";
import { type AutoBeDatabase, composedOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyIn, keyPath, keysIn, listOf, type Writer } from "./phrases.js";
import type { Plan } from "./plan.js";
import { identifier, object, type Script, text } from "./script.js";
import type { Workshop } from "./workshop.js";

export const create: Writer = (workshop, model, operation, caller) => ({
  claim: `creates ${withArticle(model.name)} and finds in it what was written`,
  requirements: [
    ...written(workshop, model, operation),
    ...entityRequirements(workshop, model),
    ...composedRequirements(workshop, model),
  ],
  write: (script) => {
    const found =
      workshop.planner.find(model, [caller], { demands: [], isFull: true, creator: caller }) ??
      workshop.planner.find(model, [], { demands: [], isFull: true, creator: caller });
    if (found === null) return false;
    // The row as it is when it has just been made, before anybody brings it into another state.
    const status = model.plainFields.find((field) => field.source?.kind === "state");
    const plan: Plan = { ...found, transitions: [], state: status?.default ?? null };
    const path = script.path(plan);
    const body = script.declare("body", script.body(plan), operation.requestBody);
    const row = script.name("created");
    script.call(operation, caller, object({ ...path, body: identifier(body) }), { keep: row, makes: plan });
    echo(workshop, script, plan, row, body);
    const at = workshop.operation("at", model.name, caller.actor);
    if (at !== undefined && workshop.planner.sees(plan, caller)) {
      const again = script.name("again");
      script.call(at, caller, object({ ...path, [parameter(model.name)]: identifier(`${row}.id`) }), { keep: again });
      script.equal("what is read is what was created", identifier(again), identifier(row));
    }
    return true;
  },
});

/** Requirements of the attributes that a body writes or the server fills. */
const written = (workshop: Workshop, model: AutoBeDatabase.IModel, operation: AutoBeOpenApi.IOperation): string[] => {
  const schema = workshop.document.components.schemas[operation.requestBody ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  const has = (name: string): boolean => properties[name] !== undefined;
  return [
    ...model.plainFields
      .filter((field) => has(field.name) || ["now", "constant", "state", "copy"].includes(field.source?.kind ?? ""))
      .flatMap((field) => field.requirements),
    ...model.foreignFields
      .filter(
        (field) => has(field.name) || field.source?.kind === "actor" || field.relation.name === model.parent?.relation,
      )
      .flatMap((field) => field.requirements),
    ...model.links.filter((link) => has(linkIds(link.name))).flatMap((link) => link.requirements),
  ];
};

const entityRequirements = (workshop: Workshop, model: AutoBeDatabase.IModel): string[] =>
  workshop.analyze.modules.flatMap((module) => module.entities).find((entity) => entity.name === model.entity)
    ?.requirements ?? [];

/** Rows that live in the body of their parent's have no operation of their own. */
const composedRequirements = (workshop: Workshop, model: AutoBeDatabase.IModel): string[] =>
  composedOf(workshop.database, model).flatMap((child) => [
    ...entityRequirements(workshop, child),
    ...[...child.plainFields, ...child.foreignFields].flatMap((field) => field.requirements),
  ]);

/** Every value of the body stands in the answer; the server's own values are what they should be. */
const echo = (workshop: Workshop, script: Script, plan: Plan, row: string, body: string | null): void => {
  const { model } = plan;
  const answer = workshop.document.components.schemas[dto(model.name)];
  const properties = answer !== undefined && "properties" in answer ? answer.properties : {};
  const declared = body === null ? [] : bodyMembers(script, body);
  for (const field of model.plainFields) {
    if (properties[field.name] === undefined) continue;
    if (body !== null && declared.includes(field.name))
      script.equal(spoken(field.name), identifier(`${row}.${field.name}`), identifier(`${body}.${field.name}`));
    else if (field.source?.kind === "state")
      script.equal(spoken(field.name), identifier(`${row}.${field.name}`), text(plan.state ?? field.default ?? ""));
    else if (field.source?.kind === "transition")
      script.equal(`${spoken(field.name)} is not yet`, identifier(`${row}.${field.name}`), { type: "nullLiteral" });
    else if (field.source?.kind === "copy") {
      const [relation, column] = (field.source.of ?? "").split(".");
      const referred = plan.references.get(relation ?? "");
      const source =
        referred?.kind === "row" && isShown(workshop, referred.plan.model.name, column ?? "")
          ? standing(workshop, script, referred.plan, column!)
          : null;
      if (source !== null)
        script.equal(spoken(field.name), identifier(`${row}.${field.name}`), identifier(`${source}.${column}`));
    }
  }
  for (const field of model.foreignFields) {
    const referred = plan.references.get(field.relation.name);
    if (referred === undefined || properties[field.relation.name] === undefined) continue;
    const value = keyIn(row, field.relation.name, model);
    script.equal(spoken(field.relation.name), value, script.key(referred));
  }
  for (const link of model.links) {
    const referred = plan.references.get(link.name);
    if (referred === undefined || properties[link.name] === undefined) continue;
    script.equal(spoken(link.name), keysIn(row, link.name), listOf(script.key(referred)));
  }
};

/** The row as it is; read once more where what brought it into its state wrote the column. Null where its creator cannot. */
const standing = (workshop: Workshop, script: Script, plan: Plan, column: string): string | null => {
  const isWritten = plan.transitions.some(({ operation }) =>
    operation.effects.some((effect) => effect.path?.length === 0 && effect.column === column),
  );
  const row = script.row(plan);
  if (!isWritten) return row;
  const at = workshop.operation("at", plan.model.name, plan.creator.actor);
  if (at === undefined || !workshop.planner.reaches(plan, plan.creator)) return null;
  const read = script.name(variable(plan.model.name));
  script.call(at, plan.creator, object(keyPath(script, plan)), { keep: read });
  return read;
};

const isShown = (workshop: Workshop, model: string, column: string): boolean => {
  const schema = workshop.document.components.schemas[dto(model)];
  return schema !== undefined && "properties" in schema && schema.properties[column] !== undefined;
};

const bodyMembers = (script: Script, body: string): string[] => {
  const statement = script.statements.find((one) => one.type === "declareStatement" && one.variableName === body);
  return statement?.type === "declareStatement" && statement.expression.type === "objectLiteralExpression"
    ? statement.expression.properties.map((one) => one.name)
    : [];
};
