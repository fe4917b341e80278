/** Own timers on a reply: how long until its first byte, how long between two. A comment of a stream is life too. */
import { Outage } from "../../base/mishap.js";

export interface Patience {
  /** Milliseconds until the first byte of the body. */
  firstByte: number;
  /** Milliseconds of silence after it. */
  idle: number;
}

export class Watch {
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout;
  private silence: Outage | null = null;
  private begun = false;
  private readonly pass: () => void;

  public constructor(
    private readonly patience: Patience,
    private readonly outer: AbortSignal,
  ) {
    this.pass = () => this.controller.abort(outer.reason);
    if (outer.aborted) this.pass();
    outer.addEventListener("abort", this.pass, { once: true });
    this.timer = setTimeout(() => this.fire("first byte", patience.firstByte), patience.firstByte);
  }

  public get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something came. */
  public alive(): void {
    this.begun = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fire("next byte", this.patience.idle), this.patience.idle);
  }

  public stop(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener("abort", this.pass);
  }

  /** Lets go of a connection that is no longer needed. */
  public hangUp(): void {
    this.controller.abort();
  }

  /** What to throw for an error that came while watching: our silence, the user's interruption, or the error itself. */
  public cause(error: unknown): unknown {
    return this.silence ?? (this.outer.aborted ? this.outer.reason : error);
  }

  /** Whether not even a first byte came. */
  public isHung(): boolean {
    return this.silence !== null && !this.begun;
  }

  private fire(what: string, milliseconds: number): void {
    this.silence = new Outage(
      "ENDPOINT.STALLED",
      `The endpoint sent nothing for ${Math.round(milliseconds / 1000)} s while its ${what} was awaited.`,
      "See whether the server is alive; a slow one needs a larger --first-byte-timeout or --idle-timeout.",
      true,
    );
    this.controller.abort(this.silence);
  }
}
