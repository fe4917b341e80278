/** The slots of llama.cpp: no more is sent than it has, and what runs over a window they share is sent again, one after another. */
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { call, data, json, type Scene, stream } from "../fake-endpoint.js";
import { ARGS, meet } from "./meet.js";

const RAN_OVER = { error: { code: 500, message: "Context size has been exceeded.", type: "server_error" } };

const listing = (slots = 4): Scene =>
  json(200, {
    data: [{ id: "toy", owned_by: "llamacpp" }],
    default_generation_settings: { n_ctx: 2_048 },
    total_slots: slots,
  });

/** The first ones die when all of them are there; those after them are heard one by one. */
const crowded = (together: number, death: Scene, later: Scene) => {
  const seen = { open: 0, most: 0 };
  let arrived = 0;
  let arrive = (): void => {};
  const full = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const scene: Scene = async (response, heard) => {
    arrived += 1;
    if (arrived === together) arrive();
    if (arrived <= together) {
      await full;
      return death(response, heard);
    }
    seen.open += 1;
    seen.most = Math.max(seen.most, seen.open);
    await sleep(20);
    seen.open -= 1;
    return later(response, heard);
  };
  return { seen, scene };
};

describe("slots", () => {
  test.each([
    ["in a stream", stream(data(RAN_OVER))],
    ["before it begins", json(500, RAN_OVER)],
  ])("that share a window are filled one after another once they ran over it: told %s", async (_, death) => {
    const { seen, scene } = crowded(4, death, call(ARGS));
    const { ask } = await meet([scene], {}, listing());
    const replies = await Promise.all([1, 2, 3, 4].map(() => ask({ maximumTokens: 1_500 })));
    expect(replies.map((reply) => reply.calls.length)).toEqual([1, 1, 1, 1]);
    expect(seen.most).toBe(1);
  });

  test.each([
    [4, 4],
    [2, 2],
    [1, 1],
  ])("are filled together as long as that goes well: %i of them", async (slots, expected) => {
    let [open, most] = [0, 0];
    const scene: Scene = async (response, heard) => {
      most = Math.max(most, ++open);
      await sleep(40);
      open -= 1;
      return call(ARGS)(response, heard);
    };
    const { ask } = await meet([scene], {}, listing(slots));
    await Promise.all([1, 2, 3, 4].map(() => ask({ maximumTokens: 1_500 })));
    expect(most).toBe(expected);
  });

  test("leave whoever waits free to go", async () => {
    const leaving = new AbortController();
    const silent: Scene = (response, heard) => {
      if (leaving.signal.aborted) return call(ARGS)(response, heard);
      leaving.abort(); // one is inside now, the others wait
    };
    const { scene } = crowded(3, json(500, RAN_OVER), silent);
    const { ask } = await meet([scene], {}, listing());
    const asked = [1, 2, 3].map(() => ask({ maximumTokens: 1_500 }, leaving.signal));
    for (const one of await Promise.allSettled(asked)) expect(one.status).toBe("rejected");
    expect((await ask({ maximumTokens: 1_500 })).calls).toHaveLength(1);
  });
});
