/** `Loan where borrower = me and copy.book = book`: a row that must exist before another may be created. */

import type { AutoBeDatabase } from "../2-database/ast.js";
import { modelNamed, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi } from "./ast.js";

/** What the words come down to, or why they do not. */
export const parseNeed = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  text: string,
): { provoke: AutoBeOpenApi.IProvocation.IAbsent } | { wrong: string } => {
  const words = /^\s*(\w+)\s+where\s+(.+?)\s*$/i.exec(text);
  if (words === null) return { wrong: "Write it as Table where path = value and path = value." };
  const model = modelNamed(database, words[1]!);
  const names = modelsOf(database).map((one) => one.name);
  if (model === undefined || model.stance === "session")
    return { wrong: `There is no table ${words[1]}; it is one of ${names.join(", ")}.` };
  const row = modelNamed(database, operation.model ?? "");
  if (operation.kind !== "create" || row === undefined)
    return { wrong: "Only a create can need another row; leave needs null and say the condition in when." };
  const match: AutoBeOpenApi.IProvocation.IAbsent["match"] = [];
  for (const clause of words[2]!.split(/\s+and\s+/i)) {
    const sides = /^([\w.]+)\s*=\s*"?([\w.-]+)"?$/.exec(clause.trim());
    if (sides === null) return { wrong: `${clause} is not of the form path = value.` };
    const path = sides[1]!.split(".");
    const end = endOf(database, model, path);
    if (end === null) return { wrong: `${sides[1]} does not lead from ${model.name} to a column or relation.` };
    const value = sides[2]!;
    if (value === "me") match.push({ path, equals: { kind: "me" } });
    else if (end.target !== null) {
      const field = row.foreignFields.find((one) => one.relation.name === value);
      if (field === undefined || field.relation.targetModel !== end.target)
        return { wrong: `${sides[1]} is a ${end.target}, and ${row.name} has no relation ${value} to one.` };
      match.push({ path, equals: { kind: "relation", name: value } });
    } else {
      if (end.values !== null && !end.values.includes(value))
        return { wrong: `${sides[1]} is one of ${end.values.join(", ")}, not ${value}.` };
      match.push({ path, equals: { kind: "literal", value } });
    }
  }
  return { provoke: { kind: "absent", model: model.name, match } };
};

/** Where a path ends: at the model behind a relation, or at a column. */
const endOf = (
  database: AutoBeDatabase.IApplication,
  model: AutoBeDatabase.IModel,
  path: readonly string[],
): { target: string | null; values: string[] | null } | null => {
  const [head, ...rest] = path;
  const pointer = model.foreignFields.find((field) => field.relation.name === head);
  if (pointer === undefined) {
    const column = model.plainFields.find((field) => field.name === head && !field.secret);
    return column === undefined || rest.length !== 0 ? null : { target: null, values: column.values };
  }
  if (rest.length === 0) return { target: pointer.relation.targetModel, values: null };
  const target = modelNamed(database, pointer.relation.targetModel);
  return target === undefined ? null : endOf(database, target, rest);
};
