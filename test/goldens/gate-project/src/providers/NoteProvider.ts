import { randomUUID } from "node:crypto";
import type { INote } from "../api/structures/INote";
import type { Caller } from "../auth/authorize";
import { clock } from "../clock";
import { database } from "../database";
import { refusal } from "../refusal";

export namespace NoteProvider {
  export const create = async (props: { caller: Caller; body: INote.ICreate }): Promise<INote> =>
    database.client.note.create({
      data: { id: randomUUID(), ownerId: props.caller.id, title: props.body.title, createdAt: clock.now() },
      select: SELECT,
    });

  export const at = async (props: { caller: Caller; noteId: string }): Promise<INote> => {
    const row = await database.client.note.findFirst({
      where: { id: props.noteId, ownerId: props.caller.id },
      select: SELECT,
    });
    if (row === null) throw refusal(404, "NOTE_NOT_FOUND", "There is no such note.");
    return row;
  };

  const SELECT = { id: true, title: true } as const;
}
