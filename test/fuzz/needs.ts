/** Drafts of rules that ask for another row → rules that somebody can keep. */
import { pascal } from "../../src/base/naming.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { NeedDraft } from "./blueprint.js";
import type { Built, Service } from "./service.js";

export const addNeed = (service: Service, built: Built, { at, on }: NeedDraft): void => {
  const entity = built.entity.name;
  const made = [...beforehand(service, built), ...beside(service, built), ...atLast(service, built)];
  const chosen = made[at % made.length];
  if (chosen === undefined || service.isAccount(entity)) return;
  const { rules } = built.module;
  const name = `requires${rules.length + 1}`;
  rules.push({
    name,
    entity,
    kind: "requires",
    members: [built.entity.attributes[0]!.name],
    minimum: null,
    maximum: null,
    most: null,
    states: [],
    needs: chosen.needs,
    on: [chosen.on[on % chosen.on.length]!],
    statement: `The rule "${name}" asks for another row.`,
    requirements: service.require(built.module, `Rule ${name}.`),
  });
};

interface Choice {
  needs: string;
  on: string[];
}

/** What was there before: a row of the caller, or one that refers to the same thing. */
const beforehand = (service: Service, built: Built): Choice[] => {
  const earlier = service.built
    .slice(0, service.built.indexOf(built))
    .filter((one) => !service.isAccount(one.entity.name) && !leadsTo(service, built.entity, one.entity.name));
  const references = built.entity.attributes.filter(
    (one) => one.kind === "reference" && one.required && one.target !== built.entity.name,
  );
  const creators = service.actors.filter((one) => service.may(one.name, built.entity.name, "create"));
  return earlier.flatMap((one): Choice[] =>
    one.entity.attributes
      .filter((other) => other.kind === "reference" && other.required)
      .flatMap((other): Choice[] => {
        const alike = references.find((mine) => mine.target === other.target);
        const behind = references.flatMap((mine) =>
          (service.find(mine.target!)?.entity.attributes ?? [])
            .filter((far) => far.kind === "reference" && far.required && far.target === other.target)
            .map((far) => `${mine.name}.${far.name}`),
        );
        const isCallers =
          creators.length === 1 && creators[0]!.kind !== "guest" && pascal(creators[0]!.name) === other.target;
        return [
          ...(isCallers && other.source === "actor"
            ? [{ needs: `${one.entity.name} where ${other.name} = me`, on: ["create"] }]
            : []),
          ...(alike !== undefined && !service.isAccount(other.target!)
            ? [{ needs: `${one.entity.name} where ${other.name} = ${alike.name}`, on: ["create"] }]
            : []),
          ...behind
            .filter(() => !service.isAccount(other.target!))
            .map((path) => ({ needs: `${one.entity.name} where ${other.name} = ${path}`, on: ["create"] })),
        ];
      }),
  );
};

/** Whether a row needs one of that kind anyway: then it is always there. */
const leadsTo = (service: Service, entity: AutoBeAnalyze.IEntity, name: string, depth = 0): boolean =>
  entity.attributes
    .filter((one) => one.kind === "reference" && one.target !== entity.name)
    .some(({ target }) => {
      const next = service.find(target!)?.entity;
      return target === name || (next !== undefined && depth < 8 && leadsTo(service, next, name, depth + 1));
    });

/** What is made later and refers to the row itself. */
const beside = (service: Service, built: Built): Choice[] => {
  const actions = [
    ...(built.lifecycle?.transitions ?? []).map((one) => one.action),
    ...(service.actors.some((one) => service.may(one.name, built.entity.name, "update")) ? ["update"] : []),
  ];
  if (actions.length === 0) return [];
  return service.built
    .slice(service.built.indexOf(built) + 1)
    .flatMap(({ entity }) =>
      isComposed(entity)
        ? []
        : entity.attributes
            .filter((one) => one.kind === "reference" && one.target === built.entity.name && one.writer !== "server")
            .map((one) => ({ needs: `${entity.name} where ${one.name} = self`, on: actions })),
    );
};

/** What is referred to lies behind, or ahead. */
const atLast = (service: Service, built: Built): Choice[] =>
  built.entity.attributes
    .filter(
      (one) => one.kind === "reference" && one.required && one.writer === "create" && one.target !== built.entity.name,
    )
    .flatMap((one) =>
      (service.find(one.target!)?.entity.attributes ?? [])
        .filter(
          ({ kind, required, writer }) => (kind === "date" || kind === "datetime") && required && writer !== "server",
        )
        .flatMap(({ name }) =>
          ["<", ">"].map((sign) => ({
            needs: `${one.target} where id = ${one.name} and ${name} ${sign} now`,
            on: ["create"],
          })),
        ),
    );

/** Rows that may live in the body of their parent's are there from the beginning. */
const isComposed = (entity: AutoBeAnalyze.IEntity): boolean => entity.parent !== null;
