/** Every error leaves as `{ status, code, message, requestId }`; what caused it stays in the log. */
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, HttpStatus } from "@nestjs/common";
import type { Request, Response } from "express";
import typia from "typia";
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
  const [code, message] = MESSAGES[status] ?? [];
  if (code !== undefined) return refusal(status, code, message);
  if (error instanceof HttpException && status < 500) return refusal(status, HttpStatus[status], error.message);
  return refusal(status < 500 ? 400 : status, ...MESSAGES[status < 500 ? 400 : 500]);
};

/** The body parser marks its errors as meant for the caller; nothing else is believed. */
const parserStatus = (error: unknown): number =>
  typia.is<{ expose: true; status: number; type: string }>(error) ? error.status : 500;

const MESSAGES: Record<number, [code: string, message: string]> = {
  400: ["INVALID", "The request does not have the documented form."],
  404: ["NOT_FOUND", "There is nothing here."],
  413: ["TOO_LARGE", "The request body is too large."],
  415: ["UNSUPPORTED", "The encoding of the request body is not supported."],
  500: ["INTERNAL", "Something went wrong here. The request id leads us to it."],
};

/** Places only: the values that were sent are not sent back. */
const invalidPlaces = (error: unknown): InvalidPlace[] => {
  if (!(error instanceof HttpException)) return [];
  const answer = error.getResponse();
  if (typia.is<{ errors: InvalidPlace[] }>(answer)) return answer.errors.map(pick);
  return typia.is<InvalidPlace>(answer) ? [pick(answer)] : [];
};

const pick = ({ path, expected }: InvalidPlace): InvalidPlace => ({ path, expected });
