/** Source text of one generated module: its body, and imports that follow from the names the body uses. */
import { camel } from "../../../base/naming.js";

/** Names of fixed and generated modules → where they come from, relative to `src/`. */
const MODULES: [RegExp, string, "type" | "value"][] = [
  [/^(randomUUID)$/, "node:crypto", "value"],
  [/^(Caller)$/, "auth/authorize", "type"],
  [/^(hashPassword|verifyPassword)$/, "auth/password", "value"],
  [/^(closeSession|openSession|refreshSession)$/, "auth/session", "value"],
  [/^(SessionStore)$/, "auth/session", "type"],
  [/^(clock)$/, "clock", "value"],
  [/^(database)$/, "database", "value"],
  [/^(Transaction)$/, "database", "type"],
  [/^(paginate|window)$/, "paging", "value"],
  [/^(refusal)$/, "refusal", "value"],
  [/^(containing)$/, "search", "value"],
  [/^(parseDay|parseMoment|printDay)$/, "wire", "value"],
];

/** Puts the imports above a module's body. `folder` is the module's folder under `src/`, empty for `src/` itself. */
export const withImports = (folder: string, self: string, body: string): string => {
  const code = body.replaceAll(/\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, "");
  const used = new Set(code.match(/(?<![\w.$])[A-Za-z_$][\w$]*/g) ?? []);
  const declared = new Set([...code.matchAll(/\b(?:const|namespace|interface|type|function|let)\s+([A-Za-z_$][\w$]*)/g)].map((match) => match[1]!));
  const imports = new Map<string, { values: Set<string>; types: Set<string> }>();
  const add = (from: string, name: string, kind: "type" | "value"): void => {
    const path = from.startsWith("node:") || !isLocal(from) ? from : relative(folder, from);
    const entry = imports.get(path) ?? { values: new Set(), types: new Set() };
    (kind === "type" ? entry.types : entry.values).add(name);
    imports.set(path, entry);
  };
  for (const name of used) {
    if (name === self || declared.has(name)) continue;
    const fixed = MODULES.find(([pattern]) => pattern.test(name));
    if (fixed !== undefined) add(fixed[1], name, fixed[2]);
    else if (name === "Prisma") add("prisma/client", name, /\bPrisma\.(DbNull|JsonNull|sql|Decimal)\b/.test(code) ? "value" : "type");
    else if (name === "Decimal") add("decimal.js", name, "value");
    else if (/^\w+Transformer$/.test(name)) add(`transformers/${name}`, name, "value");
    else if (/^\w+Collector$/.test(name)) add(`collectors/${name}`, name, "value");
    else if (/^\w+Scope$/.test(name)) add(`scopes/${name}`, name, "value");
    else if (/^\w+Provider$/.test(name)) add(`providers/${name}`, name, "value");
    else if (/^I[A-Z]\w*$/.test(name)) add(`api/structures/${name}`, name, "type");
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

const isLocal = (from: string): boolean => from !== "decimal.js";

const relative = (folder: string, to: string): string => {
  if (folder === "") return `./${to}`;
  return to.startsWith(`${folder}/`) ? `./${to.slice(folder.length + 1)}` : `../${to}`;
};

/** Property of the Prisma client that holds a model. */
export const delegate = camel;
export const quote = (text: string): string => JSON.stringify(text);
