/** Judges the answer of one module: what merging would hide, then the meaning of what merging makes of it. */
import { type Diagnostic, Findings, nearest } from "../../../base/diagnostic.js";
import type { Task } from "../../../base/task.js";
import type { IModuleAnswer, IOutline, IOutlineModule } from "../ast.js";
import { parseFilter } from "../filter.js";
import { accountsOf, allEntitiesOf, entitiesOf, mergeAnalysis } from "../merge.js";
import { checkMeaning } from "./application.js";

export const checkModule = (outline: IOutline, module: IOutlineModule, answer: IModuleAnswer): Diagnostic[] => {
  const findings = new Findings();
  const names = entitiesOf(outline, module);
  checkNames(answer, names, findings);
  checkTwins(answer, findings);
  checkServes(answer, findings);
  checkShapes(answer, findings);
  checkMissing(module, answer, findings);
  const { analyze, origins } = mergeAnalysis(
    outline,
    outline.modules.map((one) => (one === module ? withReadableFilters(answer) : null)),
  );
  const described = new Set(analyze.modules.flatMap((one) => one.entities).map((entity) => entity.name));
  const accounts = accountsOf(outline).filter((name) => names.includes(name));
  const foreign = new Set(allEntitiesOf(outline).filter((name) => !described.has(name) && !accounts.includes(name)));
  checkMeaning(analyze, foreign, (item) => origins.get(item) ?? "$input.entities", findings, true);
  return findings.list;
};

/** An unreadable filter is told once; that its permission is missing is not told too. */
const withReadableFilters = (answer: IModuleAnswer): IModuleAnswer => ({
  ...answer,
  permissions: answer.permissions.map((permission) =>
    permission.filter === null || parseFilter(permission.filter) !== null
      ? permission
      : { ...permission, filter: null },
  ),
  transitions: answer.transitions.map((transition) =>
    transition.filter == null || parseFilter(transition.filter) !== null ? transition : { ...transition, filter: null },
  ),
});

/** The lists whose items belong to an entity. */
const OWNED = ["attributes", "permissions", "lifecycles", "transitions", "rules", "operations"] as const;

const checkNames = (answer: IModuleAnswer, names: string[], findings: Findings): void => {
  const judge = (name: string, path: string) =>
    findings.require(
      names.includes(name),
      "ANALYZE.UNKNOWN_ENTITY",
      path,
      `"${name}" is no entity of this module; nearest: ${nearest(name, names)}.`,
    );
  answer.entities.forEach(({ name }, index) => {
    judge(name, `$input.entities[${index}].name`);
  });
  for (const key of OWNED)
    answer[key].forEach(({ entity }, index) => {
      judge(entity, `$input.${key}[${index}].entity`);
    });
};

/** By what an item is known in its list: a later one of the same identity takes the earlier one's place. */
export const MODULE_LISTS: Task<IModuleAnswer>["lists"] = {
  requirements: (one: { id: string }) => one.id,
  entities: (one: { name: string }) => one.name,
  attributes: (one: { entity: string; name: string }) => `${one.entity}.${one.name}`,
  permissions: (one: { actor: string; entity: string; actions: string[]; filter: string | null }) =>
    `${one.actor} ${[...one.actions].sort().join("+")} ${one.entity} ${one.filter ?? ""}`.trim(),
  lifecycles: (one: { entity: string }) => one.entity,
  transitions: (one: { entity: string; action: string; filter?: string | null }) =>
    `${one.entity}.${one.action} ${one.filter ?? ""}`.trim(),
  rules: (one: { entity: string; name: string }) => `${one.entity}.${one.name}`,
  operations: (one: { entity: string; name: string }) => `${one.entity}.${one.name}`,
  unserved: (one: { id: string }) => one.id,
};

/** Twins that merging would unite; the others are found in what it makes. */
const checkTwins = (answer: IModuleAnswer, findings: Findings): void => {
  for (const key of ["requirements", "entities"] as const) {
    const names = answer[key].map((one) => ("id" in one ? one.id : one.name) as string);
    names.forEach((name, index) => {
      if (names.indexOf(name) !== index)
        findings.add("ANALYZE.DUPLICATE_NAME", `$input.${key}[${index}]`, `"${name}" is there already.`);
    });
  }
};

const checkServes = (answer: IModuleAnswer, findings: Findings): void => {
  const known = answer.requirements.map(({ id }) => id as string);
  const served = new Set<string>(answer.unserved.map(({ id }) => id));
  for (const key of ["entities", ...OWNED] as const)
    answer[key].forEach(({ serves }, index) => {
      serves.forEach((id, at) => {
        served.add(id);
        findings.require(
          known.includes(id),
          "ANALYZE.UNKNOWN_REQUIREMENT",
          `$input.${key}[${index}].serves[${at}]`,
          `There is no requirement ${id}; there are ${known.join(", ")}.`,
        );
      });
    });
  answer.unserved.forEach(({ id }, index) => {
    findings.require(
      known.includes(id),
      "ANALYZE.UNKNOWN_REQUIREMENT",
      `$input.unserved[${index}].id`,
      `There is no requirement ${id}; there are ${known.join(", ")}.`,
    );
  });
  const forgotten = answer.requirements.filter(({ id, priority }) => priority === "must" && !served.has(id));
  for (const { id } of forgotten)
    findings.add(
      "ANALYZE.MUST_UNSERVED",
      "$input.unserved",
      `Nothing serves ${id}: name it in serves of the item that does, or say here why nothing can.`,
    );
};

const checkShapes = (answer: IModuleAnswer, findings: Findings): void => {
  answer.permissions.forEach(({ filter }, index) => {
    if (filter !== null && parseFilter(filter) === null)
      findings.add(
        "ANALYZE.BAD_FILTER",
        `$input.permissions[${index}].filter`,
        "A filter is null for all rows, or conditions joined by and: a path of names, = or !=, then me or a literal.",
      );
  });
  answer.transitions.forEach(({ filter }, index) => {
    if (filter != null && filter.trim() !== "" && parseFilter(filter) === null)
      findings.add(
        "ANALYZE.BAD_FILTER",
        `$input.transitions[${index}].filter`,
        "A filter is null for what its actors may update, or conditions joined by and: a path of names, = or !=, then me or a literal.",
      );
  });
  const living = answer.lifecycles.map(({ entity }) => entity as string);
  answer.transitions.forEach(({ entity }, index) => {
    findings.require(
      living.includes(entity),
      "ANALYZE.UNKNOWN_LIFECYCLE",
      `$input.transitions[${index}].entity`,
      `${entity} has no lifecycle; those that have: ${living.join(", ") || "none"}.`,
    );
  });
};

const checkMissing = (module: IOutlineModule, answer: IModuleAnswer, findings: Findings): void => {
  for (const name of module.entities)
    if (!answer.entities.some((entity) => entity.name === name))
      findings.add(
        "ANALYZE.ENTITY_MISSING",
        "$input.entities",
        `${name} belongs to this module and is not described; others may refer to it.`,
      );
};
