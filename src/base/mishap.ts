/** The three mishaps that are thrown, told apart by who must act. A model's mistake is a Diagnostic and is never thrown. */

/** Something the user can fix: exit 2. */
export class Failure extends Error {
  public override readonly name = "Failure";
  public constructor(
    /** Closed code, `PHASE.WHAT_IS_WRONG`. */
    public readonly code: string,
    message: string,
    /** What to do next, one sentence. */
    public readonly next: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The world is down: exit 3. */
export class Outage extends Error {
  public override readonly name = "Outage";
  public constructor(
    public readonly code: string,
    message: string,
    public readonly next: string,
    /** Whether asking again may help. */
    public readonly retryable: boolean,
    /** Milliseconds to wait before asking again, where the world told. */
    public readonly retryAfter: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Our own mistake: exit 1, the only kind shown with a stack trace. */
export class Bug extends Error {
  public override readonly name = "Bug";
}
