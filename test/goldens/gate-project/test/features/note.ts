import api from "../../src/api";
import { scenario } from "../scenario";

scenario(
  { name: "note.create", title: "a note is kept", requirements: ["notes.R1"], rules: ["notes.B1"] },
  async (bed) => {
    const { connection } = await bed.account("member");
    const note = await api.functional.notes.create(connection, { body: { title: "milk" } });
    bed.equals("read again", await api.functional.notes.at(connection, { noteId: note.id }), note);
    await bed.refused(409, () => api.functional.notes.create(connection, { body: { title: "milk" } }), "DUPLICATE");
  },
);

scenario(
  { name: "note.at.foreign", title: "another member's note is not found", requirements: ["notes.R2"], rules: [] },
  async (bed) => {
    const [mine, other] = [await bed.account("member"), await bed.account("member")];
    const { id: noteId } = await api.functional.notes.create(mine.connection, { body: { title: "milk" } });
    await bed.refused(404, () => api.functional.notes.at(other.connection, { noteId }), "NOTE_NOT_FOUND");
  },
);

scenario(
  { name: "member.session", title: "a session lives as long as it is refreshed", requirements: [], rules: [] },
  async (bed) => {
    const { email, password } = await bed.account("member");
    const login = await api.functional.auth.member.login(bed.anonymous, { body: { email, password } });
    const { token } = await api.functional.auth.member.refresh(bed.anonymous, { body: { refresh: login.token.refresh } });
    const connection = bed.connect(token.access);
    bed.equals("me", (await api.functional.auth.member.me(connection)).email, email);
    await api.functional.auth.member.logout(connection);
    await bed.refused(401, () => api.functional.auth.member.me(connection));
  },
);

scenario(
  { name: "environment", title: "no secret of the user's reaches generated code", requirements: [], rules: [] },
  async (bed) => bed.equals("key", process.env.OPENAI_API_KEY, undefined),
);
