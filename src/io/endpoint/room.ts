/** What a connection knows of the room it has: its window, its slots, and how tokens are counted there. */
import { Counter } from "./count.js";
import { lookBelow } from "./look.js";
import type { EndpointSettings } from "./settings.js";
import { type Listed, lookForWindow, type Window } from "./window.js";
import type { Wire } from "./wire.js";

export interface Room {
  /** The context window as far as it is known by now: a model that is not loaded yet may have none. */
  window: () => Window;
  /** Asks the server for it once more. */
  again: () => Promise<Window>;
  /** Counts the tokens of requests as the window counts them. */
  counter: Counter;
  /** Requests that the server answers at the same time; null where it does not say. */
  slots: number | null;
}

/** `listed` is the model as `/models` lists it. */
export const measureRoom = async (
  wire: Wire,
  settings: EndpointSettings,
  model: string,
  listed: Listed | undefined,
  signal: AbortSignal,
): Promise<Room> => {
  const look = lookBelow(wire, settings, signal);
  let window = await lookForWindow(settings, model, listed, look);
  const again = async (): Promise<Window> => {
    window = await lookForWindow(settings, model, listed, look);
    return window;
  };
  return { window: () => window, again, counter: new Counter(window.server, model, look), slots: window.slots };
};
