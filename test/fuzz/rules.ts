/** Drafts of rules → rules that rows can obey and break. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";
import type { RuleDraft } from "./blueprint.js";
import type { Built, Service } from "./service.js";

const NUMBERS: readonly AutoBeAnalyze.Kind[] = ["int", "bigint", "decimal", "double"];
const MOMENTS: readonly AutoBeAnalyze.Kind[] = ["date", "datetime"];
const RICH: readonly AutoBeAnalyze.Kind[] = [
  "string",
  "int",
  "bigint",
  "decimal",
  "double",
  "date",
  "datetime",
  "uuid",
  "uri",
];

type Rule = Pick<AutoBeAnalyze.IRule, "kind" | "members"> & Partial<AutoBeAnalyze.IRule>;

export const addRule = (service: Service, built: Built, draft: RuleDraft): void => {
  const made = MAKERS[draft.kind]!(built, draft, service);
  const { rules } = built.module;
  if (made === null || rules.some((one) => one.entity === built.entity.name && isSame(one, made))) return;
  const name = `${made.kind}${rules.length + 1}`;
  rules.push({
    name,
    entity: built.entity.name,
    minimum: null,
    maximum: null,
    most: null,
    states: [],
    needs: null,
    on: [],
    statement: `The rule "${name}" of \`the\` house\nholds \${always} */ \\.`,
    requirements: service.require(built.module, `Rule ${name}.`),
    ...made,
  });
};

/** One range per member, one unique per set, one order between two, one limit per reference. */
const isSame = (one: AutoBeAnalyze.IRule, made: Rule): boolean =>
  one.kind === made.kind && [...one.members].sort().join() === [...made.members].sort().join();

const written = (built: Built): AutoBeAnalyze.IAttribute[] =>
  built.entity.attributes.filter((one) => one.writer !== "server" && one.kind !== "references");

/** Whether there are values enough for every row of a run. */
const isRich = ({ kind, minimum, maximum }: AutoBeAnalyze.IAttribute): boolean =>
  RICH.includes(kind) && (kind === "string" || (maximum ?? 1000) - (minimum ?? 0) >= 1000);

const unique = (built: Built, { members, bound }: RuleDraft, service: Service): Rule | null => {
  const isAccount = service.isAccount(built.entity.name);
  const columns = written(built);
  const rich = columns.filter(isRich);
  const owners = built.entity.attributes.filter(
    (one) => one.kind === "reference" && (one.writer !== "server" || one.source === "actor"),
  );
  const scarce = columns.filter((one) => !isAccount && (one.kind === "boolean" || (one.values ?? []).length > 1));
  const pools = [
    [rich],
    [rich, owners],
    [owners],
    [owners, owners],
    [owners, scarce],
    [rich, scarce, owners],
    [rich, rich],
    [scarce],
  ][bound]!;
  const chosen = pools.map((pool, index) => pool[members[index]! % pool.length]);
  if (chosen.some((one) => one === undefined) || new Set(chosen).size !== chosen.length) return null;
  const isLimited = built.module.rules.some((one) => one.kind === "limit" && one.entity === built.entity.name);
  if (isLimited && chosen.every((one) => !rich.includes(one!))) return null;
  return { kind: "unique", members: chosen.map((one) => one!.name) };
};

const range = (built: Built, { members, bound }: RuleDraft): Rule | null => {
  const open = written(built).filter(
    (one) => [...NUMBERS, "string", "text"].includes(one.kind) && one.minimum === null && one.maximum === null,
  );
  const member = open[members[0]! % open.length];
  if (member === undefined || isRuled(built, member)) return null;
  const [minimum, maximum] = [
    [1, 5],
    [0, null],
    [10, 20],
    [null, 30],
  ][bound % 4]!;
  return { kind: "range", members: [member.name], minimum: minimum!, maximum: maximum! };
};

const order = (built: Built, { members }: RuleDraft): Rule | null => {
  const free = written(built).filter(
    (one) => one.minimum === null && one.maximum === null && !isRuled(built, one, ["range"]),
  );
  const numbers = free.filter((one) => NUMBERS.includes(one.kind));
  const pools = [numbers, ...MOMENTS.map((kind) => free.filter((one) => one.kind === kind))].filter(
    (one) => one.length > 1,
  );
  const pool = pools[members[0]! % pools.length];
  if (pool === undefined) return null;
  const at = members[1]! % (pool.length - 1);
  return { kind: "order", members: [pool[at]!.name, pool[at + 1]!.name] };
};

/** Bounds of two rules about one member might leave nothing between them. */
const isRuled = (built: Built, member: AutoBeAnalyze.IAttribute, kinds = ["range", "unique"]): boolean =>
  built.module.rules.some(
    (one) => one.entity === built.entity.name && kinds.includes(one.kind) && one.members.includes(member.name),
  );

const limit = (built: Built, { members, bound }: RuleDraft, service: Service): Rule | null => {
  const references = built.entity.attributes.filter(
    (one) =>
      one.kind === "reference" &&
      one.target !== built.entity.name &&
      (one.writer !== "server" || one.source === "actor"),
  );
  const member = references[members[0]! % references.length];
  // A unique that runs out of values would keep the limit from ever being reached.
  const isSingle = built.module.rules.some(
    (one) =>
      one.entity === built.entity.name &&
      one.kind === "unique" &&
      !built.entity.attributes.some((attribute) => one.members.includes(attribute.name) && isRich(attribute)),
  );
  if (member === undefined || isSingle) return null;
  const plain = { kind: "limit" as const, members: [member.name], maximum: [1, 2, 3, 5, 10, 30, 31, 100][bound]! };
  return [plain, plain, full(service, built, member, members[1]!), counted(built, plain)][members[1]! % 4] ?? plain;
};

/** As much as the row says that is referred to: rows, or a number of theirs. */
const full = (service: Service, built: Built, reference: AutoBeAnalyze.IAttribute, at: number): Rule | null => {
  const isWritten = (one: AutoBeAnalyze.IAttribute): boolean => one.writer !== "server" && one.required;
  const numbers = (service.find(reference.target!)?.entity.attributes ?? []).filter(
    (one) => one.kind === "int" && isWritten(one) && (one.minimum ?? 0) >= 0 && (one.maximum ?? 1000) >= 1000,
  );
  const amounts = built.entity.attributes.filter(
    (one) => one.kind === "int" && isWritten(one) && (one.minimum ?? 0) >= 0 && !isRuled(built, one),
  );
  const [number, amount] = [numbers[at % numbers.length], at % 3 === 0 ? amounts[at % amounts.length] : undefined];
  if (number === undefined) return null;
  const members = [reference.name, ...(amount === undefined ? [] : [amount.name])];
  return { kind: "limit", members, most: [reference.name, number.name] };
};

/** Rows in their first state alone. */
const counted = ({ lifecycle }: Built, plain: Rule): Rule | null =>
  lifecycle === null ? null : { ...plain, states: [lifecycle.initial] };

const MAKERS = [unique, range, order, limit];
