/**
 * Sends llama.cpp no more at a time than it has slots. Started without a number of them, it has several that share one window,
 * and tells the whole of it for each; when together they run over it, every one of them dies. Once that was seen, no more is
 * sent at a time than fits.
 */
import { countTokens } from "../../base/tokens.js";
import { LEAST_ANSWER } from "./fit.js";
import type { Room } from "./room.js";
import type { Wire, WireReply } from "./wire.js";

/** A wire whose chats are held back where they would not fit together. */
export const sharing = (wire: Wire, room: Room): Wire => {
  if (room.slots === null) return wire;
  const pool = new Pool(room.slots, () => room.window().tokens ?? Number.POSITIVE_INFINITY);
  return {
    ...wire,
    post: async (path, body, signal) => {
      const leave = await pool.enter(sizeOf(body), signal);
      signal.addEventListener("abort", leave, { once: true });
      try {
        const reply = await wire.post(path, body, signal);
        return { ...reply, body: heard(reply, pool, leave) };
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
};

/** Tokens that a request may come to hold. */
const sizeOf = (body: Record<string, unknown>): number => {
  const cap = Number(body["max_tokens"] ?? body["max_completion_tokens"] ?? LEAST_ANSWER);
  return countTokens(JSON.stringify([body["messages"], body["tools"]])) + cap;
};

/** How it says that the slots ran over their window together; a single one ends with `length` there. */
const RAN_OVER = "Context size has been exceeded";

const heard = async function* ({ body }: WireReply, pool: Pool, leave: () => void): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  let tail = "";
  try {
    for await (const piece of body) {
      tail = tail.slice(-RAN_OVER.length) + decoder.decode(piece, { stream: true });
      if (tail.includes(RAN_OVER)) pool.share();
      yield piece;
    }
  } finally {
    leave();
  }
};

class Pool {
  private shared = false;
  private open = 0;
  private held = 0;
  private waiting: (() => void)[] = [];

  public constructor(
    private readonly slots: number,
    private readonly size: () => number,
  ) {}

  public share(): void {
    this.shared = true;
  }

  /** Resolves when there is room, or nobody else; what it answers gives the room back. */
  public async enter(tokens: number, signal: AbortSignal): Promise<() => void> {
    while (!this.hasRoom(tokens)) await this.change(signal);
    this.open += 1;
    this.held += tokens;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.open -= 1;
      this.held -= tokens;
      for (const wake of this.waiting.splice(0)) wake();
    };
  }

  private hasRoom(tokens: number): boolean {
    if (this.open === 0) return true;
    return this.open < this.slots && !(this.shared && this.held + tokens > this.size());
  }

  private change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      this.waiting.push(resolve);
    });
  }
}
