/** What a schema cannot say about a difference against the contract. */
import { type Diagnostic, Findings, nearest } from "../../base/diagnostic.js";
import { collection, isReserved, parameter } from "../../base/naming.js";
import { type AutoBeDatabase, modelsOf } from "../2-database/ast.js";
import type { AutoBeOpenApi, IAmend, IAmendOperation } from "./ast.js";
import { wrongCondition } from "./behave.js";
import { checkCreation } from "./creation.js";
import { chainOf } from "./derive/access.js";
import { parseEffect } from "./effect.js";
import { accessorOf } from "./merge.js";
import type { Obligation } from "./obligations.js";

export interface AmendContext {
  database: AutoBeDatabase.IApplication;
  document: AutoBeOpenApi.IDocument;
  /** Operations shown in the task. */
  operations: AutoBeOpenApi.IOperation[];
  obligations: Obligation[];
}

export const checkAmend = (context: AmendContext, answer: IAmend): Diagnostic[] => {
  const found = new Findings();
  checkRemovals(context, answer, found);
  checkOperations(context, answer, found);
  checkProperties(context, answer, found);
  checkBehaviour(context, answer, found);
  checkCoverage(context, answer, found);
  return found.list;
};

const namesOf = (context: AmendContext): string[] => context.operations.map((one) => one.name);

const checkRemovals = (context: AmendContext, answer: IAmend, found: Findings): void => {
  answer.remove.forEach((name, index) => {
    const operation = context.operations.find((one) => one.name === name);
    const path = `$input.remove[${index}]`;
    if (operation === undefined)
      return found.add(
        "INTERFACE.UNKNOWN_OPERATION",
        path,
        `There is no operation ${name}; nearest: ${nearest(name, namesOf(context))}.`,
      );
    if (operation.path.startsWith("/auth/"))
      found.add("INTERFACE.AUTHENTICATION_KEPT", path, `${name} belongs to authentication and stays.`);
    if (operation.kind === "create")
      found.add(
        "INTERFACE.ORIGIN_KEPT",
        path,
        `${name} is how rows come to be; other operations need it, so it stays.`,
      );
  });
};

const checkOperations = (context: AmendContext, answer: IAmend, found: Findings): void => {
  const known = typeNames(context, answer);
  answer.operations.forEach((own, index) => {
    const at = `$input.operations[${index}]`;
    const operation = context.operations.find((one) => one.name === own.name);
    if (operation === undefined)
      return found.add(
        "INTERFACE.UNKNOWN_OPERATION",
        `${at}.name`,
        `There is no operation ${own.name}; nearest: ${nearest(own.name, namesOf(context))}. Custom operations are named by the analysis.`,
      );
    own.serves.forEach((id, place) => checkId(context, id, `${at}.serves[${place}]`, found));
    if (operation.kind !== "custom") return;
    checkRoute(context, answer, operation, own, at, found);
    for (const member of ["body", "response"] as const) {
      const name = own[member];
      if (name !== null && !known.has(name))
        found.add(
          "INTERFACE.UNKNOWN_TYPE",
          `${at}.${member}`,
          `The type ${name} has no properties: list them in properties, or use one of ${nearest(name, [...known])}.`,
        );
    }
    if (own.method === "get" && own.body !== null && !isQuery(context, answer, own.body))
      found.add(
        "INTERFACE.QUERY_NOT_FLAT",
        `${at}.body`,
        "With method get the body becomes the query, which holds plain values only.",
      );
    checkCreation(context, answer, own, at, found);
    if (own.body?.startsWith("IPageI"))
      found.add("INTERFACE.BODY_IS_PAGE", `${at}.body`, "A page is an answer, not a body.");
  });
};

const checkRoute = (
  context: AmendContext,
  answer: IAmend,
  operation: AutoBeOpenApi.IOperation,
  own: IAmendOperation,
  at: string,
  found: Findings,
): void => {
  const path = own.path ?? operation.path;
  const method = own.method ?? operation.method;
  const bases = modelsOf(context.database)
    .filter((model) => model.stance !== "session" && model.parent?.kind !== "composed")
    .map((model) => ({ key: parameter(model.name), base: memberPath(context.database, model) }));
  const last = [...path.matchAll(/\{([^}]+)\}/g)].at(-1)?.[1];
  if (last !== undefined) {
    const base = bases.find((one) => one.key === last)?.base;
    if (base === undefined) {
      found.add(
        "INTERFACE.UNKNOWN_PARAMETER",
        `${at}.path`,
        `{${last}} is the key of no table; nearest: ${nearest(
          last,
          bases.map((one) => one.key),
        )}.`,
      );
      return;
    }
    if (path !== base && !path.startsWith(`${base}/`))
      found.add("INTERFACE.WRONG_PATH", `${at}.path`, `{${last}} stands in a path as ${base}.`);
  }
  if (path.endsWith("}"))
    found.add(
      "INTERFACE.WRONG_PATH",
      `${at}.path`,
      `The path of a custom operation ends in a word, as in ${path}/${operation.name.split(".").at(-1)}.`,
    );
  const others = context.document.operations.filter((one) => one.name !== operation.name);
  const blank = (text: string): string => text.replaceAll(/\{[^}]*\}/g, "{}");
  const same = others.find((one) => one.method === method && blank(one.path) === blank(path));
  if (same !== undefined)
    found.add("INTERFACE.DUPLICATE_ROUTE", `${at}.path`, `${method.toUpperCase()} ${path} is ${same.name} already.`);
  const name = accessorOf(path, operation.name.split(".").at(-1)!);
  if (others.some((one) => one.name === name) || answer.operations.some((one) => one !== own && one.name === name))
    found.add(
      "INTERFACE.DUPLICATE_NAME",
      `${at}.path`,
      `By this path the operation would be called ${name}, which is taken.`,
    );
};

const memberPath = (database: AutoBeDatabase.IApplication, model: AutoBeDatabase.IModel): string =>
  chainOf(database, model)
    .map((one) => `/${collection(one.name)}/{${parameter(one.name)}}`)
    .join("");

/** Types that exist, and those that this answer gives properties. */
const typeNames = (context: AmendContext, answer: IAmend): Set<string> =>
  new Set([...Object.keys(context.document.components.schemas), ...answer.properties.map((one) => one.type)]);

const isQuery = (context: AmendContext, answer: IAmend, name: string): boolean =>
  context.document.components.schemas[name] === undefined &&
  answer.properties.filter((one) => one.type === name).every((one) => one.kind !== "type" && !one.list);

const checkProperties = (context: AmendContext, answer: IAmend, found: Findings): void => {
  const known = typeNames(context, answer);
  const used = new Set([
    ...answer.operations.flatMap((one) => [one.body, one.response]),
    ...answer.properties.map((one) => one.ref ?? null),
  ]);
  answer.properties.forEach((one, index) => {
    const at = `$input.properties[${index}]`;
    if (!/^I[A-Z][A-Za-z0-9]*(\.I[A-Z][A-Za-z0-9]*)?$/.test(one.type))
      found.add(
        "INTERFACE.TYPE_NAME",
        `${at}.type`,
        `A type is called like IList.IClose: it begins with I, and has one dot at most.`,
      );
    else if (context.document.components.schemas[one.type] !== undefined)
      found.add(
        "INTERFACE.DERIVED_TYPE",
        `${at}.type`,
        `${one.type} follows from the tables and keeps its properties; give a custom operation a type of its own.`,
      );
    else if (!used.has(one.type))
      found.add(
        "INTERFACE.UNUSED_TYPE",
        `${at}.type`,
        `No operation and no property uses ${one.type}; name it as body or response, or leave it out.`,
      );
    if (
      isReserved(one.name) &&
      !["id", "page", "limit", "sort", "search", "token", "from", "createdAt", "updatedAt"].includes(one.name)
    )
      found.add("INTERFACE.RESERVED_NAME", `${at}.name`, `${one.name} is a reserved word; choose another name.`);
    if (one.kind === "type" && (one.ref == null || !known.has(one.ref)))
      found.add(
        "INTERFACE.UNKNOWN_TYPE",
        `${at}.ref`,
        `${one.ref ?? "null"} is no type; nearest: ${nearest(one.ref ?? "", [...known])}.`,
      );
    if (one.kind === "enum" && (one.values == null || one.values.length === 0))
      found.add("INTERFACE.ENUM_EMPTY", `${at}.values`, "An enum needs its values.");
    if (one.minimum != null && one.maximum != null && one.minimum > one.maximum)
      found.add("INTERFACE.BOUNDS", `${at}.minimum`, `The minimum ${one.minimum} is above the maximum ${one.maximum}.`);
    if (one.kind === "type" && one.ref === one.type && !one.list && !one.nullable)
      found.add("INTERFACE.TYPE_CYCLE", `${at}.ref`, `${one.type} would contain itself without end.`);
  });
};

const checkBehaviour = (context: AmendContext, answer: IAmend, found: Findings): void => {
  const tables = modelsOf(context.database)
    .filter((model) => model.stance !== "session")
    .map((model) => model.name);
  const named = (name: string, path: string): AutoBeOpenApi.IOperation | undefined => {
    const operation = context.operations.find((one) => one.name === name);
    if (operation === undefined)
      found.add(
        "INTERFACE.UNKNOWN_OPERATION",
        path,
        `There is no operation ${name}; nearest: ${nearest(name, namesOf(context))}.`,
      );
    else if (answer.remove.includes(name))
      found.add("INTERFACE.REMOVED_OPERATION", path, `${name} is removed by this answer.`);
    return operation;
  };
  answer.refusals.forEach((one, index) => {
    const at = `$input.refusals[${index}]`;
    const operation = named(one.operation, `${at}.operation`);
    if (operation?.kind === "list" || operation?.kind === "at" || operation?.path.startsWith("/auth/"))
      found.add(
        "INTERFACE.REFUSAL_MISPLACED",
        `${at}.operation`,
        `${one.operation} has no rules of its own to refuse by.`,
      );
    if (operation?.refusals.some((known) => known.code === one.code && known.provoke !== null))
      found.add("INTERFACE.REFUSAL_KNOWN", `${at}.code`, `${one.operation} refuses with ${one.code} already.`);
    if (
      answer.refusals.some(
        (other, place) => place < index && other.operation === one.operation && other.code === one.code,
      )
    )
      found.add("INTERFACE.REFUSAL_TWICE", `${at}.code`, `${one.operation} has two refusals ${one.code}.`);
    const wrong = operation === undefined ? null : wrongCondition(context.database, operation, one);
    if (wrong !== null)
      found.add(
        wrong.member === "needs" ? "INTERFACE.NEED" : "INTERFACE.WHILE",
        `${at}.${wrong.member}`,
        wrong.message,
      );
    one.serves.forEach((id, place) => checkId(context, id, `${at}.serves[${place}]`, found));
  });
  answer.effects.forEach((one, index) => {
    const at = `$input.effects[${index}]`;
    const operation = named(one.operation, `${at}.operation`);
    if (operation !== undefined && (operation.path.startsWith("/auth/") || operation.method === "get"))
      found.add("INTERFACE.EFFECT_MISPLACED", `${at}.operation`, `${one.operation} changes nothing.`);
    if (!tables.includes(one.table))
      found.add(
        "INTERFACE.UNKNOWN_TABLE",
        `${at}.table`,
        `There is no table ${one.table}; nearest: ${nearest(one.table, tables)}.`,
      );
    else if (operation !== undefined) {
      const parsed = parseEffect(context.database, operation, one);
      if (parsed !== null && "wrong" in parsed) found.add("INTERFACE.EFFECT", `${at}.${parsed.member}`, parsed.wrong);
    }
    one.serves.forEach((id, place) => checkId(context, id, `${at}.serves[${place}]`, found));
  });
};

const checkId = (context: AmendContext, id: string, path: string, found: Findings): void => {
  const ids = context.obligations.map((one) => one.id);
  const served = context.operations.flatMap((one) => [...one.requirements, ...one.rules]);
  if (!ids.includes(id) && !served.includes(id))
    found.add(
      "INTERFACE.UNKNOWN_ID",
      path,
      `${id} is not among what is shown; nearest: ${nearest(id, [...ids, ...served])}.`,
    );
};

/** Every obligation shown is named at an item or in the closing list. */
const checkCoverage = (context: AmendContext, answer: IAmend, found: Findings): void => {
  const named = new Set([
    ...answer.operations.flatMap((one) => [one.name, one.creates ?? "", ...one.serves]),
    ...answer.refusals.flatMap((one) => one.serves),
    ...answer.effects.flatMap((one) => one.serves),
    ...answer.unserved.map((one) => one.id),
  ]);
  for (const obligation of context.obligations)
    if (named.has(obligation.id)) continue;
    else if (obligation.kind === "origin")
      found.add(
        "INTERFACE.NO_ORIGIN",
        "$input.operations",
        `No operation brings ${obligation.id} rows into being: say creates ${obligation.id} at the custom operation that does, or give the reason in unserved.`,
      );
    else
      found.add(
        "INTERFACE.UNCOVERED",
        "$input.unserved",
        `${obligation.id} is served by nothing: name it at an operation, refusal or effect, or here with the reason.`,
      );
  answer.unserved.forEach((one, index) => {
    if (!context.obligations.some((obligation) => obligation.id === one.id))
      found.add(
        "INTERFACE.UNKNOWN_ID",
        `$input.unserved[${index}].id`,
        `${one.id} is not among the obligations shown.`,
      );
  });
};
