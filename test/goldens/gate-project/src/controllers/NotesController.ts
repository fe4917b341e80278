import { TypedBody, TypedParam, TypedRoute } from "@nestia/core";
import { Controller } from "@nestjs/common";
import type { tags } from "typia";
import type { INote } from "../api/structures/INote";
import { Authorize, type Caller, Me } from "../auth/authorize";
import { NoteProvider } from "../providers/NoteProvider";

@Controller("notes")
export class NotesController {
  /**
   * Write a note.
   *
   * @param body The note to be written
   * @returns The note
   * @tag Note
   */
  @Authorize("member")
  @TypedRoute.Post()
  public async create(@Me() caller: Caller, @TypedBody() body: INote.ICreate): Promise<INote> {
    return NoteProvider.create({ caller, body });
  }

  /**
   * Read a note.
   *
   * @param noteId Which note
   * @returns The note
   * @tag Note
   */
  @Authorize("member")
  @TypedRoute.Get(":noteId")
  public async at(@Me() caller: Caller, @TypedParam("noteId") noteId: string & tags.Format<"uuid">): Promise<INote> {
    return NoteProvider.at({ caller, noteId });
  }
}
