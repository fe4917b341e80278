/** The gate before an endpoint: once it asks for patience nobody fires, and when the wait is over one goes first. */
import { setTimeout as sleep } from "node:timers/promises";
import { Outage } from "../../base/mishap.js";
import type { Wire } from "./wire.js";

export class Gate {
  /** Performance clock, when the wait is over. */
  private opens = 0;
  /** Whether nobody has been let in since the endpoint asked for patience. */
  private shy = false;
  /** Who goes first then, as long as it is not known whether they are let in. */
  private scout: Turn | null = null;

  /** Waits in milliseconds: where the endpoint names none, and between two looks at a model that is loading. */
  public constructor(
    private readonly brief: number,
    private readonly poll: number,
  ) {}

  /** Sends once the gate is open, over a wire that tells the gate when the endpoint begins to answer. */
  public async pass<T>(wire: Wire, send: (wire: Wire) => Promise<T>, signal: AbortSignal): Promise<T> {
    const turn = await this.turn(signal);
    const post: Wire["post"] = async (...sent) => {
      const reply = await wire.post(...sent);
      if (reply.status >= 200 && reply.status < 300) this.letIn(turn);
      return reply;
    };
    try {
      return await send({ ...wire, post });
    } catch (error) {
      if (error instanceof Outage) this.hold(error);
      throw error;
    } finally {
      this.end(turn);
    }
  }

  private async turn(signal: AbortSignal): Promise<Turn> {
    for (;;) {
      signal.throwIfAborted();
      const wait = this.opens - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal });
      else if (this.shy && this.scout !== null) await unlessAborted(this.scout.over, signal);
      else break;
    }
    const turn = beginTurn();
    if (this.shy) this.scout = turn;
    return turn;
  }

  private letIn(turn: Turn): void {
    if (turn.began >= this.opens) this.shy = false;
    this.end(turn);
  }

  private end(turn: Turn): void {
    if (this.scout === turn) this.scout = null;
    turn.end();
  }

  /** A rate limit, and a model that is loading, concern everybody; a broken reply only the one who waited for it. */
  private hold({ code, retryAfter }: Outage): void {
    const isLoading = code === "ENDPOINT.LOADING";
    if (retryAfter === null && code !== "ENDPOINT.RATE_LIMITED" && !isLoading) return;
    const wait = isLoading ? this.poll : (retryAfter ?? this.brief);
    this.opens = Math.max(this.opens, performance.now() + wait);
    this.shy = true;
  }
}

interface Turn {
  began: number;
  over: Promise<void>;
  end(): void;
}

const beginTurn = (): Turn => {
  let end = (): void => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { began: performance.now(), over, end };
};

const unlessAborted = (awaited: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    void awaited.then(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    });
  });
