/** One way in which an endpoint or a model fails: what a scripted endpoint plays, and what the harness makes of it. */
import type { JournalEntry } from "../../src/base/journal.js";
import { Failure, Outage } from "../../src/base/mishap.js";
import type { Outcome, Task } from "../../src/base/task.js";
import { createHarness, type HarnessOptions } from "../../src/harness/harness.js";
import { type ConnectOptions, connect } from "../../src/io/endpoint/connect.js";
import type { EndpointSettings } from "../../src/io/endpoint/settings.js";
import { type FakeEndpoint, fakeEndpoint, type Heard, type Scene } from "../fake-endpoint.js";
import { type Answer, answerOf, memory, options, owner, sample } from "../harness/sample.js";

/** Each file `f<NN>-<what-happens>.ts` of this folder exports one, or a list of them, as `scenario`. */
export interface FailureScenario {
  /** What happens, in one line. */
  title: string;
  /** Replies to `/chat/completions` in order; the last is played again for whatever comes after it. */
  scenes: Scene[];
  /** Reply to every other request; a list of the one model `toy` where it is left out. */
  others?: Scene;
  task?: Partial<Task<Answer>>;
  settings?: Partial<EndpointSettings>;
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
    ...scenario.settings,
  };
  const opened: { close(): Promise<void> }[] = [];
  const open = async () => {
    const connection = await connect(settings, {
      signal: new AbortController().signal,
      notice: (text) => void notices.push(text),
      patience: { firstByte: 500, idle: 200 },
      retries: { most: 3, first: 2, loading: 5_000 },
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
