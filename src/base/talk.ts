/** What a run says while it works. The voice itself is in `io`; nothing here reaches stdout. */
export interface Talk {
  /** A step that is done: one line, kept. */
  done(text: string): void;
  /** Something the user should know, kept. */
  warn(text: string): void;
  /** Something that went wrong, kept. */
  fail(text: string): void;
  /** Something worth a line that is neither. */
  note(text: string): void;
  /** What is happening now: a line that is replaced, on a terminal only. Null clears it. */
  now(text: string | null): void;
}
