/** Create, update, erase and transitions: everything inside one transaction, in which only its own client is used. */
import { parameter } from "../../../base/naming.js";
import { type AutoBeDatabase, deletionOf } from "../../2-database/ast.js";
import { isTouched } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { copyOf } from "../derive.js";
import { answerOf, callerOf, propsOf } from "./caller.js";
import { guardCapacities } from "./capacity.js";
import { effectConditions, hasEffects, isInWrite, printEffects } from "./effects.js";
import { guardReferences, guardRules, guardScope, loadParent, loadRow, scopeCheck } from "./guards.js";
import { keyIn, referenceKey } from "./keys.js";
import { printSteps } from "./leaves.js";
import { guardMatches, guardNeeds } from "./needs.js";
import type { Printing } from "./printing.js";
import { isTrivialAtCreate, literal } from "./scopes.js";
import { delegate, quote } from "./source.js";

const functionName = (operation: AutoBeOpenApi.IOperation): string => operation.name.split(".").at(-1)!;

const inTransaction = ({ operation, leaves }: Printing, statements: string[]): string =>
  [
    `export const ${functionName(operation)} = async (${propsOf(operation)}): Promise<${answerOf(operation)}> =>`,
    "database.client.$transaction(async (tx) => {",
    ...(leaves.before.length + leaves.after.length === 0 ? [] : prelude(operation)),
    ...statements,
    "});",
  ].join("\n");

/** What leaves call by short names. */
const prelude = (operation: AutoBeOpenApi.IOperation): string[] => [
  `const { ${[
    ...(callerOf(operation).type === null ? [] : ["caller"]),
    ...(operation.requestBody === null ? [] : ["body"]),
  ].join(", ")} } = props;`,
  "const now = clock.now();",
];

const before = ({ operation, leaves }: Printing): string[] => printSteps(operation.name, "before", leaves.before);

/** Effects and leaves after the write may have changed the row, so it is read again. */
const isReadAgain = (printing: Printing): boolean => printing.leaves.after.length !== 0 || hasEffects(printing);

const after = (printing: Printing): string[] => {
  const { operation, leaves, model } = printing;
  return !isReadAgain(printing)
    ? [`return ${model.name}Transformer.transform(row);`]
    : [
        ...printEffects(printing, "row.id"),
        ...printSteps(operation.name, "after", leaves.after),
        `const result = await tx.${delegate(model.name)}.findUniqueOrThrow({ where: { id: row.id }, select: ${model.name}Transformer.select() });`,
        `return ${model.name}Transformer.transform(result);`,
      ];
};

export const printCreate = (printing: Printing): string => {
  const { operation, model, realize } = printing;
  const collector = realize.collectors.find((one) => one.model === model.name)!;
  const handed = collector.arguments.map(({ name }) => {
    const value = argumentOf(printing, name);
    return value === name ? name : `${name}: ${value}`;
  });
  return inTransaction(printing, [
    ...loadParent(printing),
    ...guardReferences(printing),
    ...guardRules(printing),
    ...guardCapacities(printing),
    ...guardNeeds(printing),
    ...before(printing),
    ...copiedRows(printing),
    `const row = await tx.${delegate(model.name)}.create({`,
    `data: ${model.name}Collector.create({ ${["body: props.body", ...handed].join(", ")} }),`,
    `select: ${model.name}Transformer.select(),`,
    "});",
    ...(isTrivialAtCreate(model, operation.access, printing.document) ? [] : [scopeCheck(operation, model, "row.id")]),
    ...guardMatches(printing, "row.id"),
    ...effectConditions(printing, "row.id"),
    ...after(printing),
  ]);
};

/** A foreign key that no client writes, or the variable that holds a copied value. */
const argumentOf = (printing: Printing, name: string): string => {
  const field = printing.model.foreignFields.find((one) => one.name === name);
  return field === undefined ? name : referenceKey(printing, field);
};

/** Values copied along one relation when the row comes to be. */
const copiedRows = (printing: Printing): string[] =>
  printing.model.plainFields
    .filter((field) => field.source?.kind === "copy")
    .map((field) => {
      const [relation, column] = (field.source!.of ?? "").split(".");
      const pointer = printing.model.foreignFields.find((one) => one.relation.name === relation)!;
      const key = referenceKey(printing, pointer);
      const found = `await tx.${delegate(pointer.relation.targetModel)}.findUniqueOrThrow({ where: { id: ${key} }, select: { ${column}: true } })`;
      const value = pointer.nullable ? `${key} == null ? null : (${found}).${column}` : `(${found}).${column}`;
      return `const ${copyOf(field)} = ${value};`;
    });

const ownKey = (model: AutoBeDatabase.IModel): string => `props.${parameter(model.name)}`;

export const printUpdate = (printing: Printing): string => {
  const { operation, model } = printing;
  const moves = operation.access.some((access) =>
    access.filter?.some((condition) =>
      model.foreignFields.some((field) => field.relation.name === condition.path[0] && field.writer === "update"),
    ),
  );
  return inTransaction(printing, [
    ...loadRow(printing, model, "current"),
    ...guardScope(printing, "current.id"),
    ...guardReferences(printing),
    ...guardRules(printing),
    ...guardCapacities(printing),
    ...guardMatches(printing, "current.id"),
    ...guardNeeds(printing),
    ...before(printing),
    ...effectConditions(printing, "current.id"),
    `const row = await tx.${delegate(model.name)}.update({`,
    `where: { id: ${keyIn(model.primaryField.type, ownKey(model))} },`,
    `data: ${model.name}Collector.update({ body: props.body }),`,
    `select: ${model.name}Transformer.select(),`,
    "});",
    ...(moves ? ["{", scopeCheck(operation, model, "row.id"), "}"] : []),
    ...after(printing),
  ]);
};

export const printErase = (printing: Printing): string => {
  const { operation, model } = printing;
  return inTransaction(printing, [
    ...loadRow(printing, model, "current"),
    ...guardScope(printing, "current.id"),
    ...guardMatches(printing, "current.id"),
    ...guardNeeds(printing),
    ...before(printing),
    ...effectConditions(printing, "current.id"),
    ...printEffects(printing, "current.id"),
    erased(model),
    ...printSteps(operation.name, "after", printing.leaves.after),
  ]);
};

/** Of two callers at once only one finds the row there, whether it is removed or marked. */
const erased = (model: AutoBeDatabase.IModel): string => {
  const mark = deletionOf(model)?.name;
  return mark === undefined
    ? `await tx.${delegate(model.name)}.delete({ where: { id: current.id } });`
    : `await tx.${delegate(model.name)}.update({ where: { id: current.id, ${mark}: null }, data: { ${mark}: clock.now() } });`;
};

/** One conditional UPDATE: of two callers at once only one finds the row in a state to start from. */
export const printTransition = (printing: Printing): string => {
  const { operation, model } = printing;
  const { attribute, from } = operation.transition!;
  const refusal = operation.refusals.find((one) => one.provoke?.kind === "state")!;
  const data = operation.effects
    .filter((effect) => effect.compiled && isInWrite(operation, effect))
    .map((effect) => `${effect.column}: ${effectValue(model, effect)}`);
  const touched = model.plainFields.filter(isTouched).map((field) => `${field.name}: clock.now()`);
  const states = from.length === 1 ? quote(from[0]!) : `{ in: [${from.map(quote).join(", ")}] }`;
  return inTransaction(printing, [
    ...loadRow(printing, model, "current"),
    ...guardScope(printing, "current.id"),
    ...guardMatches(printing, "current.id"),
    ...before(printing),
    ...effectConditions(printing, "current.id"),
    `const { count } = await tx.${delegate(model.name)}.updateMany({`,
    `where: { id: current.id, ${attribute}: ${states} },`,
    `data: { ${[...data, ...touched].join(", ")} },`,
    "});",
    `if (count === 0) throw refusal(${refusal.status}, ${quote(refusal.code)}, ${quote(refusal.when)});`,
    // A wrong state is told before a missing row.
    ...guardCapacities(printing),
    ...guardNeeds(printing),
    isReadAgain(printing)
      ? "const row = { id: current.id };"
      : `const row = await tx.${delegate(model.name)}.findUniqueOrThrow({ where: { id: current.id }, select: ${model.name}Transformer.select() });`,
    ...after(printing),
  ]);
};

const effectValue = (model: AutoBeDatabase.IModel, effect: AutoBeOpenApi.IEffect): string => {
  const { column, value } = effect.assignments[0]!;
  switch (value.kind) {
    case "now":
      return "clock.now()";
    case "me":
      return "props.caller.id";
    case "member":
      return `current.${value.path.at(-1)}`;
    case "literal":
      return literal(model, column, value.value);
    default:
      return value.kind === "self" ? "current.id" : "null";
  }
};
