/** Rows of others are read. */
import type { Variant } from "../variants.js";

const NOTES = "src/providers/NoteProvider.ts";

export const rows: Variant[] = [
  {
    hole: "a row is read by its key alone",
    file: "src/scopes/NoteScope.ts",
    from: "AND: [{ id: path.noteId }, readable(caller)],",
    to: "AND: [{ id: path.noteId }],",
    probes: [
      "notes.at.foreign.member",
      "notes.update.foreign.member",
      "notes.erase.foreign.member",
      "notes.close.foreign.member",
    ],
  },
  {
    hole: "a list holds the rows of everybody",
    file: NOTES,
    from: "NoteScope.readable(props.caller),",
    to: "",
    probes: ["notes.list.foreign.member"],
  },
  {
    hole: "a filter by the owner stands in for the scope",
    file: NOTES,
    from: "NoteScope.readable(props.caller),",
    to: "props.query.ownerId === undefined ? NoteScope.readable(props.caller) : {},",
    probes: ["notes.list.filtered.member"],
  },
  {
    hole: "a row of somebody else is refused otherwise than one that is not there",
    file: NOTES,
    from: 'if (row === null) throw refusal(404, "NOTE_NOT_FOUND", "There is no such note.");',
    to: `if (row === null && (await database.client.note.count({ where: { id: props.noteId } })) > 0)
      throw refusal(404, "NOTE_NOT_FOUND", "This note is not yours.");
    if (row === null) throw refusal(404, "NOTE_NOT_FOUND", "There is no such note.");`,
    probes: ["notes.at.foreign.member"],
  },
];
