/** Who may call a route: `@Authorize("member")` above it, `@Me() caller: Caller` inside it. */
import { SwaggerCustomizer } from "@nestia/core";
import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  SetMetadata,
  UseGuards,
} from "@nestjs/common";
import type { Request } from "express";
import type { Actor } from "../actors";
import { refusal } from "../refusal";
import { verifyAccess } from "./session";

/** The account behind a request. */
export interface Caller {
  actor: Actor;
  id: string;
  session: string;
}

/** With "guest" among the actors a missing token is fine, as is that of anybody else, but a bad one still is refused. */
export const Authorize = (...actors: (Actor | "guest")[]): MethodDecorator =>
  applyDecorators(
    SetMetadata(ACTORS, actors),
    UseGuards(AuthorizeGuard),
    SwaggerCustomizer(({ route }) => {
      route.security = actors.includes("guest") ? [{}, { bearer: [] }] : [{ bearer: [] }];
    }),
  );

/** `Caller`, or `Caller | null` where guests are allowed. */
export const Me = (): ParameterDecorator => readCaller();

const ACTORS = "authorize/actors";

interface AuthorizedRequest extends Request {
  caller?: Caller | null;
}

/** A guard, because guards run before the body is judged: who may not call learns nothing about it. */
@Injectable()
class AuthorizeGuard implements CanActivate {
  public async canActivate(context: ExecutionContext): Promise<boolean> {
    const actors: string[] = Reflect.getMetadata(ACTORS, context.getHandler());
    const request = context.switchToHttp().getRequest<AuthorizedRequest>();
    const header = request.headers.authorization;
    if (header === undefined && actors.includes("guest")) {
      request.caller = null;
      return true;
    }
    const caller = await verifyAccess(header?.match(/^Bearer +(\S+)$/i)?.[1] ?? "");
    if (!actors.includes(caller.actor) && !actors.includes("guest"))
      throw refusal(403, "FORBIDDEN", "This is not for an account of your kind.");
    request.caller = caller;
    return true;
  }
}

const readCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller | null => {
  const { caller } = context.switchToHttp().getRequest<AuthorizedRequest>();
  if (caller === undefined) throw new Error("@Me() needs @Authorize() on the same method.");
  return caller;
});
