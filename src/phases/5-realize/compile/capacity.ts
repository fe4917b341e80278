/** Guards of what rows per reference may add up to. */
import { type AutoBeDatabase, columnOf, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { referenceKey } from "./keys.js";
import { all, livingOf } from "./living.js";
import type { Printing } from "./printing.js";
import { delegate, quote } from "./source.js";

export const guardCapacities = (printing: Printing): string[] =>
  printing.operation.refusals.flatMap(({ provoke, status, code, when }) =>
    provoke?.kind === "capacity"
      ? guardCapacity(printing, provoke, `throw refusal(${status}, ${quote(code)}, ${quote(when)});`)
      : [],
  );

/** Adds up under a lock on the row that the capacity is per, so that two callers cannot both take what is left. */
const guardCapacity = (
  printing: Printing,
  capacity: AutoBeOpenApi.IProvocation.ICapacity,
  thrown: string,
): string[] => {
  const { database, model, operation } = printing;
  const field = model.foreignFields.find((one) => one.relation.name === capacity.relation)!;
  const room = roomOf(database, modelNamed(database, field.relation.targetModel)!, capacity);
  const conditions = [
    ...(field.nullable || operation.kind === "update" ? ["per != null"] : []),
    ...(operation.kind === "create" || capacity.states.length === 0 ? [] : [stateOf(model, operation, capacity)]),
  ].filter((one) => one !== "");
  return [
    "{",
    `const per = ${perOf(printing, field)};`,
    ...(conditions.length === 0 ? [] : [`if (${conditions.join(" && ")}) {`]),
    lock(modelNamed(database, field.relation.targetModel)!, "per"),
    ...room.read,
    ...(room.isNullable ? [`if (${room.value} != null) {`] : []),
    ...taken(printing, field, capacity),
    `if (${exceeds(printing, capacity, room)}) ${thrown}`,
    ...(room.isNullable ? ["}"] : []),
    ...(conditions.length === 0 ? [] : ["}"]),
    "}",
  ];
};

/** Whether the row that is changed counts at all; one that is brought on begins to, unless it did before. */
const stateOf = (
  model: AutoBeDatabase.IModel,
  { transition }: AutoBeOpenApi.IOperation,
  { states }: AutoBeOpenApi.IProvocation.ICapacity,
): string => {
  const status = model.plainFields.find((one) => one.source?.kind === "state")!.name;
  if (transition !== null && !transition.from.some((state) => states.includes(state))) return "";
  const isCounted = `[${states.map(quote).join(", ")}].includes(current.${status})`;
  return transition === null ? isCounted : `!${isCounted}`;
};

const perOf = (printing: Printing, field: AutoBeDatabase.IForeignField): string => {
  const { document, operation } = printing;
  if (operation.kind === "create") return referenceKey(printing, field);
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const isWritten = schema !== undefined && "properties" in schema && schema.properties[field.name] !== undefined;
  return isWritten
    ? `props.body.${field.name} === undefined ? current.${field.name} : ${referenceKey(printing, field)}`
    : `current.${field.name}`;
};

/** `SELECT 1 … FOR UPDATE` */
export const lock = (target: AutoBeDatabase.IModel, key: string): string =>
  `await tx.$queryRaw\`SELECT 1 FROM "${target.table}" WHERE "${columnOf(target.primaryField)}" = ${"$"}{${key}}${(target.primaryField.native ?? "@db.Uuid") === "@db.Uuid" ? "::uuid" : ""} FOR UPDATE\`;`;

interface Room {
  read: string[];
  value: string;
  type: AutoBeDatabase.ColumnType;
  isNullable: boolean;
}

/** The constant, or the number that a row beyond the reference holds. */
const roomOf = (
  database: AutoBeDatabase.IApplication,
  target: AutoBeDatabase.IModel,
  { maximum, most }: AutoBeOpenApi.IProvocation.ICapacity,
): Room => {
  if (most === null)
    return { read: [], value: String(maximum), type: Number.isInteger(maximum) ? "int" : "double", isNullable: false };
  const path = most.slice(1);
  let [model, value, isNullable] = [target, "holder", false];
  for (const name of path.slice(0, -1)) {
    const pointer = model.foreignFields.find((one) => one.relation.name === name)!;
    value += `${isNullable ? "?" : ""}.${name}`;
    isNullable ||= pointer.nullable;
    model = modelNamed(database, pointer.relation.targetModel)!;
  }
  const column = model.plainFields.find((one) => one.name === path.at(-1))!;
  const select = path.reduceRight((inner, name) => `{ select: { ${name}: ${inner} } }`, "true").slice(2, -2);
  return {
    read: [`const holder = await tx.${delegate(target.name)}.findUniqueOrThrow({ where: { id: per }, ${select} });`],
    value: `${value}${isNullable ? "?" : ""}.${column.name}`,
    type: column.type,
    isNullable: isNullable || column.nullable,
  };
};

/** What is taken without the row itself, as `taken`. */
const taken = (
  { database, model, operation }: Printing,
  field: AutoBeDatabase.IForeignField,
  { column, states }: AutoBeOpenApi.IProvocation.ICapacity,
): string[] => {
  const status = model.plainFields.find((one) => one.source?.kind === "state")?.name;
  const counted = [
    `${field.name}: per`,
    ...(states.length === 0 ? [] : [`${status}: { in: [${states.map(quote).join(", ")}] }`]),
    ...(operation.kind === "create" ? [] : ["id: { not: current.id }"]),
  ].join(", ");
  const where = all([`{ ${counted} }`, ...livingOf(database, model, [], field.relation.name)]);
  if (column === null) return [`const taken = await tx.${delegate(model.name)}.count({ where: ${where} });`];
  return [
    `const sum = await tx.${delegate(model.name)}.aggregate({ where: ${where}, _sum: { ${column}: true } });`,
    `const taken = sum._sum.${column} ?? 0;`,
  ];
};

const exceeds = (
  { model, operation, document }: Printing,
  { column }: AutoBeOpenApi.IProvocation.ICapacity,
  room: Room,
): string => {
  const field = model.plainFields.find((one) => one.name === column);
  const [value, body] = [`current.${column}`, `props.body.${column}`];
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const isWritten = schema !== undefined && "properties" in schema && schema.properties[column ?? ""] !== undefined;
  const given = operation.kind === "create" ? body : isWritten ? `(${body} === undefined ? ${value} : ${body})` : value;
  const more =
    field === undefined
      ? "1"
      : field.nullable || operation.kind === "create"
        ? `(${given} ?? ${field.default ?? 0})`
        : given;
  return [room.type, field?.type ?? "int"].every((type) => type === "int")
    ? `taken + ${more} > ${room.value}`
    : `new Decimal(String(taken)).add(String(${more})).gt(String(${room.value}))`;
};
