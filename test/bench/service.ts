/** A service of any size, always of the same density: modules of five entities that refer to one another and to the module before. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";

/** Two actors with a table and a session table each, and five tables a module. */
export const serviceOf = (modules: number): AutoBeAnalyze.IApplication => ({
  name: "measured-service",
  title: "Measured service",
  summary: "Rows of many kinds, kept by members.",
  prefix: "ms",
  scopeIn: [],
  scopeOut: [],
  actors: [
    { name: "member", kind: "member", signup: "open", description: "Keeps rows." },
    { name: "clerk", kind: "admin", signup: "invited", description: "Looks after rows." },
  ],
  modules: Array.from({ length: modules }, (_, index) => moduleOf(index)),
});

const moduleOf = (index: number): AutoBeAnalyze.IModule => {
  const module = `part${index}`;
  const name = (noun: string): string => `${noun}${letters(index)}`;
  const [folder, file, tag, visit, order] = ["Folder", "File", "Tag", "Visit", "Order"].map(name) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const R = (n: number): string[] => [`${module}.R${n}`];
  const earlier = index === 0 ? [] : [reference("origin", `Tag${letters(index - 1)}`, "create", false)];
  return {
    name: module,
    title: `Part ${index}`,
    purpose: "Keeps rows of five kinds.",
    requirements: Array.from({ length: 6 }, (_, n) => ({
      id: `${module}.R${n + 1}`,
      text: `When a member keeps rows of part ${index}, the service shall do thing ${n + 1}.`,
      priority: "must" as const,
      acceptance: "It is seen.",
    })),
    entities: [
      entity(folder, null, R(1), [text("title", 1, 80), text("note", 0, 400, false), owner(), ...earlier]),
      entity(file, folder, R(2), [
        reference("folder", folder, "create"),
        text("title", 1, 120),
        number("pages", 1, 1000),
        kind("price", "decimal", 0, 1000),
        choice("format", ["plain", "rich", "scanned"]),
        kind("due", "date", null, null, false),
      ]),
      entity(tag, null, R(3), [text("label", 1, 40), owner()]),
      entity(visit, file, R(4), [
        reference("file", file, "create"),
        text("remark", 0, 200, false),
        kind("at", "datetime", null, null),
      ]),
      entity(order, null, R(5), [
        owner(),
        reference("tag", tag, "update", false),
        number("quantity", 1, 99),
        text("address", 1, 200),
      ]),
    ],
    permissions: [
      ...[folder, tag, order].map((one) =>
        permission("member", one, ["create", "read", "update", "erase"], ["owner"], R(6)),
      ),
      permission("member", file, ["create", "read", "update", "erase"], ["folder", "owner"], R(6)),
      permission("member", visit, ["create", "read", "erase"], ["file", "folder", "owner"], R(6)),
      permission("clerk", order, ["read"], null, R(6)),
    ],
    lifecycles: [
      {
        entity: order,
        attribute: "status",
        states: ["open", "sent", "closed"],
        initial: "open",
        transitions: [
          { action: "send", actors: ["member"], from: ["open"], to: "sent", scopes: [], requirements: R(5) },
          { action: "close", actors: ["member"], from: ["sent"], to: "closed", scopes: [], requirements: R(5) },
        ],
        requirements: R(5),
      },
    ],
    rules: [
      {
        name: "uniqueLabel",
        entity: tag,
        kind: "unique",
        members: ["owner", "label"],
        minimum: null,
        maximum: null,
        most: null,
        states: [],
        needs: null,
        on: [],
        statement: "A member has a label once.",
        requirements: R(3),
      },
    ],
    operations: [],
    unserved: [],
  };
};

/** `a`, …, `z`, `aa`: names that keep their plural. */
const letters = (index: number): string =>
  (index < 26 ? "" : String.fromCharCode(64 + Math.floor(index / 26))) + String.fromCharCode(65 + (index % 26));

const entity = (
  name: string,
  parent: string | null,
  requirements: string[],
  attributes: AutoBeAnalyze.IAttribute[],
): AutoBeAnalyze.IEntity => ({
  name,
  description: `A row of kind ${name}.`,
  parent,
  attributes: attributes.map((one) => ({ ...one, requirements })),
  requirements,
});

const kind = (
  name: string,
  kind: AutoBeAnalyze.Kind,
  minimum: number | null,
  maximum: number | null,
  required = true,
): AutoBeAnalyze.IAttribute => ({
  name,
  description: `The ${name}.`,
  kind,
  required,
  writer: "update",
  target: null,
  values: null,
  minimum,
  maximum,
  source: null,
  of: null,
  requirements: [],
});
const text = (name: string, minimum: number, maximum: number, required = true) =>
  kind(name, "string", minimum, maximum, required);
const number = (name: string, minimum: number, maximum: number) => kind(name, "int", minimum, maximum);
const choice = (name: string, values: string[]): AutoBeAnalyze.IAttribute => ({
  ...kind(name, "enum", null, null),
  values,
});
const reference = (
  name: string,
  target: string,
  writer: "create" | "update",
  required = true,
): AutoBeAnalyze.IAttribute => ({ ...kind(name, "reference", null, null, required), target, writer });
const owner = (): AutoBeAnalyze.IAttribute => ({
  ...kind("owner", "reference", null, null),
  target: "Member",
  writer: "server",
  source: "actor",
});

const permission = (
  actor: string,
  entity: string,
  actions: AutoBeAnalyze.Action[],
  path: string[] | null,
  requirements: string[],
): AutoBeAnalyze.IPermission => ({
  actor,
  entity,
  actions,
  filter: path === null ? null : [{ path, operator: "=", value: "me" }],
  requirements,
});
