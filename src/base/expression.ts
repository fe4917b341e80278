/** The 34 expression kinds that samples and tests are made of; the machine expands flat records into them. */

export type IExpression =
  | IExpression.IBooleanLiteral
  | IExpression.INumericLiteral
  | IExpression.IStringLiteral
  | IExpression.IArrayLiteral
  | IExpression.IObjectLiteral
  | IExpression.INullLiteral
  | IExpression.IUndefinedKeyword
  | IExpression.IIdentifier
  | IExpression.IPropertyAccess
  | IExpression.IElementAccess
  | IExpression.ITypeOf
  | IExpression.IPrefixUnary
  | IExpression.IPostfixUnary
  | IExpression.IBinary
  | IExpression.IArrowFunction
  | IExpression.ICall
  | IExpression.INew
  | IExpression.IArrayFilter
  | IExpression.IArrayForEach
  | IExpression.IArrayMap
  | IExpression.IArrayRepeat
  | IExpression.IPickRandom
  | IExpression.ISampleRandom
  | IExpression.IBooleanRandom
  | IExpression.IIntegerRandom
  | IExpression.INumberRandom
  | IExpression.IStringRandom
  | IExpression.IPatternRandom
  | IExpression.IFormatRandom
  | IExpression.IKeywordRandom
  | IExpression.IEqualPredicate
  | IExpression.INotEqualPredicate
  | IExpression.IConditionalPredicate
  | IExpression.IErrorPredicate;

export namespace IExpression {
  export interface IBooleanLiteral {
    type: "booleanLiteral";
    value: boolean;
  }
  export interface INumericLiteral {
    type: "numericLiteral";
    value: number;
  }
  export interface IStringLiteral {
    type: "stringLiteral";
    value: string;
  }
  export interface IArrayLiteral {
    type: "arrayLiteralExpression";
    elements: IExpression[];
  }
  export interface IObjectLiteral {
    type: "objectLiteralExpression";
    properties: IPropertyAssignment[];
  }
  export interface IPropertyAssignment {
    name: string;
    value: IExpression;
  }
  export interface INullLiteral {
    type: "nullLiteral";
  }
  export interface IUndefinedKeyword {
    type: "undefinedKeyword";
  }
  /** A variable, or a dotted path starting at one: `task.owner.id`. */
  export interface IIdentifier {
    type: "identifier";
    text: string;
  }
  export interface IPropertyAccess {
    type: "propertyAccessExpression";
    expression: IExpression;
    questionDot?: boolean;
    name: string;
  }
  export interface IElementAccess {
    type: "elementAccessExpression";
    expression: IExpression;
    questionDot?: boolean;
    argumentExpression: IExpression;
  }
  export interface ITypeOf {
    type: "typeOfExpression";
    expression: IExpression;
  }
  export interface IPrefixUnary {
    type: "prefixUnaryExpression";
    operator: "!" | "++" | "--" | "-" | "+";
    operand: IExpression;
  }
  export interface IPostfixUnary {
    type: "postfixUnaryExpression";
    operator: "++" | "--";
    operand: IExpression;
  }
  export interface IBinary {
    type: "binaryExpression";
    left: IExpression;
    operator: "===" | "!==" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%" | "&&" | "||" | "??";
    right: IExpression;
  }
  export interface IArrowFunction {
    type: "arrowFunction";
    /** Names of the parameters, typed by where the function is handed to. */
    parameters: string[];
    body: IExpression;
  }
  export interface ICall {
    type: "callExpression";
    expression: IExpression;
    arguments: IExpression[];
  }
  export interface INew {
    type: "newExpression";
    expression: IExpression;
    arguments: IExpression[];
  }
  export interface IArrayFilter {
    type: "arrayFilterExpression";
    array: IExpression;
    function: IArrowFunction;
  }
  export interface IArrayForEach {
    type: "arrayForEachExpression";
    array: IExpression;
    function: IArrowFunction;
  }
  export interface IArrayMap {
    type: "arrayMapExpression";
    array: IExpression;
    function: IArrowFunction;
  }
  export interface IArrayRepeat {
    type: "arrayRepeatExpression";
    count: IExpression;
    function: IArrowFunction;
  }
  export interface IPickRandom {
    type: "pickRandom";
    array: IExpression;
  }
  export interface ISampleRandom {
    type: "sampleRandom";
    array: IExpression;
    count: IExpression;
  }
  export interface IBooleanRandom {
    type: "booleanRandom";
    probability?: number;
  }
  export interface IIntegerRandom {
    type: "integerRandom";
    minimum?: number;
    maximum?: number;
    multipleOf?: number;
  }
  export interface INumberRandom {
    type: "numberRandom";
    minimum?: number;
    maximum?: number;
    multipleOf?: number;
  }
  export interface IStringRandom {
    type: "stringRandom";
    minLength?: number;
    maxLength?: number;
  }
  export interface IPatternRandom {
    type: "patternRandom";
    pattern: string;
    minLength?: number;
    maxLength?: number;
  }
  export interface IFormatRandom {
    type: "formatRandom";
    format: "uuid" | "email" | "uri" | "date" | "date-time" | "ipv4" | "ipv6" | "hostname" | "time" | "duration";
  }
  export interface IKeywordRandom {
    type: "keywordRandom";
    keyword: "alphabets" | "alphaNumeric" | "paragraph" | "content" | "mobile" | "name";
  }
  export interface IEqualPredicate {
    type: "equalPredicate";
    title: string;
    x: IExpression;
    y: IExpression;
  }
  export interface INotEqualPredicate {
    type: "notEqualPredicate";
    title: string;
    x: IExpression;
    y: IExpression;
  }
  export interface IConditionalPredicate {
    type: "conditionalPredicate";
    title: string;
    expression: IExpression;
  }
  export interface IErrorPredicate {
    type: "errorPredicate";
    title: string;
    function: IArrowFunction;
  }
}
