/** Reads feedback as a model does: the items shown, the members with remarks, and remarks about nothing in particular. */
import type { Value } from "./originals.js";

export interface Shown {
  list: string;
  item: Value;
  /** Members with a remark; an empty one stands for the item as a whole. */
  remarks: string[];
}

export interface Listing {
  shown: Shown[];
  /** Single values that were shown. */
  scalars: string[];
  /** Remarks outside of items. */
  general: string[];
}

export const readListing = (text: string): Listing => {
  const listing: Listing = { shown: [], scalars: [], general: [] };
  for (const [, block] of text.matchAll(/```jsonc\n([\s\S]*?)\n```/g)) readBlock(block!, listing);
  listing.general = [...text.matchAll(/^- ✖ (.*)$/gm)].map((match) => match[1]!);
  return listing;
};

/** Lists stand two blanks deep, items four, members of items six. */
const readBlock = (block: string, listing: Listing): void => {
  let list = "";
  let lines: string[] = [];
  let remarks: string[] = [];
  let member = "";
  for (const line of block.split("\n")) {
    const opened = /^ {2}"(\w+)": (\[)?/.exec(line);
    if (opened !== null) {
      list = opened[1]!;
      if (opened[2] === undefined) listing.scalars.push(list);
      continue;
    }
    if (!line.startsWith("    ")) continue;
    if (/^ {4}\/\/ ✖/.test(line)) {
      remarks.push("");
      continue;
    }
    const key = /^ {6}"(\w+)":/.exec(line);
    if (key !== null) member = key[1]!;
    const absent = /^ {6}\/\/ ✖ (\w+): /.exec(line);
    if (absent !== null) remarks.push(absent[1]!);
    else if (line.includes("// ✖")) remarks.push(/^ {4}[{}]/.test(line) ? "" : member);
    if (absent === null) lines.push(line.replace(/ ?\/\/ ✖.*$/, ""));
    if (/^ {4}(?:\}|[^{\s].*)/.test(line)) {
      const item = parse(lines.join("\n"));
      if (item !== null) listing.shown.push({ list, item, remarks: [...new Set(remarks)] });
      [lines, remarks, member] = [[], [], ""];
    }
  }
};

const parse = (text: string): Value | null => {
  try {
    const value: unknown = JSON.parse(text.replace(/,\s*$/, "").replaceAll(/,(\s*[}\]])/g, "$1"));
    return value !== null && typeof value === "object" ? (value as Value) : null;
  } catch {
    return null;
  }
};
