/** Blueprint → a valid analysis: every choice is bent to what is possible where it falls. */
import { pascal } from "../../src/base/naming.js";
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import { addAccount, addAccountReferences } from "./accounts.js";
import { addCount, makeAttribute, makeCopy, makeReference, plain, writersOf } from "./attributes.js";
import type { Blueprint, EntityDraft, GrantDraft } from "./blueprint.js";
import { conditionsFor, ownPaths } from "./filters.js";
import { addStates, addTransitions } from "./lifecycles.js";
import { ENTITIES, MEMBERS, memberKeys, modelKeys, Names, ROLES } from "./names.js";
import { addNeed } from "./needs.js";
import { addRule } from "./rules.js";
import { type Built, Service } from "./service.js";

export const buildAnalysis = (blueprint: Blueprint): AutoBeAnalyze.IApplication => {
  const modules = MODULES.slice(0, blueprint.modules).map(emptyModule);
  const service = new Service(CASTS[blueprint.cast]!.map(makeActor), modules);
  const models = new Names(
    modelKeys,
    service.accounts.flatMap((one) => [pascal(one.name), `${pascal(one.name)}Session`]),
  );
  const accounts = blueprint.accounts.map((draft) => ({
    draft,
    built: addAccount(service, draft, (name, taken) => begin(service, modules[0]!, name, taken)),
  }));
  const entities = blueprint.entities.map((draft, index) =>
    addEntity(service, modules[index % modules.length]!, models, draft),
  );
  blueprint.entities.forEach(({ need }, index) => {
    const built = entities[index]!;
    if (need !== null) addNeed(service, built, need);
  });
  for (const { built, draft } of accounts) if (built !== null) addAccountReferences(service, built, draft);
  service.writePermissions();
  return {
    name: "fuzzed-service",
    title: 'Fuzzed "service" \\ {{name}}',
    summary: 'What "chance" made */ of `it`: {{title}} <b>&</b>\nin two lines.',
    prefix: "fz",
    scopeIn: [],
    scopeOut: [],
    actors: service.actors,
    modules,
  };
};

const MODULES = ["first", "seconds", "thirds", "fourths", "fifths", "sixths", "sevenths", "eighths"];

const CASTS = [
  ["member"],
  ["guest", "member"],
  ["member", "admin!"],
  ["guest", "member", "admin!"],
  ["guest"],
  ["admin!"],
  ["guest", "admin!"],
  ["user", "order"],
  ["member!"],
  ["visitor:guest", "customer!", "systemAdmin!"],
  ["buyer", "seller", "admin!"],
  ["guest", "body", "row!"],
];

const makeActor = (said: string): AutoBeAnalyze.IActor => {
  const name = said.replace("!", "").replace(":guest", "");
  const kind = said.includes("guest") ? "guest" : /admin|row/i.test(name) ? "admin" : "member";
  return { name, kind, signup: said.endsWith("!") ? "invited" : "open", description: `Who is ${name}.` };
};

const emptyModule = (name: string): AutoBeAnalyze.IModule => ({
  name,
  title: pascal(name),
  purpose: "Chance.",
  requirements: [],
  entities: [],
  permissions: [],
  lifecycles: [],
  rules: [],
  operations: [],
  unserved: [],
});

const begin = (service: Service, module: AutoBeAnalyze.IModule, name: string, taken: string[]): Built => {
  const entity: AutoBeAnalyze.IEntity = {
    name,
    description: `One ${name} */ "of" them.\n\n@@map(x) | it`,
    parent: null,
    attributes: [],
    requirements: service.require(module, `There is ${name}.`),
  };
  module.entities.push(entity);
  const names = new Names(memberKeys, ["id", "createdAt", "updatedAt", ...taken]);
  const built: Built = { entity, module, lifecycle: null, makers: [], names, depth: 0 };
  service.built.push(built);
  return built;
};

const addEntity = (service: Service, module: AutoBeAnalyze.IModule, models: Names, draft: EntityDraft): Built => {
  const built = begin(service, module, models.pick(ENTITIES, draft.name), []);
  const { entity } = built;
  addParent(service, built, draft);
  const lives = entity.parent !== null && draft.inherits;
  if (!lives) addMaker(service, built, draft);
  for (const one of draft.attributes) entity.attributes.push(makeAttribute(service, module, built.names, one));
  if (draft.lifecycle !== null && !lives) addStates(service, built, draft.lifecycle);
  if (!lives) addGrants(service, built, draft);
  for (const one of draft.references) {
    const made = makeReference(service, built, writersOf(service, entity.name), one);
    if (made === null) continue;
    entity.attributes.push(made);
    if (one.shape === 6)
      addRule(service, built, {
        kind: 0,
        members: [
          entity.attributes
            .filter((a) => a.kind === "reference" && (a.writer !== "server" || a.source === "actor"))
            .indexOf(made),
          0,
        ],
        bound: 2,
      });
  }
  for (const at of draft.copies) {
    const made = makeCopy(service, built, at);
    if (made !== null) entity.attributes.push(made);
  }
  if (built.lifecycle !== null) addTransitions(service, built, draft.lifecycle!);
  dropIdleUpdates(service, built);
  for (const at of draft.counts) addCount(service, built, at);
  for (const rule of draft.rules) addRule(service, built, rule);
  return built;
};

const addParent = (service: Service, built: Built, draft: EntityDraft): void => {
  const candidates = service.built.filter(
    (one) => one !== built && one.depth < 2 && !service.isAccount(one.entity.name),
  );
  const parent = draft.parent === null ? undefined : candidates[draft.parent % candidates.length];
  if (parent === undefined) return;
  built.depth = parent.depth + 1;
  built.entity.parent = parent.entity.name;
  built.entity.attributes.push(
    plain(built.names.pick(ROLES, draft.name), "reference", { target: parent.entity.name, writer: "create" }),
  );
  if (!draft.inherits) return;
  const root = service.find(service.owning(parent.entity.name))!;
  for (const maker of root.makers.slice(0, 1)) {
    if (service.may(maker, parent.entity.name, "update")) continue;
    service.letRead(maker, parent.entity.name);
    service.grant(maker, root.entity.name, "update", service.right(maker, root.entity.name, "read")!.filter);
  }
  built.makers = service.actors.map((one) => one.name).filter((one) => service.may(one, parent.entity.name, "update"));
};

const addMaker = (service: Service, built: Built, draft: EntityDraft): void => {
  const maker = service.actors[draft.maker % service.actors.length]!;
  built.makers = [maker.name];
  if (built.entity.parent !== null) service.letRead(maker.name, built.entity.parent);
  if (maker.kind === "guest" || !draft.isOwned) return;
  const target = pascal(maker.name);
  const name = built.names.pick(ROLES, draft.name + 1);
  built.entity.attributes.push(
    plain(name, "reference", { target, required: !draft.ownerIsOptional, writer: "server", source: "actor" }),
  );
};

const addGrants = (service: Service, built: Built, draft: EntityDraft): void => {
  const { name } = built.entity;
  const maker = built.makers[0]!;
  const own = ownPaths(service, maker, built.entity);
  const create = [null, own, own, null][draft.own.creating] ?? null;
  service.grant(maker, name, "create", create === null || create.length === 0 ? null : create.slice(0, 1));
  const needsReading = draft.own.read || draft.own.update || draft.own.erase;
  if (needsReading) grant(service, built, maker, draft.own, true);
  const isClosed = built.entity.attributes.some((one) => one.source === "actor" && one.required);
  for (const one of draft.grants) {
    const actor = service.actors[one.actor % service.actors.length]!.name;
    if (actor === maker || service.may(actor, name, "read")) continue;
    grant(service, built, actor, one, false);
    if (!one.creates || isClosed) continue;
    service.grant(actor, name, "create", null);
    if (built.entity.parent !== null) service.letRead(actor, built.entity.parent);
    built.makers.push(actor);
  }
};

const grant = (service: Service, built: Built, actor: string, draft: GrantDraft, isMaker: boolean): void => {
  const { name } = built.entity;
  const reading = conditionsFor(service, built, actor, draft.reading, isMaker);
  const own = isMaker ? ownPaths(service, actor, built.entity) : [];
  const narrower =
    draft.writing === 1 && own.length !== 0
      ? [...(reading ?? []).filter((one) => one.value !== "me"), own[0]!]
      : reading;
  const writing = draft.writing === 2 ? null : narrower;
  service.grant(actor, name, "read", reading);
  if (built.entity.parent !== null) service.letRead(actor, built.entity.parent);
  if (draft.update) service.grant(actor, name, "update", writing);
  if (draft.erase) service.grant(actor, name, "erase", writing);
};

/** Without anything to change, an update is no permission. */
const dropIdleUpdates = (service: Service, built: Built): void => {
  if (built.entity.attributes.some((one) => one.writer === "update")) return;
  if (!service.actors.some((actor) => service.may(actor.name, built.entity.name, "update"))) return;
  if (service.owning(built.entity.name) !== built.entity.name) return;
  built.entity.attributes.push(plain(built.names.pick(MEMBERS, 3), "string"));
};
