/** The messages of one attempt: what is constant first, then the answer as it stands and what is wrong with it. */
import type { ChatFunction, ChatMessage, ChatRequest } from "../base/endpoint.js";
import { Bug } from "../base/mishap.js";
import type { Task } from "../base/task.js";
import type { Value } from "./judge.js";
import { countRequest, largestAnswer } from "./tokens.js";

/** What a retry shows: the answer as it stands (only its bad part where the whole is too long) and the feedback. */
export interface Turn {
  answer: Value | null;
  badPart: Value | null;
  /** Whether the model answered by a call or in plain content: it is shown its answer in the same way. */
  via: "call" | "content";
  text: string;
  /** What came with the reply and goes back with it. */
  echo?: ChatMessage["echo"];
  /** Null leaves it to the endpoint. */
  temperature: number | null;
}

/** No prompt of any project exceeds it, counted with function, history and feedback. */
export const LARGEST_PROMPT = 12_000;

/** Fits Mistral's templates, which want nine letters and digits. */
const CALL_ID = "call00001";

export const compose = (task: Task, fn: ChatFunction, turn: Turn | null): ChatRequest & { promptTokens: number } => {
  const maximumTokens = largestAnswer(fn.parameters);
  const warmth = turn?.temperature == null ? {} : { temperature: turn.temperature };
  const versions = turn === null ? [null] : [turn, { ...turn, answer: turn.badPart }, { ...turn, answer: null }];
  for (const version of versions) {
    const messages = write(task, fn.name, version);
    const promptTokens = countRequest(messages, fn);
    if (promptTokens <= LARGEST_PROMPT)
      return { task: task.key, messages, function: fn, maximumTokens, ...warmth, promptTokens };
  }
  throw new Bug(`The prompt of ${task.key} is larger than ${LARGEST_PROMPT} tokens: the task must be split.`);
};

const write = (task: Task, name: string, turn: Turn | null): ChatMessage[] => {
  const system: ChatMessage = { role: "system", content: task.system };
  const user: ChatMessage = { role: "user", content: task.user };
  if (turn === null) return [system, user];
  if (turn.answer === null) return [system, { ...user, content: `${task.user}\n\n---\n\n${turn.text}` }];
  const echo = turn.echo === undefined ? {} : { echo: turn.echo };
  if (turn.via === "content")
    return [
      system,
      user,
      { role: "assistant", content: JSON.stringify(turn.answer), ...echo },
      { role: "user", content: turn.text },
    ];
  return [
    system,
    user,
    { role: "assistant", content: "", toolCall: { id: CALL_ID, name, arguments: turn.answer }, ...echo },
    { role: "tool", content: turn.text, toolCallId: CALL_ID },
  ];
};
