/** However an analysis is damaged, settling leaves one that checks, and what checks prints and is taken by Prisma. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { prismaCompiler } from "../../src/io/prisma.js";
import { type AutoBeAnalyze, validateAnalyze } from "../../src/phases/1-analyze/ast.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { compileAnalyze } from "../../src/phases/1-analyze/compile.js";
import { settleAnalysis } from "../../src/phases/1-analyze/settle.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import { blueprint } from "../fuzz/blueprint.js";
import { buildAnalysis } from "../fuzz/build.js";

const blow = fc.record({ place: fc.nat(), name: fc.nat(), isDropped: fc.boolean() });
type Blow = typeof blow extends fc.Arbitrary<infer Value> ? Value : never;

it("settles whatever is damaged", () => {
  fc.assert(
    fc.property(blueprint, fc.array(blow, { minLength: 1, maxLength: 8 }), (plan, blows) => {
      const broken = blows.reduce(damaged, buildAnalysis(plan));
      const { analyze } = settleAnalysis(broken);
      expect(checkAnalyze(analyze)).toEqual([]);
      expect(validateAnalyze(analyze).success).toBe(true);
      compileAnalyze(analyze);
      const database = deriveDatabase(analyze);
      expect(checkDatabase(database)).toEqual([]);
      expect(prismaCompiler.lint(compileDatabase(database))).toEqual([]);
    }),
    { numRuns: 150, seed: 20 },
  );
});

/** One value is dropped, turned round or given another's name, if the type still allows it. */
const damaged = (analyze: AutoBeAnalyze.IApplication, { place, name, isDropped }: Blow): AutoBeAnalyze.IApplication => {
  const copy = structuredClone(analyze);
  const places = placesOf(copy.modules);
  const names = copy.modules.flatMap((module) =>
    module.entities.flatMap((entity) => [entity.name, ...entity.attributes.map((attribute) => attribute.name)]),
  );
  const chosen = places[place % Math.max(places.length, 1)];
  if (chosen === undefined) return analyze;
  const [holder, key] = chosen;
  const value = holder[key];
  if (Array.isArray(holder) && isDropped) holder.splice(Number(key), 1);
  else if (typeof value === "string") holder[key] = names[name % Math.max(names.length, 1)] ?? "nobody";
  else if (typeof value === "boolean") holder[key] = !value;
  else if (typeof value === "number") holder[key] = value * -3;
  else holder[key] = null;
  return validateAnalyze(copy).success ? copy : analyze;
};

type Holder = Record<string, unknown>;

const placesOf = (value: unknown): [Holder, string][] => {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [value as Holder, key] as [Holder, string],
    ...placesOf(inner),
  ]);
};
