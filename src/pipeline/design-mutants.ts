/** A design → its mutants: one member of the contract or the implementation is another, and what is printed from it. */
import type { FileTree } from "../base/file-tree.js";
import type { Mutant } from "../base/mutation.js";
import { changedMembers, unusedMembers } from "../gate/mutation/unused.js";
import type { AutoBeDatabase } from "../phases/2-database/ast.js";
import { modelNamed } from "../phases/2-database/ast.js";
import type { AutoBeOpenApi } from "../phases/3-interface/ast.js";
import { compileInterface } from "../phases/3-interface/compile/compile.js";
import type { AutoBeRealize } from "../phases/5-realize/ast.js";
import { compileRealize } from "../phases/5-realize/compile/compile.js";
import type { Design } from "./design.js";

export type DesignMutant = Mutant;

type Kept = "document" | "realize";

interface Fault {
  operator: string;
  description: string;
  record: Kept;
  /** Makes the fault in a copy of the design. */
  make(document: AutoBeOpenApi.IDocument, realize: AutoBeRealize.IApplication): void;
}

/** Under unchanged tests. A fault that shows in no file is none. */
export const designMutantsOf = ({ database, document, realize }: Design): DesignMutant[] => {
  if (database === null || document === null || realize === null) return [];
  const sound = compileRealize(database, document, realize);
  const unused = unusedMembers({ ...sound, ...compileInterface(document) });
  return [...faultsOfDocument(database, document), ...faultsOfRealize(realize)].flatMap((fault): DesignMutant[] => {
    const copies = { document: structuredClone(document), realize: structuredClone(realize) };
    fault.make(copies.document, copies.realize);
    const files = changed(sound, compileRealize(database, copies.document, copies.realize));
    if (Object.keys(files).length === 0 || !Object.keys(files).every(isSwappable)) return [];
    const members = membersOf(sound, files);
    // Nothing of the backend comes to what differs.
    if (members?.every((member) => unused.has(member))) return [];
    const line = firstDifference({ document, realize }[fault.record], copies[fault.record]);
    const { operator, description, record } = fault;
    return [{ operator, description, file: `.autobe/ast/${record}.json`, line, members: members ?? [], files }];
  });
};

/** Functions that differ; null where something else does. */
const membersOf = (sound: FileTree, files: FileTree): string[] | null => {
  const members = Object.entries(files).map(([path, text]) => changedMembers(sound[path] ?? "", text));
  return members.includes(null) ? null : members.flatMap((one) => one ?? []);
};

const changed = (sound: FileTree, broken: FileTree): FileTree =>
  Object.fromEntries(Object.entries(broken).filter(([path, text]) => sound[path] !== text));

/** Modules of namespaces, which are looked up at each call. */
const isSwappable = (path: string): boolean => /^src\/(providers|scopes|collectors|transformers)\//.test(path);

/** Line of the record, as it lies there, from one. */
const firstDifference = (sound: object, broken: object): number => {
  const [left, right] = [sound, broken].map((one) => JSON.stringify(one, null, 2).split("\n"));
  return left!.findIndex((line, index) => line !== right![index]) + 1;
};

const faultsOfDocument = (database: AutoBeDatabase.IApplication, document: AutoBeOpenApi.IDocument): Fault[] => [
  ...document.operations.flatMap((operation, at) =>
    operation.path.startsWith("/auth/") ? [] : faultsOfOperation(database, operation, at),
  ),
  ...Object.entries(document.readers).flatMap(([model, readers]) =>
    readers.flatMap((access, index) =>
      faultsOfAccess(database, model, access, `of who reads ${model}`, (copy) => copy.readers[model]![index]!),
    ),
  ),
];

const faultsOfOperation = (
  database: AutoBeDatabase.IApplication,
  operation: AutoBeOpenApi.IOperation,
  at: number,
): Fault[] => {
  const inDocument = (
    operator: string,
    description: string,
    make: (operation: AutoBeOpenApi.IOperation) => void,
  ): Fault => ({
    operator,
    description: `${operation.name}: ${description}`,
    record: "document",
    make: (document) => make(document.operations[at]!),
  });
  const { transition } = operation;
  const states = modelNamed(database, operation.model ?? "")?.plainFields.find(
    (field) => field.name === transition?.attribute,
  )?.values;
  return [
    ...operation.access.flatMap((access, index) =>
      faultsOfAccess(
        database,
        operation.model,
        access,
        `of ${operation.name}`,
        (copy) => copy.operations[at]!.access[index]!,
      ),
    ),
    ...operation.refusals.flatMap((refusal, index) => [
      ...(refusal.provoke === null || refusal.provoke.kind === "state"
        ? []
        : [inDocument("drop refusal", `without ${refusal.code}`, (copy) => void copy.refusals.splice(index, 1))]),
      inDocument("wrong refusal", `${refusal.code} has another status`, (copy) => {
        copy.refusals[index]!.status = refusal.status === 409 ? 422 : 409;
      }),
      ...(refusal.provoke?.kind === "limit"
        ? [
            inDocument("wrong limit", `one more than ${refusal.provoke.maximum}`, (copy) => {
              ++(copy.refusals[index]!.provoke as AutoBeOpenApi.IProvocation.ILimit).maximum;
            }),
          ]
        : []),
    ]),
    ...operation.effects.flatMap((effect, index) =>
      effect.compiled
        ? [
            inDocument("drop effect", `without ${effect.action} of ${effect.column}`, (copy) => {
              copy.effects.splice(index, 1);
            }),
          ]
        : [],
    ),
    ...(transition === null || states == null
      ? []
      : [
          ...states
            .filter((state) => !transition.from.includes(state))
            .slice(0, 1)
            .map((state) =>
              inDocument("wrong transition", `from ${state}, too`, (copy) => copy.transition!.from.push(state)),
            ),
          ...states
            .filter((state) => state !== transition.to)
            .slice(0, 1)
            .map((state) =>
              inDocument("wrong transition", `to ${state}`, (copy) => {
                for (const assignment of copy.effects.flatMap((effect) => effect.assignments))
                  if (assignment.column === transition.attribute) assignment.value = { kind: "literal", value: state };
              }),
            ),
        ]),
  ];
};

/** Anybody's rows, or those of whoever stands at another relation to the same actor. */
const faultsOfAccess = (
  database: AutoBeDatabase.IApplication,
  model: string | null,
  access: AutoBeOpenApi.IAccess,
  where: string,
  find: (document: AutoBeOpenApi.IDocument) => AutoBeOpenApi.IAccess,
): Fault[] => {
  if (access.filter === null) return [];
  const said = `${where} by ${access.actor}`;
  return [
    {
      operator: "drop filter",
      description: `without the filter ${said}`,
      record: "document",
      make: (document) => {
        find(document).filter = null;
      },
    },
    ...access.filter.flatMap(({ path }, index) => {
      const fields = modelNamed(database, model ?? "")?.foreignFields ?? [];
      const target = fields.find((field) => field.relation.name === path[0])?.relation.targetModel;
      const other = fields.find((field) => field.relation.targetModel === target && field.relation.name !== path[0]);
      if (other === undefined || target === undefined) return [];
      const make = (document: AutoBeOpenApi.IDocument): void => {
        find(document).filter![index]!.path[0] = other.relation.name;
      };
      const description = `${other.relation.name} instead of ${path[0]} in the filter ${said}`;
      return [{ operator: "swap path", description, record: "document" as const, make }];
    }),
  ];
};

const faultsOfRealize = ({ operations, collectors }: AutoBeRealize.IApplication): Fault[] => [
  ...operations.flatMap((operation, at) =>
    (["before", "after"] as const).flatMap((moment) =>
      operation[moment].flatMap((step, index): Fault[] => [
        {
          operator: step.refuseIf === null ? "drop effect" : "drop refusal",
          description: `${operation.name}: without the step "${step.why}"`,
          record: "realize",
          make: (_, realize) => void realize.operations[at]![moment].splice(index, 1),
        },
      ]),
    ),
  ),
  ...collectors.flatMap((collector, at) =>
    (["create", "update"] as const).flatMap((moment) =>
      (collector[moment] ?? []).flatMap((mapping, index): Fault[] =>
        mapping.from.kind === "id"
          ? []
          : [
              {
                operator: "drop mapping",
                description: `${collector.model}: ${moment} does not write ${mapping.member}`,
                record: "realize",
                make: (_, realize) => void realize.collectors[at]![moment]!.splice(index, 1),
              },
            ],
      ),
    ),
  ),
];
