/** x */
import * as x from "./converge.js";
const subjects = await (x as any).subjectsOf(1);
const i=Number(process.argv[2]);
const talent = {p:Number(process.argv[3]),q:0.05,firstTry:0.0675};
const s=subjects[i%subjects.length];
const m=(x as any).modelOf(s, talent, i, 1, 0); const say=m.say.bind(m); let n=0;
const causes=m.causesIn.bind(m);
m.causesIn=(l:any,st:any,q:any,a:any)=>{const r=causes(l,st,q,a); if (n>5&&n<9 && l==="modules") console.log("CAUSES",l,JSON.stringify(st),JSON.stringify(r)); return r;};
m.say=(v:any)=>{const r=say(v); if (n++>4&&n<9) console.log("SAY",n, JSON.stringify(v).slice(0,900), "\n", JSON.stringify(r).slice(0,900)); return r;};
await (x as any).byItems(s,m);
