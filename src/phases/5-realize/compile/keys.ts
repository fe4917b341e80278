/** Where the value of a foreign key comes from when a row is written. */
import { parameter, pascal } from "../../../base/naming.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { callerOf } from "./caller.js";
import type { Printing } from "./printing.js";
import { quote } from "./source.js";

/** A key from the wire as the database has it. */
export const keyIn = (type: AutoBeDatabase.Key, value: string): string =>
  type === "bigint" ? `BigInt(${value})` : value;

/** The caller, the path, or the body. */
export const referenceKey = (printing: Printing, field: AutoBeDatabase.IForeignField): string => {
  const { model } = printing;
  if (field.source?.kind === "actor") return callerKey(printing, field);
  if (field.relation.name === model.parent?.relation && model.parent.kind === "routed")
    return keyIn(field.type, `props.${parameter(model.parent.model)}`);
  const value = `props.body.${field.name}`;
  const key = keyIn(field.type, value);
  const isOptional = field.nullable || printing.operation.kind === "update";
  return key !== value && isOptional ? `(${value} == null ? ${value} : ${key})` : key;
};

/** The caller's id, or null where the caller may be somebody of another kind. */
const callerKey = ({ operation, document }: Printing, field: AutoBeDatabase.IForeignField): string => {
  const actor = document.components.authorizations.find((one) => field.relation.targetModel === pascal(one.name));
  const isOnly = operation.access.every((access) => access.actor === actor?.name);
  if (isOnly || !field.nullable) return "props.caller.id";
  const { type } = callerOf(operation);
  if (type === null) return "null";
  const caller = `props.caller${type === "Caller" ? "" : "?"}`;
  return `(${caller}.actor === ${quote(actor?.name ?? "")} ? props.caller.id : null)`;
};
