/** Rows without which the contract refuses a call, as guards. */
import type { Comparison } from "../../../base/comparison.js";
import { type AutoBeDatabase, leadingTo, modelNamed } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { referenceKey } from "./keys.js";
import { all, livingOf } from "./living.js";
import type { Printing } from "./printing.js";
import { literal, printAll, printComparison } from "./scopes.js";
import { delegate, quote } from "./source.js";

/** Rows that must be there already. */
export const guardNeeds = (printing: Printing): string[] =>
  printing.operation.refusals.flatMap(({ provoke, status, code, when }) =>
    provoke?.kind === "absent"
      ? guardAbsence(printing, provoke, `throw refusal(${status}, ${quote(code)}, ${quote(when)});`)
      : [],
  );

/** What the row must not hold: as it was, or, of a new one, as it was written. */
export const guardMatches = ({ database, model, operation }: Printing, key: string): string[] =>
  operation.refusals.flatMap(({ provoke, status, code, when }) =>
    provoke?.kind === "match"
      ? [
          `if ((await tx.${delegate(model.name)}.count({ where: { AND: [{ id: ${key} }, ${printAll(database, model, provoke.conditions, "props.caller.id")}] } })) !== 0) throw refusal(${status}, ${quote(code)}, ${quote(when)});`,
        ]
      : [],
  );

const guardAbsence = (printing: Printing, absence: AutoBeOpenApi.IProvocation.IAbsent, thrown: string): string[] => {
  const { database } = printing;
  const needed = modelNamed(database, absence.model)!;
  const conditions = absence.match.map(({ path, operator, equals }) =>
    nestedWhere(database, needed, path, operator, (owner, column) => {
      if (equals.kind === "me") return "props.caller.id";
      if (equals.kind === "self") return "current.id";
      if (equals.kind === "literal") return literal(owner, column, equals.value);
      return keyAt(printing, equals.name.split("."));
    }),
  );
  return [
    `if ((await tx.${delegate(needed.name)}.count({ where: { AND: [${[...conditions, ...livingOf(database, needed)].join(", ")}] } })) === 0) ${thrown}`,
  ];
};

/** Key at the end of a path of relations: what the row will point to, and what that one points to. */
const keyAt = (printing: Printing, [head, ...rest]: readonly string[]): string => {
  const { database, model } = printing;
  const first = model.foreignFields.find((field) => field.relation.name === head)!;
  const end = rest.reduce(
    ({ key, target }, name) => {
      const owner = modelNamed(database, target)!;
      const next = owner.foreignFields.find((field) => field.relation.name === name)!;
      return {
        key: `(await tx.${delegate(owner.name)}.findUniqueOrThrow({ where: { id: ${key} }, select: { ${next.name}: true } })).${next.name}`,
        target: next.relation.targetModel,
      };
    },
    { key: ownKey(printing, first), target: first.relation.targetModel },
  );
  return end.key;
};

/** What a relation of the row will point to once the call is done. */
const ownKey = (printing: Printing, field: AutoBeDatabase.IForeignField): string => {
  const { document, operation } = printing;
  if (operation.kind === "create") return referenceKey(printing, field);
  const schema = document.components.schemas[operation.requestBody ?? ""];
  const isWritten = schema !== undefined && "properties" in schema && schema.properties[field.name] !== undefined;
  const given = `props.body.${field.name}`;
  return isWritten ? `(${given} === undefined ? current.${field.name} : ${given})` : `current.${field.name}`;
};

/** `copy.book` → `{ copy: { bookId: … } }` */
const nestedWhere = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  path: readonly string[],
  operator: Comparison,
  value: (owner: AutoBeDatabase.IModel, column: string) => string,
): string => {
  const [head, ...rest] = path as [string, ...string[]];
  const pointer = model.foreignFields.find((field) => field.relation.name === head);
  if (pointer !== undefined && rest.length !== 0)
    return `{ ${head}: ${nestedWhere(database, modelNamed(database, pointer.relation.targetModel)!, rest, operator, value)} }`;
  const back = pointer === undefined ? leadingTo(database, model, head) : null;
  if (back !== null) {
    const found = nestedWhere(database, back.model, rest.length === 0 ? ["id"] : rest, operator, value);
    const inner = all([found, ...livingOf(database, back.model)]);
    return back.isMany ? `{ ${head}: { some: ${inner} } }` : `{ ${head}: ${inner} }`;
  }
  const column = pointer?.name ?? head;
  return printComparison(column, operator, value(model, column));
};
