/** Source text of one generated module: its body, and imports that follow from the names the body uses. */
import { type AutoBeDatabase, modelsOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";

/** Name → the module under `src/`, or the package, that exports it. */
export type Exports = ReadonlyMap<string, { from: string; kind: "type" | "value" }>;

const FIXED: [from: string, kind: "type" | "value", names: string][] = [
  ["node:crypto", "value", "randomInt randomUUID"],
  ["decimal.js", "value", "Decimal"],
  ["auth/authorize", "type", "Caller"],
  ["auth/password", "value", "hashPassword verifyPassword"],
  ["auth/session", "value", "closeSession openSession refreshSession"],
  ["auth/session", "type", "SessionStore"],
  ["clock", "value", "clock"],
  ["database", "value", "database"],
  ["database", "type", "Transaction"],
  ["paging", "value", "paginate window"],
  ["prisma/client", "type", "Prisma"],
  ["refusal", "value", "refusal"],
  ["search", "value", "containing"],
  ["wire", "value", "parseBytes parseDay parseMoment parseTime printBytes printDay printTime"],
  ["api/structures/IPage", "type", "IPage"],
  ["api/structures/IAuthorizationToken", "type", "IAuthorizationToken"],
];

/** Everything that modules of this project export to one another. */
export const exportsOf = (database: AutoBeDatabase.IApplication, document: AutoBeOpenApi.IDocument): Exports => {
  const made = new Map<string, { from: string; kind: "type" | "value" }>();
  for (const name of Object.keys(document.components.schemas).map((one) => one.split(".")[0]!))
    made.set(name, { from: `api/structures/${name}`, kind: "type" });
  for (const [from, kind, names] of FIXED) for (const name of names.split(" ")) made.set(name, { from, kind });
  for (const { name, stance } of modelsOf(database)) {
    if (stance === "session") continue;
    for (const [folder, suffix] of SUFFIXES)
      made.set(`${name}${suffix}`, { from: `${folder}/${name}${suffix}`, kind: "value" });
  }
  return made;
};

const SUFFIXES = [
  ["transformers", "Transformer"],
  ["transformers", "Summarizer"],
  ["collectors", "Collector"],
  ["scopes", "Scope"],
  ["providers", "Provider"],
];

/** Puts the imports above a module's body. `folder` is the module's folder under `src/`, empty for `src/` itself. */
export const withImports = (exports: Exports, folder: string, self: string, body: string): string => {
  const code = body.replaceAll(/\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, "");
  const imports = new Map<string, { values: Set<string>; types: Set<string> }>();
  for (const name of new Set(code.match(/(?<![\w.$])[A-Za-z_$][\w$]*(?!\w*:)/g) ?? [])) {
    const found = exports.get(name);
    if (found === undefined || name === self) continue;
    const { from, kind } = name === "Prisma" && USES_PRISMA.test(code) ? { ...found, kind: "value" } : found;
    const path = /[.:]/.test(from) ? from : relative(folder, from);
    const entry = imports.get(path) ?? { values: new Set(), types: new Set() };
    (kind === "type" ? entry.types : entry.values).add(name);
    imports.set(path, entry);
  }
  const lines = [...imports]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([from, { values, types }]) => {
      if (values.size === 0) return `import type { ${[...types].sort().join(", ")} } from "${from}";`;
      const names = [...[...values].sort(), ...[...types].sort().map((name) => `type ${name}`)];
      return `import { ${names.join(", ")} } from "${from}";`;
    });
  return lines.length === 0 ? body : `${lines.join("\n")}\n\n${body}`;
};

/** Members of Prisma that are there at run time. */
const USES_PRISMA = /\bPrisma\.(?:DbNull|JsonNull|sql|Decimal)\b/;

const relative = (folder: string, to: string): string => {
  if (folder === "") return `./${to}`;
  return to.startsWith(`${folder}/`) ? `./${to.slice(folder.length + 1)}` : `../${to}`;
};

/** Property of the Prisma client that holds a model: `IPAddress` → `iPAddress`. */
export const delegate = (model: string): string => model.charAt(0).toLowerCase() + model.slice(1);
/** As Prisma writes a member inside of its types: `dueDate` → `DueDate`. */
export const capital = (member: string): string => member.charAt(0).toUpperCase() + member.slice(1);
export const quote = (text: string): string => JSON.stringify(text);
