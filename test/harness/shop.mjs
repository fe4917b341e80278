// A run of ten tasks against a real endpoint, journal and workspace, to be killed: node shop.mjs OUT URL [REPLAY]
import { LlmJson } from "@typia/utils";
import { createHarness } from "../../dist/harness/harness.js";
import { connect } from "../../dist/io/endpoint/connect.js";
import { onInterruption } from "../../dist/io/interruption.js";
import { createJournal, readJournal, resumeJournal } from "../../dist/io/journal-file.js";
import { readPrompts } from "../../dist/io/package-folder.js";
import { createTalk } from "../../dist/io/talk.js";
import { openWorkspace } from "../../dist/io/workspace.js";

const [out, url, replay] = process.argv.slice(2);
const parameters = {
  type: "object",
  properties: {
    items: { type: "array", items: { type: "object", properties: { name: { type: "string" } }, required: ["name"] } },
  },
  required: ["items"],
  $defs: {},
};
const task = (key) => ({
  key,
  function: { name: "emit", description: "", parameters, ...LlmJson.structuredOutput(parameters) },
  enums: {},
  system: "s",
  user: key,
  shown: key,
  lists: { items: (item) => item.name },
  closing: "items",
  check: ({ items }) =>
    items.flatMap(({ name }, i) =>
      name === `right-${key}` ? [] : [{ code: "SHOP.WRONG", path: `$input.items[${i}].name`, message: "not right" }],
    ),
});

const talk = createTalk();
const { signal, release } = onInterruption(talk, 130);
const workspace = await openWorkspace(out);
const header = { kind: "run", version: "1", request: "shop", model: "toy", baseUrl: "x" };
const journal = (await workspace.hasJournal())
  ? await resumeJournal(workspace.journal)
  : await createJournal(workspace.journal, header);
const settings = { baseUrl: url, key: null, keyVariable: "", withheld: null, model: "toy", provider: null };
let connection = null;
const harness = createHarness({
  journal,
  replay: replay ? await readJournal(replay) : null,
  refresh: false,
  connect: async () => (connection = await connect(settings, { signal, notice: () => {} })),
  prompts: await readPrompts(),
  concurrency: 3,
  limits: { attempts: 3, tokens: null },
  signal,
  observe: () => {},
});
try {
  const outcomes = await harness.askAll(Array.from({ length: 10 }, (_, i) => task(`t${i}`)));
  await workspace.write(Object.fromEntries(outcomes.map(({ answer }, i) => [`t${i}.json`, JSON.stringify(answer)])));
  console.log(JSON.stringify(outcomes.map(({ attempts, reused }) => [attempts, reused])));
} catch (mishap) {
  process.exitCode = signal.aborted ? 130 : 1;
  if (!signal.aborted) console.error(mishap);
} finally {
  await journal.close();
  await connection?.close();
  await workspace.close();
  release();
}
