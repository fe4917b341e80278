/** A list finds what its query asks for, and leaves the rest out. */
import type { IExpression } from "../../../base/expression.js";
import { spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { contains, newest, unknownKey } from "./phrases.js";
import type { Plan } from "./plan.js";
import { object, type Script, text } from "./script.js";
import type { Workshop } from "./workshop.js";

export const findTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const caller = workshop.callers(operation)[0]!;
  const title = `${withArticle(model.name)} is found by what it holds, and not by what it does not`;
  workshop.add(operation, "finds", title, { requirements: [] }, (script) => {
    const plan = workshop.touchable(model, operation, caller, { isFull: true });
    const queries = plan === null ? [] : queriesOf(workshop, script, operation, plan);
    if (plan === null || queries.length === 0) return false;
    const row = script.row(plan);
    const path = script.path(plan);
    for (const { name, value, isFound } of queries) {
      const page = script.name("page");
      const query = { ...newest(model), properties: [...newest(model).properties, { name, value }] };
      script.call(operation, caller, object({ ...path, query }), { keep: page });
      const found = contains(page, `${row}.id`);
      if (isFound) script.holds(`found by ${spoken(name)}`, found);
      else
        script.holds(`not found by another ${spoken(name)}`, {
          type: "prefixUnaryExpression",
          operator: "!",
          operand: found,
        });
    }
    return true;
  });
};

interface Query {
  name: string;
  value: IExpression;
  isFound: boolean;
}

const queriesOf = (workshop: Workshop, script: Script, operation: AutoBeOpenApi.IOperation, plan: Plan): Query[] => {
  const schema = workshop.document.components.schemas[operation.query ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  return Object.entries(properties).flatMap(([name, { member }]): Query[] => {
    if (name === "search") return searches(workshop, plan);
    const pointer = plan.model.foreignFields.find((field) => field.name === name);
    const referred = pointer && plan.references.get(pointer.relation.name);
    if (pointer !== undefined && referred !== undefined)
      return [
        { name, value: script.key(referred), isFound: true },
        { name, value: unknownKey(pointer.type), isFound: false },
      ];
    const column = plan.model.plainFields.find((field) => field.name === member);
    return column === undefined ? [] : choices(workshop, plan, column);
  });
};

/** Its own value, and another one. */
const choices = (workshop: Workshop, plan: Plan, column: AutoBeDatabase.IPlainField): Query[] => {
  const own = workshop.planner.valueOf(plan, column.name);
  const isBoolean = column.type === "boolean";
  const values = isBoolean ? ["true", "false"] : (column.values ?? []);
  if (own === undefined || !values.includes(own)) return [];
  const literal = (value: string): IExpression =>
    isBoolean ? { type: "booleanLiteral", value: value === "true" } : text(value);
  const other = values.find((value) => value !== own);
  return [
    { name: column.name, value: literal(own), isFound: true },
    ...(other === undefined ? [] : [{ name: column.name, value: literal(other), isFound: false }]),
  ];
};

const searches = (workshop: Workshop, plan: Plan): Query[] => {
  const words = plan.model.plainFields
    .filter((field) => field.type === "string" || field.type === "text")
    .filter((field) => !field.secret && plan.overrides.get(field.name) === undefined)
    .map((field) => workshop.planner.sampleOf(plan.model, field.name))
    .find((sample) => sample?.type === "stringLiteral" && sample.value.length > 0 && sample.value.length <= LONGEST);
  if (words?.type !== "stringLiteral") return [];
  return [
    { name: "search", value: text(words.value.toUpperCase()), isFound: true },
    { name: "search", value: text("%no such words%"), isFound: false },
  ];
};

/** Of the words that a list is asked for. */
const LONGEST = 100;
