/** x */
import * as x from "./converge.js";

const subjects = await (x as any).subjectsOf(1);
const talent = { p: Number(process.argv[2] ?? 0.9), q: 0.05, firstTry: Number(process.argv[3] ?? 0.0675) };
let n = 0;
for (let i = 0; i < Number(process.argv[4] ?? 80); ++i) {
  const s = subjects[i % subjects.length];
  const entries: any[] = [];
  const r = await (x as any).byItems(s, (x as any).modelOf(s, talent, i, 1, 0), entries);
  if (r.valid === null || r.valid > Number(process.argv[6] ?? 8)) {
    if (n++ < Number(process.argv[5] ?? 4)) {
      console.log("FAIL", i, s.task.key, r.valid);
      for (const e of entries)
        if (e.kind === "attempt")
          console.log(
            "  ",
            e.attempt,
            JSON.stringify(e.diagnostics.map((d: any) => [d.code, d.path, d.message.slice(0, 80)])).slice(0, 400),
          );
        else
          console.log(
            "  dropped",
            JSON.stringify(e.dropped.map((d: any) => d.path)),
            "lens",
            JSON.stringify(
              e.answer && Object.fromEntries(Object.entries(e.answer).map(([k, v]: any) => [k, v.length])),
            ),
            "want",
            JSON.stringify(Object.fromEntries(Object.entries(s.right).map(([k, v]: any) => [k, v.length]))),
          );
    }
  }
}
console.log(n);
