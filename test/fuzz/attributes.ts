/** Drafts of attributes and references → attributes whose bounds can be kept. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { AttributeDraft, EntityDraft, ReferenceDraft } from "./blueprint.js";
import { LINKS, MEMBERS, type Names, ROLES, VALUES } from "./names.js";
import type { Built, Service } from "./service.js";

export const KINDS = [
  "string",
  "text",
  "int",
  "boolean",
  "enum",
  "date",
  "datetime",
  "decimal",
  "bigint",
  "double",
  "uuid",
  "uri",
  "json",
] as const;

export const plain = (
  name: string,
  kind: AutoBeAnalyze.Kind,
  parts: Partial<AutoBeAnalyze.IAttribute> = {},
): AutoBeAnalyze.IAttribute => ({
  name,
  description: `The ${name} */ of "it" | \`\${x}\`.\n@id // {{name}} \\ \u2028 end.`,
  kind,
  required: true,
  writer: "update",
  target: null,
  values: null,
  minimum: null,
  maximum: null,
  source: null,
  of: null,
  requirements: [],
  ...parts,
});

export const makeAttribute = (
  service: Service,
  module: AutoBeAnalyze.IModule,
  names: Names,
  draft: AttributeDraft,
): AutoBeAnalyze.IAttribute => {
  const kind = KINDS[draft.kind]!;
  const name = names.pick(MEMBERS, draft.name);
  const values = kind === "enum" ? valuesFrom(draft.name, draft.bounds + 1) : null;
  const made = plain(name, kind, { required: draft.isRequired, values, ...BOUNDS[kind]?.[draft.bounds] });
  if (draft.writer === 8) Object.assign(made, { writer: "server", source: "constant", of: CONSTANTS(made) });
  else if (draft.writer === 9 && (kind === "date" || kind === "datetime"))
    Object.assign(made, { writer: "server", source: "now" });
  else made.writer = draft.writer >= 6 ? "create" : "update";
  if (draft.isServed) made.requirements = service.require(module, `There is a ${name}.`);
  return made;
};

/** As many different values as wanted, from somewhere in the list. */
export const valuesFrom = (at: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => VALUES[(at + index) % VALUES.length]!);

type Bounds = { minimum?: number; maximum?: number };
const NUMBER: Bounds[] = [{}, { minimum: 0 }, { minimum: 1, maximum: 100 }, { minimum: -50, maximum: 50 }];
const BOUNDS: Partial<Record<AutoBeAnalyze.Kind, Bounds[]>> = {
  int: NUMBER,
  bigint: NUMBER,
  decimal: [{}, { minimum: 0 }, { minimum: 0.5, maximum: 99.95 }, { maximum: 1000 }],
  double: [{}, { minimum: 0 }, { minimum: 0.5, maximum: 5 }, { minimum: -1, maximum: 1 }],
  string: [{}, { maximum: 10 }, { minimum: 3, maximum: 40 }, { minimum: 20 }],
  text: [{}, { maximum: 2000 }, { minimum: 1, maximum: 500 }, { minimum: 30, maximum: 60 }],
};

const CONSTANTS = ({ kind, values, minimum, maximum }: AutoBeAnalyze.IAttribute): string => {
  switch (kind) {
    case "enum":
      return values!.at(-1)!;
    case "boolean":
      return "true";
    case "int":
    case "bigint":
    case "decimal":
    case "double":
      return String(minimum ?? maximum ?? 7);
    case "date":
      return "2020-02-29";
    case "datetime":
      return "2020-02-29T12:00:00Z";
    case "json":
      return '{"a":"b \\" c"}';
    case "uuid":
      return "6c84fb90-12c4-11e1-840d-7b25c5ee775a";
    case "uri":
      return "https://example.com/?a=b&c=%22";
    default:
      return 'said "so" & more, at length and at length again'.slice(0, maximum ?? undefined);
  }
};

/** References lead to what was built before, to the entity itself or to accounts, so that no row needs one that needs it. */
export const makeReference = (
  service: Service,
  built: Built,
  writers: string[],
  draft: ReferenceDraft,
): AutoBeAnalyze.IAttribute | null => {
  const { entity, names } = built;
  const earlier = service.built
    .filter((one) => one !== built && !service.isAccount(one.entity.name))
    .map((one) => one.entity.name);
  const accounts = service.accounts.map((one) => one.name.charAt(0).toUpperCase() + one.name.slice(1));
  const isSelf = draft.shape === 1 || draft.shape === 5;
  const pool = isSelf ? [entity.name] : draft.shape === 2 || draft.shape === 4 ? accounts : earlier;
  const target = pool[draft.target % pool.length];
  if (target === undefined) return null;
  const isMany = draft.shape >= 3 && draft.shape <= 5;
  const made = plain(names.pick(isMany ? LINKS : ROLES, draft.name), isMany ? "references" : "reference", {
    target,
    required: draft.isRequired && !isSelf && !isMany,
    writer: draft.isUpdatable ? "update" : "create",
  });
  for (const writer of writers) if (!isSelf || !service.may(writer, target, "read")) service.letRead(writer, target);
  return made;
};

/** Values taken over from what a row refers to. */
export const makeCopy = (service: Service, built: Built, at: number): AutoBeAnalyze.IAttribute | null => {
  const choices = built.entity.attributes
    .filter((one) => one.kind === "reference" && one.required)
    .flatMap((one) =>
      (service.find(one.target!)?.entity.attributes ?? [])
        .filter((other) => !["reference", "references"].includes(other.kind) && other.source === null)
        .map((other) => ({ relation: one.name, other })),
    );
  const choice = choices[at % choices.length];
  if (choice === undefined) return null;
  const { kind, values, required, minimum, maximum } = choice.other;
  const name = built.names.pick(MEMBERS, at);
  const of = `${choice.relation}.${choice.other.name}`;
  return plain(name, kind, { values, required, minimum, maximum, writer: "server", source: "copy", of });
};

/** A number on what the entity refers to: how many of it do so. */
export const addCount = (service: Service, built: Built, at: number): void => {
  const choices = built.entity.attributes.filter(
    (one) => one.kind === "reference" && service.find(one.target!) !== undefined,
  );
  const target = service.find(choices[at % choices.length]?.target ?? "");
  if (target === undefined) return;
  const name = target.names.pick(MEMBERS, at);
  target.entity.attributes.push(
    plain(name, at % 2 === 0 ? "int" : "bigint", { writer: "server", source: "count", of: built.entity.name }),
  );
};

export const writersOf = (service: Service, entity: string): string[] =>
  service.actors
    .map((one) => one.name)
    .filter((actor) => service.may(actor, entity, "create") || service.may(actor, entity, "update"));

export type { EntityDraft };
