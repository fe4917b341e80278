/** Each bound of a body, broken one at a time; the same body unbroken is accepted. */
import type { IExpression } from "../../../base/expression.js";
import { dto, withArticle } from "../../../base/naming.js";
import { ruleId } from "../../1-analyze/ast.js";
import { type AutoBeDatabase, composedOf, composedProperty, itemOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Account, Plan } from "./plan.js";
import { number, object, type Script, text } from "./script.js";
import type { Workshop } from "./workshop.js";

/** A call that succeeds. */
export interface ValidCall {
  caller: Account;
  path: Record<string, IExpression>;
  body: IExpression.IObjectLiteral;
  makes?: Plan;
}

export const boundTest = (
  workshop: Workshop,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  begin: (script: Script) => ValidCall | null,
): void => {
  const places = placesOf(workshop, model, operation.requestBody ?? "");
  const broken = places.flatMap((place) => breaks(place.field).map((one) => ({ place, ...one })));
  if (broken.length === 0) return;
  const bounded = places.map(({ field }) => field).filter((field) => field.minimum !== null || field.maximum !== null);
  const ranges = workshop.analyze.modules
    .flatMap((module) => module.rules)
    .filter((rule) => rule.kind === "range" && places.some((place) => isAbout(rule, place)));
  const requirements = [...ranges, ...bounded].flatMap((one) => one.requirements);
  workshop.add(
    operation,
    "invalid",
    `${withArticle(model.name)} with a value out of bounds is refused`,
    { requirements, rules: ranges.map(ruleId) },
    (script) => {
      const valid = begin(script);
      if (valid === null) return false;
      const { caller, path, body, makes } = valid;
      for (const { place, value, status } of broken)
        script.call(operation, caller, object({ ...path, body: place.put(body, value) }), { status });
      script.call(operation, caller, object({ ...path, body }), makes === undefined ? {} : { makes });
      return true;
    },
  );
};

/** A column that the body writes, and how a value gets there. */
interface Place {
  model: AutoBeDatabase.IModel;
  field: AutoBeDatabase.IPlainField;
  put: (body: IExpression.IObjectLiteral, value: IExpression) => IExpression.IObjectLiteral;
}

const isAbout = (rule: { entity: string; members: string[] }, { model, field }: Place): boolean =>
  rule.entity === model.name && rule.members[0] === field.name;

/** Columns of the row itself, and those of the first of its composed children. */
const placesOf = (workshop: Workshop, model: AutoBeDatabase.IModel, body: string): Place[] => {
  const columns = (of: AutoBeDatabase.IModel, type: string): AutoBeDatabase.IPlainField[] => {
    const schema = workshop.document.components.schemas[type];
    const properties = schema !== undefined && "properties" in schema ? schema.properties : {};
    return of.plainFields.filter((field) => properties[field.name] !== undefined);
  };
  const own = columns(model, body).map(
    (field): Place => ({ model, field, put: (whole, value) => replaced(whole, field.name, value) }),
  );
  const inner = composedOf(workshop.database, model).flatMap((child) =>
    columns(child, `${dto(child.name)}.ICreate`).map(
      (field): Place => ({
        model: child,
        field,
        put: (whole, value) => {
          const name = composedProperty(child);
          const list = whole.properties.find((one) => one.name === name)?.value;
          const [first, ...others] = list?.type === "arrayLiteralExpression" ? list.elements : [];
          if (first?.type !== "objectLiteralExpression") return replaced(whole, name, { type: "nullLiteral" });
          const elements = [replaced(first, field.name, value), ...others];
          return replaced(whole, name, { type: "arrayLiteralExpression", elements });
        },
      }),
    ),
  );
  return [...own, ...inner];
};

const replaced = (body: IExpression.IObjectLiteral, name: string, value: IExpression): IExpression.IObjectLiteral => ({
  ...body,
  properties: [...body.properties.filter((one) => one.name !== name), { name, value }],
});

interface Break {
  value: IExpression;
  status: number;
}

/** Values just outside of a column's bounds; what only the database checks answers 422. */
const breaks = (field: AutoBeDatabase.IPlainField): Break[] => {
  const { minimum, maximum } = field;
  const below = (value: (bound: number) => IExpression, status = 400): Break[] =>
    minimum === null ? [] : [{ value: value(minimum), status }];
  const above = (value: (bound: number) => IExpression, status = 400): Break[] =>
    maximum === null ? [] : [{ value: value(maximum), status }];
  const long = (length: number): IExpression => ({ type: "stringRandom", minLength: length, maxLength: length });
  switch (field.type) {
    case "int":
      return [...below((bound) => number(bound - 1)), ...above((bound) => number(bound + 1))];
    case "double":
      return [...below((bound) => number(bound - 0.5)), ...above((bound) => number(bound + 0.5))];
    case "bigint":
    case "decimal":
      return [
        // A minus sign is against the pattern where nothing may be negative.
        ...below((bound) => text(String(bound - 1)), minimum! >= 0 && minimum! < 1 ? 400 : 422),
        ...above((bound) => text(String(bound + 1)), 422),
      ];
    case "string":
    case "text": {
      const most = maximum ?? (field.type === "string" ? 255 : 20000);
      const isNeverEmpty = (minimum ?? 1) === 1 && field.type === "string" && !field.nullable;
      return [
        ...(minimum !== null && minimum > 1 ? [{ value: long(minimum - 1), status: 400 }] : []),
        ...(isNeverEmpty ? [{ value: text(""), status: 400 }] : []),
        { value: long(most + 1), status: 400 },
      ];
    }
    case "uri":
    case "uuid":
    case "date":
    case "datetime":
    case "time":
    case "bytes":
      return [{ value: text("not of this form"), status: 400 }];
    case "list":
      return breaks(itemOf(field)).map((one) => ({
        ...one,
        value: { type: "arrayLiteralExpression", elements: [one.value] },
      }));
    default:
      return [];
  }
};
