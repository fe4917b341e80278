/** A list comes in the order asked for: two rows that differ stand in it one way round, and then the other. */
import type { IExpression } from "../../../base/expression.js";
import { dto, spoken } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { binary, either } from "./phrases.js";
import type { Plan } from "./plan.js";
import { identifier, number, object, text } from "./script.js";
import type { Workshop } from "./workshop.js";

export const orderTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const caller = workshop.callers(operation)[0]!;
  const columns = sortable(workshop, model, operation);
  const title = `${spoken(model.name)} rows come in the order asked for, up and down`;
  workshop.add(operation, "sorts", title, { requirements: [] }, (script) => {
    const first = workshop.touchable(model, operation, caller, { isFull: true, isFresh: true });
    const second = first === null ? null : unlike(workshop, operation, first);
    if (first === null || second === null) return false;
    const differing = columns.filter((column) => differs(workshop, column, first, second));
    if (differing.length === 0) return false;
    const former = script.row(first);
    // Rows of one moment have no order in time.
    script.pass(1000);
    const latter = script.row(second);
    const isEither = either(isRow(`${former}.id`), isRow(`${latter}.id`));
    for (const column of differing)
      for (const isDown of [false, true]) {
        const sort = text(isDown ? `-${column.name}` : column.name);
        const query = object({ sort, limit: number(100) });
        const page = script.name("page");
        script.call(operation, caller, object({ ...script.path(first), query }), { keep: page });
        const both = script.declare("both", {
          type: "arrayFilterExpression",
          array: identifier(`${page}.data`),
          function: { type: "arrowFunction", parameters: ["one"], body: isEither },
        });
        script.holds(
          `${spoken(column.name)}, ${isDown ? "the larger" : "the smaller"} first`,
          ordered(both, column, isDown),
        );
      }
    return true;
  });
};

/** Columns that the list can be sorted by and shows. Where a row may have none, the order of those is the database's. */
const sortable = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): AutoBeDatabase.IPlainField[] => {
  const propertiesOf = (name: string) => {
    const schema = workshop.document.components.schemas[name];
    return schema !== undefined && "properties" in schema ? schema.properties : {};
  };
  const sort = propertiesOf(operation.query ?? "")["sort"];
  const values = sort === undefined ? [] : "oneOf" in sort ? sort.oneOf : [sort];
  const names = new Set(values.flatMap((one) => ("const" in one ? [String(one.const)] : [])));
  const shown = propertiesOf(`${dto(model.name)}.ISummary`);
  return model.plainFields.filter(
    ({ name, type }) => names.has(name) && names.has(`-${name}`) && shown[name] !== undefined && type !== "json",
  );
};

/** Another row beside the first, with other values and in another state as far as that can be had. */
const unlike = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, first: Plan): Plan | null => {
  const { model } = first;
  const caller = workshop.callers(operation)[0]!;
  const overrides = otherValues(workshop, operation, first);
  const states = model.plainFields.find((field) => field.source?.kind === "state")?.values ?? [];
  const given = new Map(
    [...first.references].filter(([name]) => model.parent?.kind === "routed" && name === model.parent.relation),
  );
  for (const state of [...states.filter((one) => one !== first.state), null])
    for (const values of overrides.size === 0 ? [overrides] : [overrides, new Map<string, string>()]) {
      const wish = { isFull: true, overrides: values, given };
      const plan = workshop.second(first, operation, caller, state === null ? wish : { ...wish, state });
      if (plan !== null) return plan;
    }
  return null;
};

/** What an update would write, which is valid beside what the creation wrote. */
const otherValues = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, { model }: Plan): Map<string, string> => {
  const sample = workshop.document.samples[`${dto(model.name)}.IUpdate`]?.expression;
  const updated = sample?.type === "objectLiteralExpression" ? sample.properties : [];
  const asked = [...operation.access, ...(workshop.document.readers[model.name] ?? [])]
    .flatMap((access) => access.filter ?? [])
    .map((condition) => condition.path[0]);
  const status = model.plainFields.find((field) => field.source?.kind === "state")?.name;
  const isFree = (name: string): boolean =>
    isLiteral(workshop.planner.sampleOf(model, name)) && !asked.includes(name) && name !== status;
  return new Map([
    ...unlikeValues(workshop, model).filter(([name]) => isFree(name)),
    ...updated.flatMap(({ name, value }) =>
      isLiteral(value) && isFree(name) ? [[name, String(value.value)] as const] : [],
    ),
  ]);
};

/** For what no update writes: another value of the column, where no rule holds it to one beside it. */
const unlikeValues = (workshop: Workshop, model: AutoBeDatabase.IModel): (readonly [string, string])[] => {
  const held = workshop.document.operations
    .filter((one) => one.model === model.name)
    .flatMap(({ refusals }) =>
      refusals.flatMap(({ provoke }) => (provoke?.kind === "order" ? [provoke.first, provoke.second] : [])),
    );
  return model.plainFields
    .filter(({ name, writer, source }) => writer !== "server" && source === null && !held.includes(name))
    .flatMap((field) => {
      const value = anotherValue(field, literalText(workshop.planner.sampleOf(model, field.name)));
      return value === null ? [] : [[field.name, value] as const];
    });
};

const anotherValue = (
  { type, values, minimum, maximum }: AutoBeDatabase.IPlainField,
  value: string | undefined,
): string | null => {
  if (value === undefined) return null;
  switch (type) {
    case "boolean":
      return value === "true" ? "false" : "true";
    case "enum":
      return values?.find((one) => one !== value) ?? null;
    case "int":
    case "double": {
      const [less, more] = [Number(value) - 1, Number(value) + 1];
      if (maximum === null || more <= maximum) return String(more);
      return minimum === null || less >= minimum ? String(less) : null;
    }
    case "date":
    case "datetime":
      return /^20\d\d-/.test(value) ? `2${Number(value[1]) + 1}${value.slice(2)}` : null;
    case "time":
      return value.replace(/^\d\d/, (hour) => (hour === "23" ? "22" : "23"));
    default:
      return null;
  }
};

const isLiteral = (
  value: IExpression | undefined,
): value is IExpression.IStringLiteral | IExpression.INumericLiteral | IExpression.IBooleanLiteral =>
  value !== undefined && ["stringLiteral", "numericLiteral", "booleanLiteral"].includes(value.type);

const differs = (
  workshop: Workshop,
  { name, source }: AutoBeDatabase.IPlainField,
  first: Plan,
  second: Plan,
): boolean => {
  if (name === "createdAt" || name === "updatedAt") return true;
  if (source?.kind === "state") return first.state !== second.state;
  if (source !== null && source !== undefined) return false;
  if (isCounted(first, name, workshop) && isCounted(second, name, workshop)) return true;
  const [left, right] = [first, second].map(
    (plan) => plan.overrides.get(name) ?? literalText(workshop.planner.sampleOf(plan.model, name)),
  );
  return left !== undefined && right !== undefined && left !== right;
};

/** What the test bed counts up differs, too; which of two is the larger the answers say. */
const isCounted = (plan: Plan, name: string, { planner }: Workshop): boolean => {
  const sample = planner.sampleOf(plan.model, name);
  return sample?.type === "callExpression" && !plan.overrides.has(name) && COUNTERS.has(printedName(sample.expression));
};

const COUNTERS = new Set(["bed.text", "bed.day", "bed.moment", "bed.time"]);

const printedName = (value: IExpression): string => (value.type === "identifier" ? value.text : "");

const literalText = (value: IExpression | undefined): string | undefined =>
  isLiteral(value) ? String(value.value) : undefined;

const isRow = (key: string): IExpression => binary(identifier("one.id"), "===", identifier(key));

/** Where other rows fill the page, nothing is said. */
const ordered = (both: string, column: AutoBeDatabase.IPlainField, isDown: boolean): IExpression =>
  either(
    binary(identifier(`${both}.length`), "<", number(2)),
    binary(comparable(`${both}[0]`, column), isDown ? ">" : "<", comparable(`${both}[1]`, column)),
  );

/** A value of the answer as JavaScript compares it the way the database does. */
const comparable = (row: string, { name, type, values, nullable }: AutoBeDatabase.IPlainField): IExpression => {
  const value = identifier(`${row}!.${name}`);
  const by = (text: string): IExpression => ({
    type: "callExpression",
    expression: identifier(text),
    arguments: [value],
  });
  if (type === "enum")
    return {
      type: "callExpression",
      expression: {
        type: "propertyAccessExpression",
        expression: { type: "arrayLiteralExpression", elements: (values ?? []).map(text) },
        name: "indexOf",
      },
      arguments: [by("String")],
    };
  if (["boolean", "int", "double", "decimal", "bigint"].includes(type)) return by("Number");
  return nullable ? by("String") : value;
};
