/** Slows the guessing of passwords down: a limit for each address, counted in the memory of this process. */
import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import type { Config } from "../config";
import { refusal } from "../refusal";

export const limitAuthentication = ({ authRequestsPerMinute }: Config): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: authRequestsPerMinute,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Reading needs a token already.
    skip: (request) => request.method === "GET",
    // A header that no trusted proxy wrote is not used, so there is nothing to warn of.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) =>
      next(refusal(429, "TOO_MANY_REQUESTS", "Too many attempts. Try again in a minute.")),
  });
