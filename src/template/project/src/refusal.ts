import { HttpException } from "@nestjs/common";

/** An error that is meant for the caller: its code and message leave the server as they are. */
export class Refusal extends HttpException {
  public constructor(
    status: number,
    public readonly code: string,
    message: string,
  ) {
    super(message, status);
  }
}

/** @example throw refusal(404, "NOTE_NOT_FOUND", "There is no such note.") */
export const refusal = (status: number, code: string, message: string): Refusal => new Refusal(status, code, message);
