/** One way in which an endpoint or a model fails: what a scripted endpoint plays, and what the harness makes of it. */
import type { JournalEntry } from "../../src/base/journal.js";
import { Failure, Outage } from "../../src/base/mishap.js";
import type { Outcome, Task } from "../../src/base/task.js";
import { createHarness, type HarnessOptions } from "../../src/harness/harness.js";
import { type ConnectOptions, connect } from "../../src/io/endpoint/connect.js";
import type { EndpointSettings } from "../../src/io/endpoint/settings.js";
import { type FakeEndpoint, fakeEndpoint, type Heard, type Scene } from "../fake-endpoint.js";
import { type Answer, answerOf, memory, options, owner, sample } from "../harness/sample.js";

/** Each file `f<NN>-<what-happens>.ts` of this folder exports one as `scenario`, or a list where a failure has several faces. */
export interface FailureScenario {
  /** What happens, in one line. */
  title: string;
  /** Replies to `/chat/completions` in order; the last is played again for whatever comes after it. */
  scenes: Scene[];
  /** Reply to every other request; a list of the one model `toy` where it is left out. */
  others?: Scene;
  task?: Partial<Task<Answer>>;
  /** Given the URL of the scripted endpoint where it matters. */
  settings?: Partial<EndpointSettings> | ((url: string) => Partial<EndpointSettings>);
  connect?: Partial<ConnectOptions>;
  harness?: Partial<HarnessOptions>;
  expect(seen: Seen): void | Promise<void>;
}

/** What came of it. */
export interface Seen {
  /** Null where a mishap was thrown. */
  outcome: Outcome<Answer> | null;
  mishap: Failure | Outage | null;
  /** Requests to `/chat/completions`, in order. */
  chats: Heard[];
  others: Heard[];
  /** What the user was told while waiting. */
  notices: string[];
  /** The journal. */
  entries: JournalEntry[];
}

/** The right answer to the sample task, as the model would send it. */
export const RIGHT = answerOf([owner]);
/** The sample with every string bounded, so that a cap on its answer is sent. */
export const CAPPED: Partial<Task<Answer>> = {
  enums: { "columns[].table": ["orders", "customers"], "unserved[].id": ["R1"] },
};
/** A wrong one, after which the model is asked again. */
export const WRONG = answerOf([{ ...owner, name: "badName" }]);
export const KEY = "sk-secret-of-the-test";

export const play = async (scenario: FailureScenario): Promise<Seen> => {
  const server = await fakeEndpoint(scenario.scenes, scenario.others);
  try {
    return await askOnce(scenario, server);
  } finally {
    await server.close();
  }
};

const askOnce = async (scenario: FailureScenario, server: FakeEndpoint): Promise<Seen> => {
  const journal = memory();
  const notices: string[] = [];
  const settings: EndpointSettings = {
    baseUrl: server.url,
    key: KEY,
    keyVariable: "OPENAI_API_KEY",
    withheld: null,
    model: "toy",
    provider: null,
    ...(typeof scenario.settings === "function" ? scenario.settings(server.url) : scenario.settings),
  };
  const opened: { close(): Promise<void> }[] = [];
  const open = async () => {
    const connection = await connect(settings, {
      signal: new AbortController().signal,
      notice: (text) => void notices.push(text),
      patience: { firstByte: 5_000, idle: 3_000 },
      retries: { most: 3, first: 2, loading: 5_000, poll: 5 },
      ...scenario.connect,
    });
    opened.push(connection);
    return connection;
  };
  const harness = createHarness(options({ journal, connect: open, ...scenario.harness }));
  const seen = { chats: server.chats, others: server.others, notices, entries: journal.entries };
  try {
    return { ...seen, outcome: await harness.ask(sample(scenario.task)), mishap: null };
  } catch (mishap) {
    if (!(mishap instanceof Failure || mishap instanceof Outage)) throw mishap;
    return { ...seen, outcome: null, mishap };
  } finally {
    for (const one of opened) await one.close();
  }
};
