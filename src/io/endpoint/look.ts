/** Asks a server about itself, beside the OpenAI routes. Whatever goes wrong there means only that it does not say. */
import { textOf, wholeText } from "./events.js";
import type { EndpointSettings } from "./settings.js";
import { type Patience, Watch } from "./watch.js";
import type { Look } from "./window.js";
import type { Wire } from "./wire.js";

/** Paths are below the root of the server: its base URL without the version at its end. */
export const lookBelow = (wire: Wire, settings: EndpointSettings, signal: AbortSignal): Look => {
  const root = settings.baseUrl.replace(/\/v\d+[a-z]*$/, "");
  return async (path, body) => {
    const watch = new Watch(BRIEF, signal);
    try {
      const url = root + path;
      const reply = await (body === undefined ? wire.get(url, watch.signal) : wire.post(url, body, watch.signal));
      const text = await wholeText(textOf(reply.body, () => watch.alive()));
      return reply.status === 200 ? JSON.parse(text) : null;
    } catch (error) {
      if (signal.aborted) throw error;
      return null;
    } finally {
      watch.stop();
      watch.hangUp();
    }
  };
};

/** A server that is asked about itself answers at once, or does not know the question. */
const BRIEF: Patience = { firstByte: 3_000, idle: 3_000 };
