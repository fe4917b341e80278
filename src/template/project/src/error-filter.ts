/** Every error leaves as `{ status, code, message, requestId }`; what caused it stays in the log. */
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, HttpStatus } from "@nestjs/common";
import type { Request, Response } from "express";
import typia, { type tags } from "typia";
import { databaseRefusal } from "./database-refusal";
import { log } from "./log";
import { Refusal, refusal } from "./refusal";
import { requestIdOf } from "./request-log";

/** What a caller sees of an error. */
export interface ErrorBody {
  status: number;
  code: string;
  message: string;
  requestId: string;
  /** What was wrong where, if the request was not of the documented form. */
  errors?: InvalidPlace[];
}

interface InvalidPlace {
  path: string;
  expected: string;
}

@Catch()
export class ErrorFilter implements ExceptionFilter {
  public catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const requestId = requestIdOf(response);
    const refused = toRefusal(error);
    const status = refused.getStatus();
    if (status >= 500) log.error("failure", { requestId, method: request.method, path: request.path, error });
    if (response.headersSent) return void response.end();

    const errors = status === 400 ? invalidPlaces(error) : [];
    const { code, message } = refused;
    const body: ErrorBody = { status, code, message, requestId, ...(errors.length > 0 && { errors }) };
    response.status(status).type("application/json").send(JSON.stringify(body));
  }
}

const toRefusal = (error: unknown): Refusal =>
  error instanceof Refusal ? error : (databaseRefusal(error) ?? transportRefusal(error));

/** What Nest, nestia and the body parser throw. Their messages may quote the request, so the usual ones have ours. */
const transportRefusal = (error: unknown): Refusal => {
  const status = error instanceof HttpException ? error.getStatus() : parserStatus(error);
  const usual = MESSAGES[status];
  if (usual !== undefined) return refusal(status, ...usual);
  if (error instanceof HttpException && status < 500)
    return refusal(status, HttpStatus[status] ?? "REFUSED", error.message);
  return status < 500 ? refusal(400, ...INVALID) : refusal(500, ...INTERNAL);
};

/** The body parser marks its errors as meant for the caller; nothing else is believed. */
const parserStatus = (error: unknown): number =>
  typia.is<{ expose: true; status: number & tags.Minimum<400> }>(error) ? error.status : 500;

type Answer = [code: string, message: string];

const INVALID: Answer = ["INVALID", "The request does not have the documented form."];
const INTERNAL: Answer = ["INTERNAL", "Something went wrong here. The request id leads us to it."];

const MESSAGES: Record<number, Answer | undefined> = {
  400: INVALID,
  404: ["NOT_FOUND", "There is nothing here."],
  413: ["TOO_LARGE", "The request body is too large."],
  415: ["UNSUPPORTED", "The encoding of the request body is not supported."],
  500: INTERNAL,
};

/** Places only: the values that were sent are not sent back. */
const invalidPlaces = (error: unknown): InvalidPlace[] => {
  if (!(error instanceof HttpException)) return [];
  const answer = error.getResponse();
  if (typia.is<{ errors: InvalidPlace[] }>(answer)) return answer.errors.map(pick);
  return typia.is<InvalidPlace>(answer) ? [pick(answer)] : [];
};

const pick = ({ path, expected }: InvalidPlace): InvalidPlace => ({ path, expected });
