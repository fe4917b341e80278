/** An application of the same make with routes of its own, to see what the fixed parts do on any project. */
import { TypedBody, TypedRoute } from "@nestia/core";
import { Controller, Module } from "@nestjs/common";
import type { tags } from "typia";
import { type Actor, sessions } from "../src/actors";
import { createApplication } from "../src/application";
import { Authorize, type Caller, Me } from "../src/auth/authorize";
import { type Config, config } from "../src/config";
import type { Bed } from "./bed";
import { scenario } from "./scenario";

export const actors = Object.keys(sessions) as Actor[];

export interface IEcho {
  text: string & tags.MaxLength<8>;
}

@Controller("probe")
class ProbeController {
  @TypedRoute.Get("failure")
  public async failure(): Promise<IEcho> {
    throw new Error(SECRET_CAUSE);
  }

  @TypedRoute.Post("echo")
  public async echo(@TypedBody() body: IEcho): Promise<IEcho> {
    return { text: body.text };
  }

  @Authorize(...actors)
  @TypedRoute.Post("mine")
  public async mine(@Me() _caller: Caller, @TypedBody() body: IEcho): Promise<IEcho> {
    return { text: body.text };
  }

  @Authorize(...actors, "guest")
  @TypedRoute.Post("anybody")
  public async anybody(@Me() _caller: Caller | null, @TypedBody() body: IEcho): Promise<IEcho> {
    return { text: body.text };
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

export const SECRET_CAUSE = "password=hunter2 in /srv/app/secret.ts";

type Send = (path: string, init?: RequestInit) => Promise<Response>;

export const probe = async (task: (send: Send) => Promise<void>, settings: Config = config): Promise<void> => {
  const application = await createApplication(settings, ProbeModule);
  await application.listen(0, "127.0.0.1");
  try {
    const host = await application.getUrl();
    await task((path, init) => fetch(new URL(path, host), init));
  } finally {
    await application.close();
  }
};

/** A project where nobody signs in has nothing to test there. */
export const scenarioForEachActor = (
  name: string,
  title: string,
  run: (bed: Bed, actor: Actor) => Promise<void>,
): void => {
  for (const actor of actors)
    scenario({ name: `${name}.${actor}`, title: `${actor}: ${title}`, requirements: [], rules: [] }, (bed) =>
      run(bed, actor),
    );
};

export const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body,
  headers: { "Content-Type": "application/json", ...headers },
});
