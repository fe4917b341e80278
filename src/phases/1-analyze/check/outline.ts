/** Judges the outline: names that hold for the whole project, and that every passage goes somewhere. */
import { type Diagnostic, Findings } from "../../../base/diagnostic.js";
import {
  isReserved,
  isReservedModel,
  LONGEST_NAME,
  pascal,
  plural,
  sessionModel,
  tableName,
} from "../../../base/naming.js";
import type { IOutline } from "../ast.js";

export const checkOutline = (outline: IOutline, passages: number): Diagnostic[] => {
  const findings = new Findings();
  checkActors(outline, findings);
  checkModules(outline, findings);
  checkPassages(outline, passages, findings);
  return findings.list;
};

const checkActors = ({ actors }: IOutline, findings: Findings): void => {
  const names = new Set<string>();
  actors.forEach(({ name, kind }, index) => {
    const path = `$input.actors[${index}].name`;
    if (names.has(name.toLowerCase()))
      findings.add("ANALYZE.DUPLICATE_NAME", path, `There is an actor "${name}" already.`);
    names.add(name.toLowerCase());
    if (isReserved(name) || (kind !== "guest" && isReservedModel(pascal(name))))
      findings.add("ANALYZE.RESERVED_NAME", path, `"${name}" is taken by the runtime; choose another word.`);
  });
};

const checkModules = ({ actors, modules, prefix }: IOutline, findings: Findings): void => {
  const names = new Set<string>();
  const tables = new Map<string, string>();
  for (const { name, kind } of actors)
    if (kind !== "guest") tables.set(key(sessionModel(name)), `the logins of ${name}`);
  modules.forEach((module, index) => {
    const path = `$input.modules[${index}]`;
    if (names.has(module.name))
      findings.add("ANALYZE.DUPLICATE_NAME", `${path}.name`, `There is a module "${module.name}" already.`);
    names.add(module.name);
    module.entities.forEach((entity, at) => {
      const other = tables.get(key(entity));
      const table = tableName(prefix, entity);
      tables.set(key(entity), entity);
      if (isReservedModel(entity))
        findings.add(
          "ANALYZE.RESERVED_NAME",
          `${path}.entities[${at}]`,
          `"${entity}" is taken by the runtime; choose a more telling noun.`,
        );
      else if (other === entity)
        findings.add(
          "ANALYZE.DUPLICATE_NAME",
          `${path}.entities[${at}]`,
          `"${entity}" lives in another module already; name it once.`,
        );
      else if (other !== undefined)
        findings.add(
          "ANALYZE.COLLIDING_NAME",
          `${path}.entities[${at}]`,
          `"${entity}" would share its table with ${other}.`,
        );
      else if (table.length > LONGEST_NAME)
        findings.add(
          "ANALYZE.NAME_TOO_LONG",
          `${path}.entities[${at}]`,
          `The table "${table}" is longer than ${LONGEST_NAME}; shorten the name.`,
        );
    });
  });
};

const key = (entity: string): string => plural(entity).toLowerCase();

const checkPassages = ({ modules, unserved }: IOutline, passages: number, findings: Findings): void => {
  const taken = new Set<number>();
  const take = (passage: number, path: string): void => {
    taken.add(passage);
    if (passage > passages)
      findings.add("ANALYZE.UNKNOWN_PASSAGE", path, `The request has the passages 1 to ${passages}.`);
  };
  modules.forEach((module, index) => {
    module.passages.forEach((passage, at) => {
      take(passage, `$input.modules[${index}].passages[${at}]`);
    });
  });
  unserved.forEach(({ passage }, index) => {
    take(passage, `$input.unserved[${index}].passage`);
  });
  const lost = Array.from({ length: passages }, (_, index) => index + 1).filter((passage) => !taken.has(passage));
  if (lost.length !== 0)
    findings.add(
      "ANALYZE.PASSAGE_LOST",
      "$input.unserved",
      `No module takes ${lost.map((passage) => `P${passage}`).join(", ")}: give it to a module, or say here why none takes it.`,
    );
};
