/** What a random service is made of: small choices, each of which shrinks towards the plain. What they mean is told in build.ts. */
import fc from "fast-check";

export interface Blueprint {
  cast: number;
  modules: number;
  accounts: AccountDraft[];
  entities: EntityDraft[];
  effects: EffectDraft[];
  refusals: RefusalDraft[];
  /** Tables that are deleted softly, of those that may be. */
  softDeletes: number[];
}

/** Which of the possible refusals by what a row holds there is. */
export interface RefusalDraft {
  operation: number;
  choice: number;
}

/** Which of the possible effects there is. */
export interface EffectDraft {
  operation: number;
  choice: number;
  isConditional: boolean;
}

/** A rule that another row must be there. */
export interface NeedDraft {
  at: number;
  on: number;
}

export interface AccountDraft {
  actor: number;
  attributes: AttributeDraft[];
  isShared: boolean;
  hasSelfService: boolean;
  isManaged: boolean;
  lifecycle: LifecycleDraft | null;
  references: ReferenceDraft[];
  rules: RuleDraft[];
}

export interface EntityDraft {
  name: number;
  maker: number;
  /** Rows belong to whoever creates them. */
  isOwned: boolean;
  ownerIsOptional: boolean;
  parent: number | null;
  inherits: boolean;
  attributes: AttributeDraft[];
  references: ReferenceDraft[];
  lifecycle: LifecycleDraft | null;
  /** What the maker may do besides creating. */
  own: GrantDraft;
  grants: (GrantDraft & { actor: number; creates: boolean })[];
  rules: RuleDraft[];
  need: NeedDraft | null;
  copies: number[];
  counts: number[];
}

export interface AttributeDraft {
  name: number;
  kind: number;
  isRequired: boolean;
  writer: number;
  bounds: number;
  isServed: boolean;
}

export interface ReferenceDraft {
  name: number;
  target: number;
  isRequired: boolean;
  isUpdatable: boolean;
  /** 0: a row; 1: itself; 2: an account; 3: many rows; 4: many accounts; 5: many of itself; 6: exactly one. */
  shape: number;
}

export interface LifecycleDraft {
  name: number;
  states: number;
  steward: number;
  actions: { name: number; from: number; to: number; actor: number; hasMoment: boolean; scope: number }[];
}

export interface GrantDraft {
  read: boolean;
  update: boolean;
  erase: boolean;
  /** Which conditions narrow reading, and which narrow writing beyond it. */
  reading: number;
  writing: number;
  creating: number;
}

export interface RuleDraft {
  kind: number;
  members: number[];
  bound: number;
}

const index = fc.nat(997);
/** Three times in four true; shrinks to false. */
const mostly = fc.nat(3).map((one) => one !== 0);
/** One time in five true; shrinks to false. */
const rarely = fc.nat(4).map((one) => one === 4);

/** Nothing so many times as often as something; shrinks to nothing. */
const sometimes = <T>(arbitrary: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | null> =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });

const attribute: fc.Arbitrary<AttributeDraft> = fc.record({
  name: index,
  kind: fc.nat(12),
  isRequired: fc.boolean(),
  writer: fc.nat(9),
  bounds: fc.nat(3),
  isServed: rarely,
});

const reference: fc.Arbitrary<ReferenceDraft> = fc.record({
  name: index,
  target: index,
  isRequired: fc.boolean(),
  isUpdatable: fc.boolean(),
  shape: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 6, arbitrary: fc.nat(6) }),
});

const grant = {
  read: mostly,
  update: fc.boolean(),
  erase: fc.boolean(),
  reading: fc.nat(11),
  writing: fc.nat(3),
  creating: fc.nat(3),
};

const lifecycle: fc.Arbitrary<LifecycleDraft> = fc.record({
  name: index,
  states: fc.integer({ min: 2, max: 5 }),
  steward: index,
  actions: fc.array(
    fc.record({ name: index, from: index, to: index, actor: index, hasMoment: fc.boolean(), scope: fc.nat(5) }),
    {
      maxLength: 4,
    },
  ),
});

const rules: fc.Arbitrary<RuleDraft[]> = fc.array(
  fc.record({ kind: fc.nat(3), members: fc.array(index, { minLength: 2, maxLength: 3 }), bound: fc.nat(7) }),
  { maxLength: 2 },
);

const entity: fc.Arbitrary<EntityDraft> = fc.record({
  name: index,
  maker: index,
  isOwned: mostly,
  ownerIsOptional: rarely,
  parent: fc.option(index, { freq: 2 }),
  inherits: fc.boolean(),
  attributes: fc.array(attribute, { minLength: 1, maxLength: 7 }),
  references: fc.array(reference, { maxLength: 3 }),
  lifecycle: sometimes(lifecycle, 2),
  own: fc.record(grant),
  grants: fc.array(fc.record({ ...grant, actor: index, creates: rarely }), { maxLength: 2 }),
  rules,
  need: sometimes(fc.record({ at: index, on: index }), 5),
  copies: fc.array(index, { maxLength: 1 }),
  counts: fc.array(index, { maxLength: 1 }),
});

/** Services of so many entities; tables of accounts, sessions and links come on top. */
export const blueprintOf = (size: { modules: fc.IntegerConstraints; entities: fc.ArrayConstraints }) =>
  fc.record<Blueprint>({
    cast: fc.nat(11),
    modules: fc.integer(size.modules),
    accounts: fc.array(
      fc.record({
        actor: index,
        attributes: fc.array(attribute, { minLength: 1, maxLength: 3 }),
        isShared: fc.boolean(),
        hasSelfService: fc.boolean(),
        isManaged: fc.boolean(),
        lifecycle: sometimes(lifecycle, 2),
        references: fc.array(reference, { maxLength: 1 }),
        rules,
      }),
      { maxLength: 2 },
    ),
    entities: fc.array(entity, { ...size.entities, size: "max" }),
    effects: fc.array(fc.record({ operation: index, choice: index, isConditional: fc.boolean() }), { maxLength: 4 }),
    refusals: fc.array(fc.record({ operation: index, choice: index }), { maxLength: 3 }),
    // Comes last, so that what is drawn before stays what it was.
    softDeletes: fc.array(index, { maxLength: 3 }),
  });

export const blueprint = blueprintOf({ modules: { min: 1, max: 3 }, entities: { minLength: 2, maxLength: 8 } });
