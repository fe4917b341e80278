/** Create, update, erase and transitions: everything inside one transaction, in which only its own client is used. */
import { parameter, pascal } from "../../../base/naming.js";
import { type AutoBeDatabase, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { copyOf } from "../derive.js";
import { answerOf, callerOf, propsOf } from "./caller.js";
import { guardReferences, guardRules, guardScope, loadParent, loadRow, scopeCheck } from "./guards.js";
import { printSteps } from "./leaves.js";
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

/** Leaves after the write may have changed the row, so it is read again. */
const after = ({ operation, leaves, model }: Printing): string[] =>
  leaves.after.length === 0
    ? [`return ${model.name}Transformer.transform(row);`]
    : [
        ...printSteps(operation.name, "after", leaves.after),
        `const result = await tx.${delegate(model.name)}.findUniqueOrThrow({ where: { id: row.id }, select: ${model.name}Transformer.select() });`,
        `return ${model.name}Transformer.transform(result);`,
      ];

export const printCreate = (printing: Printing): string => {
  const { database, operation, model, realize } = printing;
  const collector = realize.collectors.find((one) => one.model === model.name)!;
  const handed = collector.arguments.map((one) => `${one.name}: ${argumentValue(printing, one.name, one.nullable)}`);
  return inTransaction(printing, [
    ...loadParent(printing),
    ...guardReferences(printing),
    ...guardRules(printing),
    ...before(printing),
    ...copiedRows(database, model),
    `const row = await tx.${delegate(model.name)}.create({`,
    `data: ${model.name}Collector.create({ ${["body: props.body", ...handed].join(", ")} }),`,
    `select: ${model.name}Transformer.select(),`,
    "});",
    ...(isTrivialAtCreate(model, operation.access) ? [] : [scopeCheck(operation, model, "row.id")]),
    ...after(printing),
  ]);
};

const argumentValue = ({ operation, model, document }: Printing, name: string, nullable: boolean): string => {
  const field = model.foreignFields.find((one) => one.name === name);
  if (field === undefined) return name;
  if (field.source?.kind !== "actor") return `props.${parameter(model.parent!.model)}`;
  const actor =
    document.components.authorizations.find((one) => field.relation.targetModel === pascal(one.name))?.name ?? "";
  const isOnly = operation.access.every((access) => access.actor === actor);
  if (isOnly || !nullable) return "props.caller.id";
  return `props.caller${callerOf(operation).type === "Caller" ? "" : "?"}.actor === ${quote(actor)} ? props.caller.id : null`;
};

/** Values copied along one relation when the row comes to be. */
const copiedRows = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): string[] =>
  model.plainFields
    .filter((field) => field.source?.kind === "copy")
    .flatMap((field) => {
      const [relation, column] = (field.source!.of ?? "").split(".");
      const pointer = model.foreignFields.find((one) => one.relation.name === relation)!;
      const target = modelNamed(database, pointer.relation.targetModel)!;
      const key =
        pointer.source?.kind === "actor"
          ? "props.caller.id"
          : pointer.relation.name === model.parent?.relation
            ? `props.${parameter(target.name)}`
            : `props.body.${pointer.name}`;
      return [
        `const { ${column}: ${copyOf(field)} } = await tx.${delegate(target.name)}.findUniqueOrThrow({ where: { id: ${key} }, select: { ${column}: true } });`,
      ];
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
    ...before(printing),
    `const row = await tx.${delegate(model.name)}.update({`,
    `where: { id: ${ownKey(model)} },`,
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
    ...before(printing),
    `await tx.${delegate(model.name)}.delete({ where: { id: current.id } });`,
    ...printSteps(operation.name, "after", printing.leaves.after),
  ]);
};

/** One conditional UPDATE: of two callers at once only one finds the row in a state to start from. */
export const printTransition = (printing: Printing): string => {
  const { operation, model } = printing;
  const { attribute, from } = operation.transition!;
  const refusal = operation.refusals.find((one) => one.provoke?.kind === "state")!;
  const data = operation.effects
    .filter((effect) => effect.compiled && effect.model === model.name && effect.column !== null)
    .map((effect) => `${effect.column}: ${effectValue(model, effect)}`);
  const touched = model.plainFields.some((field) => field.name === "updatedAt") ? ["updatedAt: clock.now()"] : [];
  const states = from.length === 1 ? quote(from[0]!) : `{ in: [${from.map(quote).join(", ")}] }`;
  return inTransaction(printing, [
    ...loadRow(printing, model, "current"),
    ...guardScope(printing, "current.id"),
    ...before(printing),
    `const { count } = await tx.${delegate(model.name)}.updateMany({`,
    `where: { id: current.id, ${attribute}: ${states} },`,
    `data: { ${[...data, ...touched].join(", ")} },`,
    "});",
    `if (count === 0) throw refusal(${refusal.status}, ${quote(refusal.code)}, ${quote(refusal.when)});`,
    ...(printing.leaves.after.length === 0 ? [] : ["const row = { id: current.id };"]),
    ...(printing.leaves.after.length === 0
      ? [
          `const row = await tx.${delegate(model.name)}.findUniqueOrThrow({ where: { id: current.id }, select: ${model.name}Transformer.select() });`,
        ]
      : []),
    ...after(printing),
  ]);
};

const effectValue = (model: AutoBeDatabase.IModel, effect: AutoBeOpenApi.IEffect): string =>
  effect.value === "now"
    ? "clock.now()"
    : effect.value === "null"
      ? "null"
      : literal(model, effect.column!, effect.value);
