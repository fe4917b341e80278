/** Headings, lists and tables of Markdown, each ending in a line break. */

export const heading = (level: 1 | 2 | 3, text: string): string => `${"#".repeat(level)} ${line(text)}\n`;

export const list = (items: readonly string[]): string =>
  items.length === 0 ? "Nothing is named.\n" : `${items.map((item) => `- ${line(item)}`).join("\n")}\n`;

/** Cells may hold Markdown; bars and line breaks in them are escaped. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? "None.\n"
    : `${[head, head.map(() => "---"), ...rows.map((row) => row.map(cell))].map((row) => `| ${row.join(" | ")} |`).join("\n")}\n`;

export const diagram = (lines: readonly string[]): string => `\`\`\`mermaid\n${lines.join("\n")}\n\`\`\`\n`;

const line = (text: string): string => text.replace(/\s+/g, " ").trim();
const cell = (text: string): string => line(text).replaceAll("|", "\\|");
