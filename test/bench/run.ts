/** `npm run bench:harness -- --seed S --cases N --runs N --json`: repair of damaged answers, convergence of feedback, speed. */
import { parseArgs } from "node:util";
import { benchConvergence, type Converged } from "./converge.js";
import { RIVALS } from "./rivals.js";
import { benchSpeed, type Speed } from "./speed.js";
import { benchSyntax, type Syntactic } from "./syntactic.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    /** Damaged replies; a quarter as many more are cut, echoed or empty. */
    cases: { type: "string", default: "3000" },
    /** Simulated answers per talent of the model, and how many of them are told as a whole too. */
    runs: { type: "string", default: "2000" },
    whole: { type: "string", default: "48" },
    json: { type: "boolean", default: false },
  },
});

const TALENTS = [0.9, 0.5].flatMap((p) => [0.0675, 0.3, 0.6].map((firstTry) => ({ p, q: 0.05, firstTry })));

const main = async (): Promise<void> => {
  const [seed, cases] = [Number(values.seed), Number(values.cases)];
  say("damaging answers …");
  const syntactic = await benchSyntax({ seed, cases, refusals: Math.round(cases / 4), rivals: RIVALS });
  say("simulating models …");
  const runs = { runs: Number(values.runs), wholeRuns: Number(values.whole) };
  const converge = await benchConvergence({ seed, talents: TALENTS, ...runs });
  say("measuring …");
  const speed = await benchSpeed();
  if (values.json) process.stdout.write(`${JSON.stringify({ syntactic, converge, speed })}\n`);
  else process.stdout.write([syntaxTable(syntactic), convergeTable(converge), speedTable(speed)].join("\n\n") + "\n");
};

const syntaxTable = ({ cases, repaired, wrong, rivals, refusals }: Syntactic): string =>
  [
    `| of ${cases} damaged answers | repaired | wrong | accepted of ${refusals.cases} cut, echoed, empty |`,
    "| --- | ---: | ---: | ---: |",
    `| autobe | ${percent(repaired / cases)} | ${wrong} | ${refusals.accepted} |`,
    ...Object.entries(rivals).map(
      ([name, one]) => `| ${name} | ${percent(one.repaired / cases)} | ${one.wrong} | ${refusals.rivals[name]} |`,
    ),
  ].join("\n");

const convergeTable = (rows: readonly Converged[]): string =>
  [
    "| p | q | first try | valid within 1 | 2 | 3 | 5 | 14 | whole answers: 5 | 14 | tokens of retries |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map(({ p, q, firstTry, validWithin, wholeValidWithin, itemTokenShare }) => {
      const own = [1, 2, 3, 5, 14].map((n) => percent(validWithin[n - 1]!));
      const whole = [5, 14].map((n) => percent(wholeValidWithin[n - 1]!));
      return `| ${[p, q, percent(firstTry), ...own, ...whole, percent(itemTokenShare)].join(" | ")} |`;
    }),
  ].join("\n");

const speedTable = ({ bytes, cpuMs, ...ms }: Speed): string => {
  const row = (what: string, clock: number, cpu: number): string =>
    `| ${[what, clock, cpu, (cpu / cpuMs.jsonParse).toFixed(2)].join(" | ")} |`;
  return [
    `| one answer of ${Math.round(bytes / 1000)} kB | ms | of processors | JSON.parses |`,
    "| --- | ---: | ---: | ---: |",
    row("JSON.parse alone", ms.jsonParseMs, cpuMs.jsonParse),
    row("read", ms.parseMs, cpuMs.parse),
    row("coerce, its list a string of JSON", ms.coerceMs, cpuMs.coerce),
    row("validate", ms.validateMs, cpuMs.validate),
    row("word feedback", ms.feedbackMs, cpuMs.feedback),
  ].join("\n");
};

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

const say = (text: string): void => void process.stderr.write(`${text}\n`);

await main();
