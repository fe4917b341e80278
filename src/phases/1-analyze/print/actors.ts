/** `02-actors-and-permissions.md`: who there is, and what each may do with which rows. */
import type { AutoBeAnalyze } from "../ast.js";
import { printFilter } from "../filter.js";
import { heading, table } from "./markdown.js";

export const printActors = (analyze: AutoBeAnalyze.IApplication): string =>
  [
    heading(1, "Actors and permissions"),
    heading(2, "Actors"),
    table(
      ["Actor", "Kind", "Accounts", "Description"],
      analyze.actors.map(({ name, kind, signup, description }) => [
        `\`${name}\``,
        kind,
        kind === "guest" ? "none" : SIGNUPS[signup],
        description,
      ]),
    ),
    heading(2, "Permissions"),
    "What no row grants nobody may do. An entity without rows of its own is done with like its parent.\n",
    ...analyze.modules.flatMap((module) => [
      heading(3, module.title),
      table(
        ["Entity", "Actor", "May", "Rows", "Requirements"],
        [...module.permissions.map(row), ...module.entities.filter((entity) => inherits(analyze, entity)).map(heir)],
      ),
    ]),
  ].join("\n");

const SIGNUPS = { open: "by signing up", invited: "from the seed" } as const;

const row = ({ entity, actor, actions, filter, requirements }: AutoBeAnalyze.IPermission): string[] => [
  entity,
  `\`${actor}\``,
  actions.join(", "),
  filter === null ? "all" : `\`${printFilter(filter)}\``,
  requirements.join(", "),
];

const inherits = (analyze: AutoBeAnalyze.IApplication, entity: AutoBeAnalyze.IEntity): boolean =>
  entity.parent !== null &&
  analyze.modules.every((module) => module.permissions.every((permission) => permission.entity !== entity.name));

const heir = ({ name, parent, requirements }: AutoBeAnalyze.IEntity): string[] => [
  name,
  "",
  `as with ${parent}`,
  `those of a ${parent} within reach`,
  requirements.join(", "),
];
