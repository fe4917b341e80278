/** Makes first contact: is it there, does it take the key, which models does it list; then an endpoint is made of it. */
import pRetry from "p-retry";
import type { Endpoint } from "../../base/endpoint.js";
import { Failure } from "../../base/mishap.js";
import { someOf } from "./classify.js";
import { createEndpoint } from "./endpoint.js";
import { FIRST_FORM, type Form } from "./form.js";
import { elsewhere, listModels } from "./listing.js";
import { Profile } from "./profile.js";
import { type Provider, presetOf, QUIET } from "./providers.js";
import { HOUSE_RETRIES, patiently, type Retries } from "./retry.js";
import { type EndpointSettings, hostOf } from "./settings.js";
import type { ProfileStore } from "./store.js";
import type { Patience } from "./watch.js";
import { openWire } from "./wire.js";

export const HOUSE_PATIENCE: Patience = { firstByte: 3_600_000, idle: 120_000 };

export interface ConnectOptions {
  signal: AbortSignal;
  notice: (text: string) => void;
  patience?: Patience;
  retries?: Retries;
  /** Where lessons of earlier runs are; none are kept by default. */
  profiles?: ProfileStore | null;
}

export interface Connection extends Endpoint {
  /** Host and port. */
  host: string;
  /** Null where the endpoint does not list its models. */
  models: string[] | null;
  /** The form of schemas in force, from 0, the whole one, to 7, none. */
  rung: () => number;
  close(): Promise<void>;
}

/** Throws Failure for a wrong URL, key or missing model name, Outage where nobody answers. */
export const connect = async (settings: EndpointSettings, options: ConnectOptions): Promise<Connection> => {
  const { signal, notice, patience = HOUSE_PATIENCE, retries = HOUSE_RETRIES, profiles = null } = options;
  const wire = openWire(settings);
  try {
    const listed = await pRetry(
      () => listModels(wire, settings, signal),
      patiently({ ...retries, most: Math.min(retries.most, 2) }, signal, notice),
    );
    const models = listed?.map((one) => one.id) ?? null;
    const model = settings.model ?? onlyOne(models, settings);
    const owner = listed?.find((one) => one.id === model)?.owned_by;
    const profile = await profileOf(settings, model, presetOf(settings, owner), profiles);
    const endpoint = createEndpoint({
      wire,
      settings,
      model,
      models,
      profile,
      tokens: owner === "bridge" ? "o200k" : "server", // its own count is a rough one
      patience,
      retries,
      notice,
      elsewhere: (during) => elsewhere(wire, settings, during),
    });
    return {
      ...endpoint,
      host: hostOf(settings.baseUrl),
      models,
      rung: () => profile.rung(),
      close: () => wire.close(),
    };
  } catch (error) {
    await wire.close();
    throw error;
  }
};

const profileOf = async (
  settings: EndpointSettings,
  model: string,
  preset: Provider | null,
  profiles: ProfileStore | null,
): Promise<Profile> => {
  const identity = { baseUrl: settings.baseUrl, provider: settings.provider, model };
  const form: Form = (await profiles?.load(identity)) ?? { ...FIRST_FORM, ...preset?.form };
  return new Profile({
    model,
    form,
    additions: { always: preset?.always ?? {}, quiet: preset?.quiet ?? QUIET },
    keep: async (learned) => profiles?.save(identity, learned),
  });
};

const onlyOne = (models: readonly string[] | null, settings: EndpointSettings): string => {
  if (models?.length === 1) return models[0]!;
  throw new Failure(
    "ENDPOINT.NO_MODEL",
    `No model is named, and ${hostOf(settings.baseUrl)} ${models === null ? "lists none" : `lists ${models.length}`}.`,
    models === null || models.length === 0 ? "Name one with --model." : `Name one with --model: ${someOf(models)}.`,
  );
};
