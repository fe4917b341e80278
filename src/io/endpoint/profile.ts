/** What is known of an endpoint and model: the form it takes, learned from refusals and from replies that were none. */
import type { ChatReply, ChatRequest } from "../../base/endpoint.js";
import { type Additions, bodyOf, type Sent } from "./body.js";
import type { Form, Turn } from "./form.js";
import type { Rung } from "./ladder.js";
import { descended, learn } from "./learn.js";

export interface ProfileOptions {
  model: string;
  form: Form;
  additions: Additions;
  /** Told of every change. */
  keep: (form: Form) => Promise<void>;
}

export class Profile {
  private form: Form;
  /** Replies in a row that held nothing at all. */
  private empty = 0;

  public constructor(private readonly options: ProfileOptions) {
    this.form = options.form;
  }

  /** The rung in force. */
  public rung(): Rung {
    return this.form.rung;
  }

  public compose(request: ChatRequest, turn: Turn): Sent {
    return bodyOf(request, this.options.model, this.form, turn, this.options.additions);
  }

  /** Learns from a refusal of what was sent; true where the same turn is worth sending again. */
  public async refuse(said: string, sent: Sent, request: ChatRequest): Promise<boolean> {
    const form = learn(said, { ...sent, schema: request.function.parameters }, this.form);
    if (form === null) return false;
    await this.change(form);
    return true;
  }

  /** Learns from a reply; what it teaches is heeded from the next turn on. */
  public async hear(reply: ChatReply, sent: Sent, request: ChatRequest): Promise<void> {
    const schema = request.function.parameters;
    if (sent.rung > this.form.rung) await this.change({ ...this.form, rung: sent.rung });
    this.empty = isEmpty(reply) ? this.empty + 1 : 0;
    if (this.empty >= MOST_EMPTY) {
      this.empty = 0;
      await this.change(descended(this.form, schema, sent.rung));
    }
    if (isOnlyThinking(reply)) await this.change(this.quieter(reply));
  }

  private quieter(reply: ChatReply): Form {
    const { form } = this;
    const canBeTold = Object.keys(this.options.additions.quiet).some((key) => !form.refused.includes(key));
    if (form.thinking && canBeTold) return { ...form, thinking: false };
    return reply.finishReason === "length" && form.room < MOST_ROOM ? { ...form, room: form.room * 2 } : form;
  }

  private async change(form: Form): Promise<void> {
    if (form === this.form) return;
    this.form = form;
    await this.options.keep(form);
  }
}

const MOST_EMPTY = 2;
const MOST_ROOM = 4;

/** A call the server could not parse comes as no call and no word, or is named in the reason. */
const isEmpty = ({ calls, content, reasoning, finishReason }: ChatReply): boolean =>
  calls.length === 0 && (/malformed/i.test(finishReason ?? "") || (content.trim() === "" && reasoning.trim() === ""));

const isOnlyThinking = ({ calls, content, reasoning }: ChatReply): boolean =>
  calls.every((call) => call.arguments.trim() === "") &&
  ((content.trim() === "" && reasoning.trim() !== "") ||
    (content.trimStart().startsWith("<think>") && !content.includes("</think>")));
