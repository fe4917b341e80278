/** Notices a reply that runs in circles, long before its cap. */

/** Twenty times the same, of at least 32 characters or made of such, and no blank longer than any layout needs. */
const TIMES = 20;
const SHORTEST = 640;
const LONGEST_PERIOD = 200;
const LONGEST_BLANK = 500;
/** Characters between two looks. */
const STEP = 64;

export class Circles {
  private tail = "";
  private unseen = 0;

  /** True once what came last says nothing new. */
  public add(text: string): boolean {
    this.tail = (this.tail + text).slice(-TIMES * LONGEST_PERIOD);
    this.unseen += text.length;
    if (this.unseen < STEP) return false;
    this.unseen = 0;
    return this.isBlank() || this.isPeriodic();
  }

  private isBlank(): boolean {
    return this.tail.length >= LONGEST_BLANK && this.tail.slice(-LONGEST_BLANK).trim() === "";
  }

  private isPeriodic(): boolean {
    for (let period = 1; period <= LONGEST_PERIOD; ++period) {
      const length = Math.max(TIMES * period, SHORTEST);
      if (length > this.tail.length) return false;
      if (this.repeats(period, length)) return true;
    }
    return false;
  }

  private repeats(period: number, length: number): boolean {
    const first = this.tail.length - length;
    for (let at = this.tail.length - 1; at >= first + period; --at)
      if (this.tail[at] !== this.tail[at - period]) return false;
    return true;
  }
}
