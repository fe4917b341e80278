/** Are the entities and their attributes sound: names, parents, kinds, writers and sources? */
import { nearest } from "../../../base/diagnostic.js";
import {
  columnName,
  foreignKey,
  isReserved,
  isReservedModel,
  LONGEST_NAME,
  linkIds,
  pascal,
  plural,
  sessionModel,
  tableName,
} from "../../../base/naming.js";
import type { AutoBeAnalyze } from "../ast.js";
import { checkBounds } from "./bounds.js";
import { checkSource } from "./sources.js";
import type { World } from "./world.js";

export const checkEntities = (world: World): void => {
  const taken = new Map<string, string>();
  for (const actor of world.analyze.actors)
    if (actor.kind !== "guest")
      taken.set(plural(sessionModel(actor.name)).toLowerCase(), `the logins of ${actor.name}`);
  for (const entity of world.entities) {
    checkName(world, entity, taken);
    checkParent(world, entity);
    const names = new Map<string, string>();
    for (const attribute of entity.attributes) checkAttribute(world, entity, attribute, names);
  }
};

const checkName = (world: World, entity: AutoBeAnalyze.IEntity, taken: Map<string, string>): void => {
  const path = `${world.at(entity)}.name`;
  const key = plural(entity.name).toLowerCase();
  const { findings } = world;
  if (isReservedModel(entity.name))
    findings.add(
      "ANALYZE.RESERVED_NAME",
      path,
      `"${entity.name}" is taken by the runtime; choose a more telling noun.`,
    );
  else if (taken.has(key))
    findings.add("ANALYZE.COLLIDING_NAME", path, `"${entity.name}" would share its table with ${taken.get(key)}.`);
  const table = tableName(world.analyze.prefix, entity.name);
  if (table.length > LONGEST_NAME)
    findings.add(
      "ANALYZE.NAME_TOO_LONG",
      path,
      `The table "${table}" is longer than ${LONGEST_NAME}; shorten the name.`,
    );
  taken.set(key, entity.name);
};

const checkParent = (world: World, entity: AutoBeAnalyze.IEntity): void => {
  const wrong = entity.parent === null ? null : wrongParent(world, entity, entity.parent);
  if (wrong !== null) world.findings.add(wrong[0], `${world.at(entity)}.parent`, wrong[1]);
};

const wrongParent = (
  world: World,
  { name, attributes }: AutoBeAnalyze.IEntity,
  parent: string,
): [string, string] | null => {
  if (!world.exists(parent))
    return ["ANALYZE.UNKNOWN_ENTITY", `There is no "${parent}"; nearest: ${nearest(parent, world.names())}.`];
  if (world.account(parent) || world.account(name))
    return [
      "ANALYZE.PARENT_IS_ACCOUNT",
      "Accounts are not parents and have none. Say null, and own rows through a reference with source actor.",
    ];
  const chain = [name];
  for (let at = world.entity(parent); at !== undefined; at = world.entity(at.parent)) {
    const said = [...chain, at.name].join(" → ");
    if (chain.includes(at.name)) {
      const isFirst = at.name === name && world.entities.find((one) => chain.includes(one.name))?.name === name;
      return isFirst ? ["ANALYZE.PARENT_CYCLE", `"${name}" would be its own ancestor: ${said}.`] : null;
    }
    chain.push(at.name);
  }
  const reference = attributes.find((attribute) => attribute.kind === "reference" && attribute.target === parent);
  if (reference?.required !== true)
    return ["ANALYZE.PARENT_REFERENCE", `${name} belongs to ${parent} only by a required reference to it.`];
  // what lies deeper still is mended with it
  if (chain.length !== 4) return null;
  return [
    "ANALYZE.PARENT_DEPTH",
    `${chain.join(" → ")} is deeper than three; use a plain reference instead of the parent.`,
  ];
};

const checkAttribute = (
  world: World,
  entity: AutoBeAnalyze.IEntity,
  attribute: AutoBeAnalyze.IAttribute,
  names: Map<string, string>,
): void => {
  const { findings } = world;
  const path = world.at(attribute);
  if (isReserved(attribute.name))
    findings.add(
      "ANALYZE.RESERVED_NAME",
      `${path}.name`,
      `"${attribute.name}" is a reserved word; choose another name.`,
    );
  for (const name of memberNames(attribute)) {
    const column = columnName(name);
    const other = names.get(column);
    if (other !== undefined)
      findings.add("ANALYZE.DUPLICATE_NAME", `${path}.name`, `${entity.name} has "${name}" already, by "${other}".`);
    else if (column.length > LONGEST_NAME)
      findings.add(
        "ANALYZE.NAME_TOO_LONG",
        `${path}.name`,
        `The column "${column}" is longer than ${LONGEST_NAME}; shorten the name.`,
      );
    names.set(column, attribute.name);
  }
  checkTarget(world, attribute, path);
  checkValues(world, attribute, path);
  checkBounds(attribute.kind, attribute.minimum, attribute.maximum, path, findings);
  checkSource(world, entity, attribute, path);
  if (world.account(entity.name) && attribute.kind === "reference" && attribute.required)
    findings.add(
      "ANALYZE.ACCOUNT_REFERENCE",
      `${path}.required`,
      "An account is made by signing up, so its references cannot be required.",
    );
};

/** Names under which an attribute appears: a reference also by its column, a link also by the keys in a body. */
const memberNames = ({ name, kind }: AutoBeAnalyze.IAttribute): string[] =>
  kind === "reference" ? [name, foreignKey(name)] : kind === "references" ? [name, linkIds(name)] : [name];

const checkTarget = (world: World, attribute: AutoBeAnalyze.IAttribute, path: string): void => {
  const { findings } = world;
  if (attribute.kind !== "reference" && attribute.kind !== "references") return;
  if (attribute.target === null)
    findings.add("ANALYZE.TARGET_MISSING", `${path}.target`, "A reference needs the entity or account it points to.");
  else if (!world.exists(attribute.target)) {
    const meant = world.names();
    findings.add(
      "ANALYZE.UNKNOWN_ENTITY",
      `${path}.target`,
      `There is no "${attribute.target}"; nearest: ${nearest(pascal(attribute.target), meant)}.`,
    );
  }
};

const checkValues = (world: World, attribute: AutoBeAnalyze.IAttribute, path: string): void => {
  if (attribute.kind !== "enum") return;
  const values = attribute.values ?? [];
  if (values.length === 0) world.findings.add("ANALYZE.VALUES_MISSING", `${path}.values`, "An enum needs its values.");
  else if (new Set(values).size !== values.length)
    world.findings.add("ANALYZE.DUPLICATE_NAME", `${path}.values`, "A value is there twice.");
};
