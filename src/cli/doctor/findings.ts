/** What was found about an endpoint, a line each. */
import type { Connection } from "../../io/endpoint/connect.js";
import { said } from "../../io/endpoint/fit.js";
import type { Form } from "../../io/endpoint/forms.js";
import type { Examination, Trial } from "./examine.js";
import { cut } from "./verdict.js";

export interface Finding {
  question: string;
  answer: "yes" | "no" | "unknown";
  detail: string;
}

export const findingsOf = (connection: Connection, found: Examination): Finding[] => [
  { question: "reachable", answer: "yes", detail: connection.host },
  models(connection),
  ...room(connection),
  ...(found.mishap === null ? [] : [{ question: "answers", answer: "no" as const, detail: found.mishap.message }]),
  ...trial("calls a function", found.sum),
  ...(found.forms === null
    ? []
    : [form("heeds `required`", found.forms.required), form("heeds a call by name", found.forms.named)]),
  ...trial("fills nested values", found.formula),
  ...trial("fills a real function", found.real),
  ...rung(connection),
  ...speed(found),
];

const rung = (connection: Connection): Finding[] => {
  const rung = connection.rung?.() ?? null;
  const detail = rung === 0 ? "" : `a weaker form is sent (S${rung})`;
  return rung === null ? [] : [{ question: "takes whole schemas", answer: rung === 0 ? "yes" : "unknown", detail }];
};

const models = ({ models, model }: Connection): Finding => ({
  question: "lists models",
  answer: models === null ? "no" : "yes",
  detail: models === null ? "" : `${models.length}, ${models.includes(model) ? "among them" : "but not"} ${model}`,
});

const room = ({ window }: Connection): Finding[] => {
  const { tokens, slots, knowsTools } = window();
  const each = slots === null || slots === 1 ? "a request" : `a request, ${slots} at the same time`;
  const window_: Finding = {
    question: "tells its window",
    answer: tokens === null ? "unknown" : "yes",
    detail: tokens === null ? "" : `${said(tokens)} tokens for ${each}`,
  };
  if (knowsTools === null) return [window_];
  return [window_, { question: "template has tools", answer: knowsTools ? "yes" : "no", detail: "" }];
};

const trial = (question: string, one: Trial | null): Finding[] => {
  if (one === null) return [];
  const replies = one.replies === 1 ? "" : ` in ${one.replies} replies`;
  const detail = one.right
    ? `${one.seconds.toFixed(1)} s${replies}`
    : `it ${one.called ? "filled" : "said"} ${cut(one.said)}${one.wrong === "" ? "" : ` (${one.wrong})`}`;
  return [{ question, answer: one.right ? "yes" : "no", detail }];
};

/** Ours are asked with one function only, so an endpoint that heeds neither loses little. */
const form = (question: string, { outcome, said: why }: Form): Finding => ({
  question,
  answer: outcome === "heeded" ? "yes" : "unknown",
  detail: outcome === "heeded" ? "" : outcome === "ignored" ? "it may answer in words" : `refused: ${cut(why)}`,
});

const speed = ({ sum, streamed, counts, forms }: Examination): Finding[] => {
  if (sum === null) return [];
  const measured = forms?.required.speed ?? forms?.named.speed ?? null;
  const read = measured?.prompt == null ? "" : `, reads ${Math.round(measured.prompt)}`;
  return [
    { question: "streams", answer: streamed === null ? "unknown" : streamed ? "yes" : "no", detail: "" },
    {
      question: "counts tokens",
      answer: counts === "server" ? "yes" : "unknown",
      detail: counts === "server" ? "" : "they are counted here, with o200k",
    },
    ...(measured === null
      ? []
      : [
          {
            question: "has a speed",
            answer: "yes" as const,
            detail: `writes ${Math.round(measured.generation)} tokens a second${read}`,
          },
        ]),
  ];
};
