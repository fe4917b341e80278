/** x */

import { RIVALS } from "./rivals.js";
import { benchSyntax } from "./syntactic.js";

const N = Number(process.argv[2] ?? 500);
let shown = 0;
const t = Date.now();
const r = await benchSyntax({
  seed: 1,
  cases: N,
  refusals: N / 4,
  rivals: process.argv[3] ? RIVALS : {},
  miss: (c, a) => {
    if ((!process.argv[5] || c.fault.includes(process.argv[5])) && shown++ < Number(process.argv[4] ?? 6)) {
      console.log("MISS", c.fault, c.original.fn.name, a === undefined ? "none" : "WRONG", c.reply.finishReason);
      console.log(
        (c.reply.calls.length ? JSON.stringify(c.reply.calls) : JSON.stringify(c.reply.content)).slice(0, 3500),
      );
      if (a) {
        const A = JSON.stringify(a),
          B = JSON.stringify(c.original.value);
        let i = 0;
        while (A[i] === B[i]) i++;
        console.log("  got", A.slice(Math.max(0, i - 60), i + 100));
        console.log("  want", B.slice(Math.max(0, i - 60), i + 100));
      }
    }
  },
});
console.log(JSON.stringify({ ...r, byFault: undefined }), Date.now() - t);
for (const [k, v] of Object.entries(r.byFault)) if (v.cases !== v.repaired) console.log(k, v);
