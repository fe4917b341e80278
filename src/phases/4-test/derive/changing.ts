/** Rows are changed, erased and brought from state to state. */
import { parameter, spoken, withArticle } from "../../../base/naming.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import { keyPath, type Writer } from "./phrases.js";
import type { Account } from "./plan.js";
import { identifier, object, text } from "./script.js";
import type { Workshop } from "./workshop.js";

export const update: Writer = (workshop, model, operation, caller) => ({
  claim: `changes ${withArticle(model.name)}, and it stays changed`,
  requirements: model.plainFields.filter((field) => field.writer === "update").flatMap((field) => field.requirements),
  write: (script) => {
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const kept = keptColumns(workshop, operation, caller);
    const changes = script
      .sample(operation.requestBody!)
      .properties.filter(
        ({ name, value }) =>
          model.plainFields.some((field) => field.name === name && !kept.includes(name)) && value.type !== "identifier",
      );
    const body = script.declare(
      "body",
      { type: "objectLiteralExpression", properties: changes },
      operation.requestBody,
    );
    const changed = script.name("changed");
    script.call(operation, caller, object({ ...path, body: identifier(body) }), { keep: changed });
    script.equal("key", identifier(`${changed}.id`), path[parameter(model.name)]!);
    for (const { name } of changes)
      script.equal(spoken(name), identifier(`${changed}.${name}`), identifier(`${body}.${name}`));
    const reading = workshop.operation("at", model.name, caller.actor);
    if (reading !== undefined && changes.length !== 0) {
      const again = script.name("again");
      script.call(reading, caller, object(path), { keep: again });
      script.equal("the change stays", identifier(again), identifier(changed));
    }
    return true;
  },
});

/** Columns on which the caller's own access hangs: changing them might put the row out of reach. */
const keptColumns = (workshop: Workshop, operation: AutoBeOpenApi.IOperation, caller: Account): string[] =>
  [...operation.access, ...(workshop.document.readers[operation.model ?? ""] ?? [])]
    .filter((access) => access.actor === caller.actor || access.actor === "guest")
    .flatMap((access) => access.filter ?? [])
    .map((condition) => condition.path[0]!);

export const erase: Writer = (workshop, model, operation, caller) => ({
  claim: `erases ${withArticle(model.name)}, and it is gone`,
  requirements: [],
  write: (script) => {
    const plan = workshop.touchable(model, operation, caller);
    if (plan === null) return false;
    const path = keyPath(script, plan);
    const reading = workshop.operation("at", model.name, caller.actor);
    script.call(operation, caller, object(path), {});
    if (reading !== undefined) script.call(reading, caller, object(path), { status: 404 });
    else script.call(operation, caller, object(path), { status: 404 });
    return true;
  },
});

export const transition: Writer = (workshop, model, operation, caller) => ({
  claim: `brings ${withArticle(model.name)} to ${spoken(operation.transition!.to)}`,
  requirements: [],
  write: (script) => {
    const plan = operation
      .transition!.from.map((state) => workshop.touchable(model, operation, caller, { state }))
      .find((one) => one !== null);
    if (plan === undefined || plan === null) return false;
    const path = keyPath(script, plan);
    const after = script.name("after");
    script.call(operation, caller, object(path), { keep: after });
    for (const effect of operation.effects) {
      if (!effect.compiled || effect.model !== model.name || effect.column === null) continue;
      const value = identifier(`${after}.${effect.column}`);
      if (effect.value === "now") script.notEqual(`${spoken(effect.column)} is set`, value, { type: "nullLiteral" });
      else if (effect.value === "null")
        script.equal(`${spoken(effect.column)} is cleared`, value, { type: "nullLiteral" });
      else script.equal(spoken(effect.column), value, text(effect.value));
    }
    const reading = workshop.operation("at", model.name, caller.actor);
    if (reading !== undefined) {
      const again = script.name("again");
      script.call(reading, caller, object(path), { keep: again });
      script.equal("the change stays", identifier(again), identifier(after));
    }
    return true;
  },
});
