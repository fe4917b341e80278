/** Schemas that somebody else wrote, as the command line reads them. */
import { readFileSync } from "node:fs";
import { parsePrismaSchema } from "../../src/io/prisma-schema.js";
import { type Adopted, adoptSchema } from "../../src/pipeline/adopt/adopt.js";

export const NAMES = ["blog", "inventory", "school", "odd", "legacy", "lists", "kept"] as const;

export const schemaText = (name: string): string => readFileSync(new URL(`./${name}.prisma`, import.meta.url), "utf8");

export const adoptText = (text: string, name = "shop"): Adopted =>
  adoptSchema(parsePrismaSchema("schema.prisma", text), { name, summary: null });
