/** Members that no client may write, with values that the server would not give them. */
import type { IExpression } from "../../../../base/expression.js";
import { dto, pascal } from "../../../../base/naming.js";
import type { AutoBeDatabase } from "../../../2-database/ast.js";
import { isTouched } from "../../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../../3-interface/ast.js";
import { keyIn, unknownKey } from "../phrases.js";
import type { Account, Plan, Referred } from "../plan.js";
import { identifier, number, type Script, text } from "../script.js";
import type { Workshop } from "../workshop.js";

export interface Forged {
  /** Member of the body. */
  name: string;
  value: IExpression;
  /** Where an answer shows it; null where it does not. */
  shown: ((answer: string) => IExpression) | null;
  /** Whether a change of other members leaves it as it is. */
  isKept: boolean;
}

/** The key, the columns and the pointers of a model that the body has no member for. */
export const forgedOf = (
  workshop: Workshop,
  script: Script,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  /** How the row is planned, and who calls; null where nobody is signed in. */
  made: { plan: Plan; caller: Account } | null,
): Forged[] => {
  const isOpen = membersOf(workshop, operation.requestBody ?? "");
  const isShown = membersOf(workshop, dto(model.name));
  const isMoved = (name: string): boolean =>
    operation.effects.some((effect) => effect.model === model.name && effect.column === name);
  const columns = model.plainFields.flatMap((field): Forged[] => {
    const held = made === null ? undefined : workshop.planner.valueOf(made.plan, field.name);
    const isOut = isOpen(field.name) || isMoved(field.name) || isCycled(workshop, field, made);
    const value = isOut ? null : oddValue(field, held ?? field.default);
    const shown = isShown(field.name) ? (answer: string) => identifier(`${answer}.${field.name}`) : null;
    const isKept = !isTouched(field) && field.source?.kind !== "formula";
    return value === null ? [] : [{ name: field.name, value, shown, isKept }];
  });
  const pointers = model.foreignFields.flatMap((field): Forged[] => {
    const { name } = field.relation;
    const value = made === null || isOpen(field.name) ? null : otherKey(workshop, script, field, made);
    const shown = isShown(name) ? (answer: string) => keyIn(answer, name, model) : null;
    return value === null ? [] : [{ name: field.name, value, shown, isKept: true }];
  });
  const key: Forged = {
    name: "id",
    value: unknownKey(model.primaryField),
    shown: (answer) => identifier(`${answer}.id`),
    isKept: true,
  };
  return [...(isOpen("id") ? [] : [key]), ...columns, ...pointers];
};

/** Of few values the test bed gives one after the other: which one the row has is not known, so that none is another. */
const isCycled = (
  { planner }: Workshop,
  { name, type }: AutoBeDatabase.IPlainField,
  made: { plan: Plan } | null,
): boolean =>
  (type === "boolean" || type === "enum") &&
  made !== null &&
  !made.plan.overrides.has(name) &&
  planner.sampleOf(made.plan.model, name)?.type === "callExpression";

const membersOf = ({ document }: Workshop, name: string): ((member: string) => boolean) => {
  const schema = document.components.schemas[name];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  return (member) => properties[member] !== undefined;
};

/** Somebody else's account, or another row of the same kind. */
const otherKey = (
  workshop: Workshop,
  script: Script,
  field: AutoBeDatabase.IForeignField,
  { plan, caller }: { plan: Plan; caller: Account },
): IExpression | null => {
  const { targetModel } = field.relation;
  const actor = workshop.document.components.authorizations.find(({ name }) => pascal(name) === targetModel)?.name;
  if (actor !== undefined) return identifier(`${script.account(stranger(plan, caller, actor))}.id`);
  const referred = workshop.planner.isLean ? null : workshop.planner.another(plan, targetModel, caller);
  return referred === null ? null : script.key(referred);
};

/** An account that has nothing to do with the row. */
const stranger = (plan: Plan, caller: Account, actor: string): Account => {
  const near = [caller, plan.creator, ...[...plan.references.values()].map(accountOf)];
  const isNear = (index: number): boolean => near.some((one) => one?.actor === actor && one.index === index);
  return { actor, index: [2, 3, 4, 5, 6, 7, 8, 9].find((index) => !isNear(index)) ?? 10 };
};

const accountOf = (referred: Referred): Account | null => (referred.kind === "account" ? referred.account : null);

/** A value of the column's form that it would hardly ever have by itself and does not hold; null where there is none. */
const oddValue = (field: AutoBeDatabase.IPlainField, held: string | null): IExpression | null => {
  const isGuessed = field.source?.kind === "copy" || field.source?.kind === "formula";
  switch (field.type) {
    case "boolean":
      return isGuessed ? null : { type: "booleanLiteral", value: held !== "true" };
    case "enum": {
      const other = field.values?.findLast((value) => value !== field.default && value !== held);
      return isGuessed || other === undefined ? null : text(other);
    }
    case "int":
    case "double":
      return oddNumber(field, held, number);
    case "bigint":
    case "decimal":
      return oddNumber(field, held, (value) => text(String(value)));
    case "string":
    case "text":
      return text("forged".padEnd(field.minimum ?? 0, "!").slice(0, field.maximum ?? 255));
    case "uri":
      return text("https://example.com/forged");
    case "uuid":
      return { type: "formatRandom", format: "uuid" };
    case "date":
      return text("2001-02-03");
    case "datetime":
      return text("2001-02-03T04:05:06.000Z");
    case "time":
      return text("04:05:06");
    case "bytes":
      return text("Zm9yZ2Vk");
    case "json":
    case "list":
      return null;
  }
};

const oddNumber = (
  { minimum, maximum }: AutoBeDatabase.IPlainField,
  held: string | null,
  write: (value: number) => IExpression,
): IExpression | null => {
  const value = [maximum ?? Math.max(7919, minimum ?? 0), minimum].find(
    (one) => one !== null && (held === null || one !== Number(held)),
  );
  return value === undefined || value === null ? null : write(value);
};
