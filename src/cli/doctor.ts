/** `autobe doctor`: is this endpoint there, and is it fit for a run? */
import { Failure, Outage } from "../base/mishap.js";
import type { Talk } from "../base/talk.js";
import { connect } from "../io/endpoint/connect.js";
import { type EndpointSettings, endpointSettings, hostOf } from "../io/endpoint/settings.js";
import { cacheFolder, fileStore } from "../io/endpoint/store.js";
import { onInterruption } from "../io/interruption.js";
import { environment } from "../io/surroundings.js";
import { writeData } from "../io/talk.js";
import { type Examination, examine } from "./doctor/examine.js";
import { type Finding, findingsOf } from "./doctor/findings.js";
import { judgeExamination, stopped, type Verdict } from "./doctor/verdict.js";
import { EXIT, tell } from "./exit.js";
import { type RunOptions, readOptions } from "./options.js";

export const doctorCommand = async (flags: Record<string, unknown>, talk: Talk): Promise<number> => {
  const { signal, release } = onInterruption(talk, EXIT.interrupted);
  try {
    const options = readOptions(flags);
    const settings = endpointSettings(options, environment());
    talk.now(`reaching ${hostOf(settings.baseUrl)}`);
    const { code, ...report } = await diagnose(settings, options, talk, signal);
    talk.now(null);
    if (options.json) await writeData(JSON.stringify({ host: hostOf(settings.baseUrl), ...report }));
    else show(report, talk);
    return code;
  } catch (mishap) {
    return tell(mishap, talk, signal, null);
  } finally {
    release();
  }
};

interface Report extends Verdict {
  model: string | null;
  findings: Finding[];
  /** Tokens of one request, and how many are answered at the same time. */
  window: { tokens: number | null; slots: number | null } | null;
}

const diagnose = async (
  settings: EndpointSettings,
  options: RunOptions,
  talk: Talk,
  signal: AbortSignal,
): Promise<Report & { code: number }> => {
  const patience = { firstByte: options.firstByteTimeout * 1000, idle: options.idleTimeout * 1000 };
  try {
    const connection = await connect(settings, {
      signal,
      notice: (text) => talk.note(text),
      patience,
      profiles: fileStore(cacheFolder(environment())),
    });
    const { model } = connection;
    try {
      const now = (text: string): void => talk.now(`${text} at ${model}`);
      const found = await examine({ connection, forms: { settings, model, patience, signal }, now });
      const { tokens, slots } = connection.window();
      const verdict = judgeExamination(found, connection.window(), model);
      const findings = findingsOf(connection, found);
      return { model, findings, window: { tokens, slots }, ...verdict, code: codeOf(verdict, found) };
    } finally {
      await connection.close();
    }
  } catch (mishap) {
    if (signal.aborted || !(mishap instanceof Failure || mishap instanceof Outage)) throw mishap;
    const answer = SILENT.includes(mishap.code) ? "no" : "yes";
    const findings: Finding[] = [{ question: "reachable", answer, detail: hostOf(settings.baseUrl) }];
    const code = mishap instanceof Outage ? EXIT.outage : EXIT.failure;
    return { model: settings.model, findings, window: null, ...stopped(mishap), code };
  }
};

/** Nothing of use answers there; any other mishap is an answer. */
const SILENT: readonly string[] = ["ENDPOINT.UNREACHABLE", "ENDPOINT.STALLED", "ENDPOINT.WRONG_URL"];

const codeOf = ({ fit }: Verdict, { mishap }: Examination): number => {
  if (fit) return EXIT.done;
  return mishap instanceof Outage ? EXIT.outage : EXIT.failure;
};

const show = ({ findings, fit, because, next, limits }: Report, talk: Talk): void => {
  for (const { question, answer, detail } of findings) {
    const line = `${question.padEnd(24)}${answer.padEnd(9)}${detail}`.trimEnd();
    if (answer === "yes") talk.done(line);
    else if (answer === "no") talk.fail(line);
    else talk.warn(line);
  }
  if (!fit) talk.fail(`fit for autobe: no, because ${because}\n${next}`);
  else if (limits.length === 0) talk.done("fit for autobe: yes");
  else talk.warn(["fit for autobe: yes, with limits:", ...limits].join("\n"));
};
