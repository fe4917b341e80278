import fs from "node:fs";
import fc from "fast-check";
import { blueprint } from "./blueprint.js";
import { buildAnalysis } from "./build.js";

const [n, seed, i] = process.argv.slice(2).map(Number);
const a = buildAnalysis(fc.sample(blueprint, { seed, numRuns: n })[i!]!);
fs.writeFileSync(`/tmp/a-${seed}-${i}.json`, JSON.stringify(a, null, 1));
console.log(a.actors.map((x) => x.name + ":" + x.kind + ":" + x.signup).join(" "));
for (const m of a.modules) {
  for (const e of m.entities) {
    console.log(e.name, "<", e.parent, e.requirements.join());
    for (const t of e.attributes)
      console.log(
        "    ",
        t.name,
        t.kind,
        t.required ? "" : "?",
        t.writer,
        t.target ?? "",
        t.source ?? "",
        t.of ?? "",
        t.values ?? "",
        t.minimum ?? "",
        t.maximum ?? "",
        t.requirements.join(),
      );
  }
  for (const p of m.permissions)
    console.log(
      "  P",
      p.actor,
      p.entity,
      p.actions.join(),
      p.filter?.map((c) => c.path.join(".") + c.operator + c.value).join(" & ") ?? "-",
      p.requirements.join(),
    );
  for (const l of m.lifecycles) {
    console.log("  L", l.entity, l.attribute, l.states.join(), l.requirements.join());
    for (const t of l.transitions)
      console.log("     T", t.action, t.actors.join(), t.from.join("|"), "->", t.to, t.requirements.join());
  }
  for (const r of m.rules)
    console.log("  R", r.entity, r.name, r.kind, r.members.join(), r.minimum, r.maximum, r.requirements.join());
}
