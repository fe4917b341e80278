/** Prompts are Markdown with `{{placeholders}}`; TypeScript supplies the values. */
import { Bug } from "./mishap.js";

const PLACEHOLDER = /\{\{\s*([A-Za-z][A-Za-z0-9]*)\s*\}\}/g;

/** Fills a template; a placeholder without value and a value without placeholder are both Bugs. */
export const render = (template: string, values: Record<string, string>): string => {
  const used = new Set<string>();
  const text = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Bug(`The prompt asks for {{${name}}}, which nobody supplies.`);
    used.add(name);
    return value;
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Bug(`The prompt has no place for ${unused.join(", ")}.`);
  return text.trim();
};
