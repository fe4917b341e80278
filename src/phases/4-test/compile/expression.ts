/** The 34 expression kinds as TypeScript. */
import type { IExpression } from "../../../base/expression.js";

const quote = (text: string): string => JSON.stringify(text);
const isName = (text: string): boolean => /^[A-Za-z_$][\w$]*$/.test(text);

export const printExpression = (expression: IExpression): string => {
  const print = printExpression;
  switch (expression.type) {
    case "booleanLiteral":
    case "numericLiteral":
      return String(expression.value);
    case "stringLiteral":
      return quote(expression.value);
    case "arrayLiteralExpression":
      return `[${expression.elements.map(print).join(", ")}]`;
    case "objectLiteralExpression":
      return expression.properties.length === 0
        ? "{}"
        : `{ ${expression.properties.map(({ name, value }) => printAssignment(name, value)).join(", ")} }`;
    case "nullLiteral":
      return "null";
    case "undefinedKeyword":
      return "undefined";
    case "identifier":
      return expression.text;
    case "propertyAccessExpression":
      return `${operand(expression.expression)}${expression.questionDot ? "?." : "."}${expression.name}`;
    case "elementAccessExpression":
      return `${operand(expression.expression)}${expression.questionDot ? "?." : ""}[${print(expression.argumentExpression)}]`;
    case "typeOfExpression":
      return `typeof ${operand(expression.expression)}`;
    case "prefixUnaryExpression":
      return `${expression.operator}${operand(expression.operand)}`;
    case "postfixUnaryExpression":
      return `${operand(expression.operand)}${expression.operator}`;
    case "binaryExpression":
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case "arrowFunction":
      return printArrow(expression);
    case "callExpression":
      return `${operand(expression.expression)}(${expression.arguments.map(print).join(", ")})`;
    case "newExpression":
      return `new ${operand(expression.expression)}(${expression.arguments.map(print).join(", ")})`;
    case "arrayFilterExpression":
      return `${operand(expression.array)}.filter(${printArrow(expression.function)})`;
    case "arrayForEachExpression":
      return `${operand(expression.array)}.forEach(${printArrow(expression.function)})`;
    case "arrayMapExpression":
      return `${operand(expression.array)}.map(${printArrow(expression.function)})`;
    case "arrayRepeatExpression":
      return `Array.from({ length: ${print(expression.count)} }, ${printArrow(expression.function)})`;
    case "pickRandom":
      return `random.pick(${print(expression.array)})`;
    case "sampleRandom":
      return `random.sample(${print(expression.array)}, ${print(expression.count)})`;
    case "booleanRandom":
      return `random.boolean(${expression.probability ?? ""})`;
    case "integerRandom":
      return `random.integer(${options(expression, ["minimum", "maximum", "multipleOf"])})`;
    case "numberRandom":
      return `random.number(${options(expression, ["minimum", "maximum", "multipleOf"])})`;
    case "stringRandom":
      return `random.string(${options(expression, ["minLength", "maxLength"])})`;
    case "patternRandom": // typia fills the pattern in at build time
      return `typia.random<string & tags.Pattern<${quote(expression.pattern)}>>()`;
    case "formatRandom":
      return `random.format(${quote(expression.format)})`;
    case "keywordRandom":
      return `random.${expression.keyword}()`;
    case "equalPredicate":
      return `bed.equals(${quote(expression.title)}, ${print(expression.x)}, ${print(expression.y)})`;
    case "notEqualPredicate":
      return `bed.differs(${quote(expression.title)}, ${print(expression.x)}, ${print(expression.y)})`;
    case "conditionalPredicate":
      return `bed.ok(${quote(expression.title)}, ${print(expression.expression)})`;
    case "errorPredicate":
      return `await bed.throws(${quote(expression.title)}, async ${printArrow(expression.function)})`;
  }
};

const printAssignment = (name: string, value: IExpression): string =>
  value.type === "identifier" && value.text === name
    ? name
    : `${isName(name) ? name : quote(name)}: ${printExpression(value)}`;

const printArrow = (arrow: IExpression.IArrowFunction): string => {
  const body = printExpression(arrow.body);
  return `(${arrow.parameters.join(", ")}) => ${arrow.body.type === "objectLiteralExpression" ? `(${body})` : body}`;
};

/** Parentheses round what binds less than a call or an operator. */
const operand = (expression: IExpression): string => {
  const loose = [
    "binaryExpression",
    "arrowFunction",
    "typeOfExpression",
    "prefixUnaryExpression",
    "objectLiteralExpression",
    "newExpression",
  ];
  const printed = printExpression(expression);
  return loose.includes(expression.type) ? `(${printed})` : printed;
};

const options = <T extends object>(expression: T, names: (keyof T & string)[]): string => {
  const given = names.filter((name) => expression[name] !== undefined);
  return given.length === 0 ? "" : `{ ${given.map((name) => `${name}: ${String(expression[name])}`).join(", ")} }`;
};
