/** Queries that ask for more than there is to be had: pages without end, words of another language, rows of others. */
import type { IExpression } from "../../../../base/expression.js";
import { spoken } from "../../../../base/naming.js";
import type { AutoBeDatabase } from "../../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../../3-interface/ast.js";
import { contains, newest } from "../phrases.js";
import type { Account, Plan } from "../plan.js";
import { identifier, number, object, text } from "../script.js";
import type { Workshop } from "../workshop.js";
import { forge } from "./bodies.js";

/** Pages too long, of no length, before the first, and of a length that is no number. */
export const hostileWindow = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const queries = Object.entries(windowOf(workshop, operation)).flatMap(([name, { minimum, maximum }]) => [
    ...(maximum === undefined ? [] : [{ [name]: number(maximum + 1) }]),
    ...(minimum === undefined ? [] : [{ [name]: number(minimum - 1) }, { [name]: number(-1) }]),
    { [name]: identifier("NaN") },
  ]);
  if (queries.length === 0) return;
  const title = `a page of ${spoken(model.name)} rows has a length that can be had`;
  workshop.add(operation, "window", title, { requirements: [] }, (script) => {
    const caller = workshop.callers(operation)[0]!;
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = script.path(plan);
    for (const query of queries)
      script.call(operation, caller, object({ ...path, query: object(query) }), { status: 400 });
    return true;
  });
};

const windowOf = (
  workshop: Workshop,
  operation: AutoBeOpenApi.IOperation,
): Record<string, AutoBeOpenApi.IJsonSchema.IInteger> =>
  Object.fromEntries(
    Object.entries(propertiesOf(workshop, operation.query)).flatMap(([name, schema]) =>
      (name === "limit" || name === "page") && "type" in schema && schema.type === "integer" ? [[name, schema]] : [],
    ),
  );

/** What would end a text in SQL, match everything, or be taken for an operator by a query language of objects. */
export const hostileQuery = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const properties = propertiesOf(workshop, operation.query);
  const title = `a query of ${spoken(model.name)} rows is taken for words, not for a language`;
  workshop.add(operation, "injected", title, { requirements: [] }, (script) => {
    const caller = workshop.callers(operation)[0]!;
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const row = properties["search"] === undefined ? null : script.row(plan);
    const path = script.path(plan);
    if (row !== null)
      for (const words of HOSTILE_WORDS.filter((one) => !mayHold(workshop, plan, one))) {
        const page = script.name("page");
        const query = {
          ...newest(model),
          properties: [...newest(model).properties, { name: "search", value: text(words) }],
        };
        script.call(operation, caller, object({ ...path, query }), { keep: page });
        script.holds(`${words} is in no row`, not(contains(page, `${row}.id`)));
      }
    const asked = Object.entries(properties).filter(
      ([name, schema]) => name !== "limit" && name !== "page" && isNarrow(schema),
    );
    for (const [name] of asked) {
      const query = forge(object({}), object({ [name]: text(HOSTILE_WORDS[0]!) }));
      script.call(operation, caller, object({ ...path, query }), { status: 400 });
    }
    return row !== null || asked.length > 0;
  });
};

/** Whether a column of the row could hold the words: what the test bed counts up is letters and digits. */
const mayHold = ({ planner }: Workshop, { model, overrides }: Plan, words: string): boolean =>
  model.plainFields
    .filter(({ type }) => type === "string" || type === "text")
    .some(({ name, source }) => {
      const sample = planner.sampleOf(model, name);
      const literal = overrides.get(name) ?? (sample?.type === "stringLiteral" ? sample.value : null);
      if (literal !== null) return literal.toLowerCase().includes(words.toLowerCase());
      return sample === undefined ? source !== null && words.length < LONG : sample.type !== "callExpression";
    });

/** Whether not every text is a value. */
const isNarrow = (schema: AutoBeOpenApi.IJsonSchema): boolean =>
  "oneOf" in schema
    ? schema.oneOf.every(isNarrow)
    : !("$ref" in schema) &&
      !("type" in schema && schema.type === "string" && schema.format === undefined && schema.pattern === undefined) &&
      !("type" in schema && (schema.type === "array" || schema.type === "object"));

/** Characters that no value has by chance. */
const LONG = 5;

const HOSTILE_WORDS = ["' OR 1=1 --", "' OR '1'='1", "') OR ('%'='", "%", '"\\'];

/** A filter by the owner finds no rows of that owner for somebody else. */
export const openedByFilter = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
): void => {
  const properties = propertiesOf(workshop, operation.query);
  for (const caller of workshop.callers(operation).filter(({ actor }) => actor !== "guest")) {
    const intruder: Account = { actor: caller.actor, index: 2 };
    const title = `no filter opens rows of another ${spoken(caller.actor)}`;
    workshop.add(operation, `filtered.${caller.actor}`, title, { requirements: [] }, (script) => {
      const plan = workshop.touchable(model, operation, caller);
      if (plan === null || workshop.planner.sees(plan, intruder)) return false;
      const parent = model.parent?.kind === "routed" ? plan.references.get(model.parent.relation) : undefined;
      if (parent?.kind === "row" && !workshop.planner.reaches(parent.plan, intruder)) return false;
      const filters = model.foreignFields.filter(
        (field) => properties[field.name] !== undefined && plan.references.has(field.relation.name),
      );
      if (filters.length === 0) return false;
      const row = script.row(plan);
      for (const field of filters) {
        const key = script.key(plan.references.get(field.relation.name)!);
        const page = script.name("page");
        const query = { ...newest(model), properties: [...newest(model).properties, { name: field.name, value: key }] };
        script.call(operation, intruder, object({ ...script.path(plan), query }), { keep: page });
        script.holds(`nothing by ${spoken(field.name)}`, not(contains(page, `${row}.id`)));
      }
      return true;
    });
  }
};

const propertiesOf = (
  { document }: Workshop,
  name: string | null,
): Record<string, AutoBeOpenApi.IJsonSchemaProperty> => {
  const schema = document.components.schemas[name ?? ""];
  return schema !== undefined && "properties" in schema ? schema.properties : {};
};

const not = (operand: IExpression): IExpression => ({ type: "prefixUnaryExpression", operator: "!", operand });
