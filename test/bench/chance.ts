/** Chance from a seed: the same seed, the same bench. */
export class Chance {
  public constructor(private state: number) {}

  /** From 0 up to 1, without it. */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let one = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    one = (one + Math.imul(one ^ (one >>> 7), 61 | one)) ^ one;
    return ((one ^ (one >>> 14)) >>> 0) / 4_294_967_296;
  }

  public below(most: number): number {
    return Math.floor(this.next() * most);
  }

  public happens(share: number): boolean {
    return this.next() < share;
  }

  public pick<One>(list: readonly One[]): One {
    return list[this.below(list.length)]!;
  }

  /** One of several, by their weights. */
  public weigh<One>(list: readonly (readonly [weight: number, one: One])[]): One {
    let left = this.next() * list.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, one] of list) {
      left -= weight;
      if (left < 0) return one;
    }
    return list.at(-1)![1];
  }

  public shuffle<One>(list: readonly One[]): One[] {
    return list
      .map((one) => ({ one, at: this.next() }))
      .sort((x, y) => x.at - y.at)
      .map(({ one }) => one);
  }

  /** How many of rare things happen, when so many do on average. */
  public poisson(mean: number): number {
    let count = 0;
    for (let left = this.next(); left > Math.exp(-mean); left *= this.next()) ++count;
    return count;
  }
}
