/** What a scenario works with: accounts, connections, assertions, and a record of every exchange. */
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { IConnection } from "@nestia/fetcher";
import typia from "typia";
import type { Actor } from "../src/actors";
import api from "../src/api";
import type { IAuthorizationToken } from "../src/api/structures/IAuthorizationToken";
import { clock } from "../src/clock";
import type { ErrorBody } from "../src/error-filter";
import { accounts } from "./accounts";
import { type Exchange, toExchange } from "./exchange";
import { textOf } from "./text";
import { breakAt, letMeet, mend } from "./writes";

/** An account and the connection that is signed in with it. */
export interface Account {
  id: string;
  email: string;
  password: string;
  connection: IConnection;
  token: IAuthorizationToken;
}

export class Bed {
  public readonly exchanges: Exchange[] = [];
  public readonly anonymous: IConnection;
  public readonly clock = clock;
  private static readonly counts = new Map<string, number>();

  public constructor(private readonly host: string) {
    this.anonymous = this.connect();
    mend();
  }

  /** A connection that sends this access token, or none. */
  public connect(access?: string): IConnection {
    return {
      host: this.host,
      ...(access !== undefined && { headers: { Authorization: `Bearer ${access}` } }),
      logger: async (event) => void this.exchanges.push(toExchange(event)),
    };
  }

  /** A fresh account of that actor, signed in. */
  public account(actor: Actor): Promise<Account> {
    const make = makers[actor];
    assert.ok(make, `test/accounts.ts does not know "${actor}"`);
    return make(this);
  }

  public email(): string {
    return `${randomUUID()}@example.com`;
  }

  /** Text of exactly that many characters, different every time if there is room. */
  public text(length: number): string {
    return textOf(this.next("text"), length);
  }

  /** Counts up from the least value, each key for itself, so that no two rows share one; begins again after the largest. */
  public next(key: string, least = 1, largest = Number.MAX_SAFE_INTEGER): number {
    const count = Bed.counts.get(key) ?? 0;
    Bed.counts.set(key, count + 1);
    return least + (count % (largest - least + 1));
  }

  /** Goes through the values, each key for itself, and begins again after the last. */
  public cycle<const T>(key: string, values: readonly T[]): T {
    return values[this.next(key, 0, values.length - 1)]!;
  }

  /** A day that no other row has, some hundred years later for each position. */
  public day(key: string, position = 0): string {
    return new Date(Date.UTC(2031 + 10 * position, 0, this.next(key))).toISOString().slice(0, 10);
  }

  public moment(key: string, position = 0): string {
    return `${this.day(key, position)}T09:30:00.000Z`;
  }

  /** A time of day that no other row has, as far as a day, or the part of it that is told, has seconds. */
  public time(key: string, first = 0, last = 86_399): string {
    return new Date(1000 * this.next(key, first, last)).toISOString().slice(11, 19);
  }

  /** A body or query with members that its type does not have, or with other values than it allows; it goes out as the type. */
  public forge<T extends object>(value: T, members: object): T {
    return { ...value, ...members };
  }

  /** Two refusals that say the same, apart from which request it was. */
  public alike(title: string, one: ErrorBody, other: ErrorBody): void {
    const [said, expected] = [one, other].map(({ requestId: _, ...told }) => told);
    this.equals(title, said, expected);
  }

  /** Deep equality. */
  public equals(title: string, actual: unknown, expected: unknown): void {
    assert.deepStrictEqual(actual, expected, `${title}: ${show(actual)} instead of ${show(expected)}`);
  }

  public differs(title: string, actual: unknown, other: unknown): void {
    assert.notDeepStrictEqual(actual, other, `${title}: both are ${show(actual)}`);
  }

  public async throws(title: string, run: () => Promise<unknown>): Promise<void> {
    await assert.rejects(run, () => true, title);
  }

  public ok(title: string, condition: boolean): void {
    assert.ok(condition, title);
  }

  /** Calls sent at once: so many get through, the others are refused with that status, and with that code where one is given. */
  public async race(succeeds: number, status: number, calls: (() => Promise<unknown>)[], code?: string): Promise<void> {
    const answers = await letMeet(calls.length, () => Promise.allSettled(calls.map((call) => call())));
    const refused = answers.filter((answer) => answer.status === "rejected");
    assert.equal(
      answers.length - refused.length,
      succeeds,
      `${answers.length - refused.length} of ${answers.length} calls get through instead of ${succeeds}`,
    );
    for (const { reason } of refused) await this.refused(status, () => Promise.reject(reason), code);
  }

  /** Lets the database fail from that write on, so that a call breaks off half-way. */
  public breakAt(write: number): void {
    breakAt(write);
  }
  public mend(): void {
    mend();
  }

  /**
   * The call must be refused with that status, and with that code where one is given. It writes nothing, so that the
   * values it took are there for the next row.
   */
  public async refused(status: number, call: () => Promise<unknown>, code?: string): Promise<ErrorBody> {
    const counts = [...Bed.counts];
    const answer = await call().catch((error: unknown) => error);
    if (!(answer instanceof api.HttpError)) return assert.fail(`expected a refusal with ${status}: ${show(answer)}`);
    assert.equal(answer.status, status, `refused with ${answer.status} instead of ${status}: ${answer.message}`);
    const body = typia.assert<ErrorBody>(JSON.parse(answer.message));
    if (code !== undefined) assert.equal(body.code, code);
    Bed.counts.clear();
    for (const [key, count] of counts) Bed.counts.set(key, count);
    return body;
  }
}

/** By name, because a project may have no actor at all. */
const makers: Partial<Record<string, (bed: Bed) => Promise<Account>>> = accounts;

const show = (value: unknown): string =>
  value instanceof Error ? String(value) : (JSON.stringify(value) ?? "undefined");
