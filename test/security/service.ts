/** A small service with something of each kind to attack: private rows, rows below them, an account with a rank, and an actor by invitation. */
import type { AutoBeAnalyze } from "../../src/phases/1-analyze/ast.js";

const attribute = (
  name: string,
  kind: AutoBeAnalyze.Kind,
  parts: Partial<AutoBeAnalyze.IAttribute> = {},
): AutoBeAnalyze.IAttribute => ({
  name,
  description: `Its ${name}.`,
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

const server = (source: AutoBeAnalyze.Source, of: string | null = null): Partial<AutoBeAnalyze.IAttribute> => ({
  writer: "server",
  source,
  of,
});

const MINE: AutoBeAnalyze.ICondition[] = [{ path: ["owner"], operator: "=", value: "me" }];
const SELF: AutoBeAnalyze.ICondition[] = [{ path: ["id"], operator: "=", value: "me" }];

const permission = (
  actor: string,
  entity: string,
  actions: AutoBeAnalyze.Action[],
  filter: AutoBeAnalyze.ICondition[] | null,
): AutoBeAnalyze.IPermission => ({ actor, entity, actions, filter, requirements: ["notes.R1"] });

const entity = (
  name: string,
  parent: string | null,
  attributes: AutoBeAnalyze.IAttribute[],
): AutoBeAnalyze.IEntity => ({
  name,
  description: `One ${name.toLowerCase()}.`,
  parent,
  attributes,
  requirements: ["notes.R1"],
});

export const securedAnalysis = (): AutoBeAnalyze.IApplication => ({
  name: "secured-notes",
  title: "Secured notes",
  summary: "Notes that nobody but their owner reads.",
  prefix: "sec",
  scopeIn: [],
  scopeOut: [],
  actors: [
    { name: "member", kind: "member", signup: "open", description: "Writes notes." },
    { name: "admin", kind: "admin", signup: "invited", description: "Reads all notes." },
  ],
  modules: [
    {
      name: "notes",
      title: "Notes",
      purpose: "Keeping notes.",
      requirements: [
        { id: "notes.R1", text: "A member keeps notes.", priority: "must", acceptance: "The note is there." },
      ],
      entities: [
        entity("Member", null, [
          attribute("nickname", "string"),
          attribute("level", "enum", { values: ["basic", "trusted"], ...server("constant", "basic") }),
        ]),
        entity("Note", null, [
          attribute("title", "string"),
          attribute("owner", "reference", { target: "Member", ...server("actor") }),
          attribute("stars", "int", { minimum: 0, maximum: 99, ...server("constant", "0") }),
          attribute("closedAt", "datetime", { required: false, ...server("transition", "close") }),
        ]),
        entity("Entry", "Note", [
          attribute("note", "reference", { target: "Note", writer: "create" }),
          attribute("text", "string"),
        ]),
      ],
      permissions: [
        permission("member", "Member", ["read", "update"], SELF),
        permission("member", "Note", ["create", "read", "update", "erase"], MINE),
        permission("admin", "Note", ["read"], null),
      ],
      lifecycles: [
        {
          entity: "Note",
          attribute: "status",
          states: ["open", "closed"],
          initial: "open",
          transitions: [
            {
              action: "close",
              actors: ["member"],
              scopes: [],
              from: ["open"],
              to: "closed",
              requirements: ["notes.R1"],
            },
          ],
          requirements: ["notes.R1"],
        },
      ],
      rules: [],
      operations: [],
      unserved: [],
    },
  ],
});
