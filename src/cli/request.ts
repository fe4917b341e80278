/** What the user asks for: words on the command line, or `@file`. */
import { basename, dirname, extname, resolve } from "node:path";
import { Failure } from "../base/mishap.js";
import { slug } from "../base/naming.js";
import { readText } from "../io/surroundings.js";

export interface Request {
  text: string;
  /** Where a run goes that names no --out. */
  folder: string;
}

export const readRequest = async (given: string): Promise<Request> => {
  const file = given.startsWith("@") ? given.slice(1) : null;
  const text = (file === null ? given : await readText(file)).replace(/^\uFEFF/, "").trim();
  if (text === "") throw new Failure("CLI.EMPTY_REQUEST", "The request is empty.", "Say in a sentence what to build.");
  return { text, folder: slug(file === null ? text : nameOf(file)) || "backend" };
};

/** Line ends and trailing blanks do not make another request. */
export const isSameRequest = (left: string, right: string): boolean => normal(left) === normal(right);

const normal = (text: string): string => text.replace(/\s+/g, " ").trim();

/** `examples/library/request.md` is about library. */
const nameOf = (file: string): string => {
  const stem = basename(file, extname(file));
  return stem === "request" ? basename(dirname(resolve(file))) : stem;
};

/** What a schema is about: `shop/prisma/schema.prisma` shop, `blog.prisma` blog. */
export const subjectOf = (file: string): string =>
  [basename(file, extname(file)), ...dirname(resolve(file)).split(/[\\/]/).reverse()].find(
    (one) => /[a-z]/i.test(one) && !EVERYWHERE.has(one.toLowerCase()),
  ) ?? "backend";

const EVERYWHERE = new Set(["schema", "main", "index", "prisma", "db", "database", "src", "app", "packages"]);

/** A file without its folder. */
export const titleOf = (file: string): string => basename(file);
