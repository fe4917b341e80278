/** Drafts of accounts → attributes that people have, change themselves, or are given by others. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import { makeAttribute, makeReference } from "./attributes.js";
import type { AccountDraft } from "./blueprint.js";
import { addStates, addTransitions } from "./lifecycles.js";
import { addRule } from "./rules.js";
import type { Built, Service } from "./service.js";

export const addAccount = (
  service: Service,
  draft: AccountDraft,
  begin: (name: string, taken: string[]) => Built,
): Built | null => {
  const actor = service.accounts[draft.actor % service.accounts.length];
  if (actor === undefined || service.find(capital(actor.name)) !== undefined) return null;
  const built = begin(capital(actor.name), ["email", "password", "passwordHash"]);
  const { entity, module, names } = built;
  built.makers = [actor.name];
  // Accounts by invitation get nothing at their creation: what is not changed afterwards is nobody's to break.
  const isOpen = actor.signup === "open";
  for (const one of draft.attributes)
    entity.attributes.push(makeAttribute(service, module, names, { ...one, writer: isOpen ? one.writer % 8 : 0 }));
  const isChangeable = entity.attributes.some((one) => one.writer === "update");
  if (draft.hasSelfService) service.grant(actor.name, entity.name, "read", SELF);
  if (draft.hasSelfService && isChangeable) service.grant(actor.name, entity.name, "update", SELF);
  if (draft.lifecycle !== null) addStates(service, built, draft.lifecycle);
  for (const other of service.actors) {
    if (other === actor || !(draft.isShared || other.kind === "admin")) continue;
    service.grant(other.name, entity.name, "read", other.kind === "guest" ? active(built) : null);
    if (draft.isManaged && other.kind === "admin" && isChangeable)
      service.grant(other.name, entity.name, "update", null);
  }
  if (draft.lifecycle !== null) addTransitions(service, built, draft.lifecycle);
  const isChanged = service.actors.some((one) => service.may(one.name, entity.name, "update"));
  if (isOpen || isChanged) for (const rule of draft.rules) addRule(service, built, rule);
  return built;
};

/** What an account refers to is set when it is there, by itself or by others. */
export const addAccountReferences = (service: Service, built: Built, draft: AccountDraft): void => {
  const writers = service.actors.map((one) => one.name).filter((one) => service.may(one, built.entity.name, "update"));
  if (writers.length === 0) return;
  for (const one of draft.references) {
    const made = makeReference(service, built, [...writers, ...built.makers], {
      ...one,
      isRequired: false,
      isUpdatable: true,
    });
    if (made !== null) built.entity.attributes.push(made);
  }
};

const SELF: AutoBeAnalyze.ICondition[] = [{ path: ["id"], operator: "=", value: "me" }];

const active = ({ lifecycle }: Built): AutoBeAnalyze.ICondition[] | null =>
  lifecycle === null ? null : [{ path: [lifecycle.attribute], operator: "=", value: lifecycle.states[1]! }];

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
