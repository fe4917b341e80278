/** Gives each request an id and writes one line when it is answered: never a body, a query, a header or a token. */
import { randomUUID } from "node:crypto";
import type { RequestHandler, Response } from "express";
import { log } from "./log";

export const logRequests: RequestHandler = (request, response, next) => {
  const started = performance.now();
  const requestId = acceptId(request.headers["x-request-id"]) ?? randomUUID();
  response.locals.requestId = requestId;
  response.setHeader("X-Request-Id", requestId);
  response.setHeader("Cache-Control", "no-store");
  const path = request.originalUrl.split("?", 1)[0];
  response.once("close", () =>
    log.info("request", {
      requestId,
      method: request.method,
      path,
      status: response.statusCode,
      milliseconds: Math.round(performance.now() - started),
    }),
  );
  next();
};

export const requestIdOf = (response: Response): string => response.locals.requestId;

/** A proxy may have named the request already; what else a header could carry does not get into the log. */
const acceptId = (header: string | string[] | undefined): string | null =>
  typeof header === "string" && /^[\w.-]{1,64}$/.test(header) ? header : null;
