/** A list finds what its query asks for, and leaves the rest out. */
import type { IExpression } from "../../../base/expression.js";
import { spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { binary, contains, either, LONGEST_PAGE, newest, unknownKey } from "./phrases.js";
import type { Plan } from "./plan.js";
import { identifier, number, object, type Script, text } from "./script.js";
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
    for (const { name, value, isFound, isNowhere } of queries) {
      const page = script.name("page");
      const query = { ...newest(model), properties: [...newest(model).properties, { name, value }] };
      script.call(operation, caller, object({ ...path, query }), { keep: page });
      const found = contains(page, `${row}.id`);
      if (isFound) script.holds(`found by ${spoken(name)}`, found);
      else if (isNowhere)
        script.equal(`nothing by another ${spoken(name)}`, identifier(`${page}.pagination.records`), number(0));
      else {
        script.holds(`not found by another ${spoken(name)}`, {
          type: "prefixUnaryExpression",
          operator: "!",
          operand: found,
        });
        script.holds("what is not found is not counted", countsItsRows(page));
      }
    }
    return true;
  });
};

/** A page that is not full tells how many there are. */
const countsItsRows = (page: string): IExpression => {
  const [shown, counted] = [identifier(`${page}.data.length`), identifier(`${page}.pagination.records`)];
  return either(binary(shown, "===", number(LONGEST_PAGE)), binary(counted, "===", shown));
};

interface Query {
  name: string;
  value: IExpression;
  isFound: boolean;
  /** No row at all has it. */
  isNowhere?: boolean;
}

const queriesOf = (workshop: Workshop, script: Script, operation: AutoBeOpenApi.IOperation, plan: Plan): Query[] => {
  const schema = workshop.document.components.schemas[operation.query ?? ""];
  const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
  return Object.entries(properties).flatMap(([name, { member }]): Query[] => {
    if (name === "search") return searches(workshop, script, plan);
    const pointer = plan.model.foreignFields.find((field) => field.name === name);
    const referred = pointer && plan.references.get(pointer.relation.name);
    if (pointer !== undefined && referred !== undefined)
      return [
        { name, value: script.key(referred), isFound: true },
        { name, value: unknownKey(pointer), isFound: false, isNowhere: true },
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

/** By the words of each column that is searched. */
const searches = (workshop: Workshop, script: Script, plan: Plan): Query[] => {
  const words = plan.model.plainFields
    .filter((field) => field.type === "string" || field.type === "text")
    .filter((field) => !field.secret && plan.overrides.get(field.name) === undefined)
    .flatMap((field) => wordsOf(script, plan, field.name, workshop.planner.sampleOf(plan.model, field.name)));
  if (words.length === 0) return [];
  return [
    ...words.map((value) => ({ name: "search", value, isFound: true })),
    { name: "search", value: text("%no such words%"), isFound: false, isNowhere: true },
  ];
};

/** What the sample says, in other letters, or what was written where that differs from row to row. */
const wordsOf = (script: Script, plan: Plan, column: string, sample: IExpression | undefined): IExpression[] => {
  if (sample?.type === "stringLiteral")
    return sample.value.length > 0 && sample.value.length <= LONGEST ? [text(sample.value.toUpperCase())] : [];
  const isCounted = sample?.type === "callExpression" && plan.model.stance !== "actor";
  if (!isCounted) return [];
  // What a column may hold and what may be asked for are bounded differently: TypeScript takes neither for the other.
  const written = identifier(`${script.row(plan)}.${column}`);
  return [{ type: "callExpression", expression: identifier("String"), arguments: [written] }];
};

/** Of the words that a list is asked for. */
const LONGEST = 100;
