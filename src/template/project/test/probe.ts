/** An application of the same make with three routes of its own, to see what the fixed parts do on any project. */
import { TypedBody, TypedRoute } from "@nestia/core";
import { Controller, Module } from "@nestjs/common";
import type { tags } from "typia";
import { type Actor, sessions } from "../src/actors";
import { createApplication } from "../src/application";
import { Authorize, type Caller, Me } from "../src/auth/authorize";
import { type Config, config } from "../src/config";

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
  public async mine(@Me() caller: Caller, @TypedBody() body: IEcho): Promise<IEcho> {
    return { text: caller.actor + body.text };
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

export const post = (body: string, headers: Record<string, string> = {}): RequestInit => ({
  method: "POST",
  body,
  headers: { "Content-Type": "application/json", ...headers },
});
