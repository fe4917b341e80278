import fc from "fast-check";
import { blueprint } from "./blueprint.js";
import { buildAnalysis } from "./build.js";
import { deriveDatabase } from "../../src/phases/2-database/derive.js";
import { compileDatabase } from "../../src/phases/2-database/compile.js";
import { compileAnalyze } from "../../src/phases/1-analyze/compile.js";
import { checkDatabase } from "../../src/phases/2-database/check/database.js";
import { checkAnalyze } from "../../src/phases/1-analyze/check/application.js";
import { settleAnalysis } from "../../src/phases/1-analyze/settle.js";
import { validateAnalyze } from "../../src/phases/1-analyze/ast.js";
import { prismaCompiler } from "../../src/io/prisma.js";
import { migration } from "../../src/phases/2-database/sql.js";
import { deriveProject } from "./project.js";
const n=Number(process.argv[2]), seed=Number(process.argv[3]);
let s=seed; const rnd=()=>{s=(Math.imul(s,1664525)+1013904223)>>>0; return s/4294967296;};
const stats:Record<string,number>={}; let t=Date.now();
for (const [i,bp] of fc.sample(blueprint,{seed,numRuns:n}).entries()) {
  const a=buildAnalysis(bp); const places:[any,string|number][]=[];
  const walk=(v:any)=>{ if(v===null||typeof v!=="object")return; for(const k of Object.keys(v)){places.push([v,k]);walk(v[k]);} };
  a.modules.forEach(walk);
  const names=a.modules.flatMap(m=>m.entities.flatMap(e=>[e.name,...e.attributes.map(x=>x.name)]));
  for(let k=0;k<1+Math.floor(rnd()*6);++k){ const [o,key]=places[Math.floor(rnd()*places.length)]!; const old=o[key]; const copy=structuredClone(a);
    if(Array.isArray(o)&&rnd()<.6) o.splice(Number(key),1); else if(typeof old==="string") o[key]=names[Math.floor(rnd()*names.length)]; else if(typeof old==="boolean") o[key]=!old; else if(typeof old==="number") o[key]=old*-3; else if (rnd()<.5) o[key]=null;
    if(!validateAnalyze(a).success){ Object.assign(a,copy); break; } }
  if(!validateAnalyze(a).success) continue;
  try { const r=settleAnalysis(a); for(const d of r.dropped) stats[d.diagnostics[0]!.code]=(stats[d.diagnostics[0]!.code]??0)+1;
   if(checkAnalyze(r.analyze).length) console.log(i,"unsettled"); if(!validateAnalyze(r.analyze).success) console.log(i,"invalid",validateAnalyze(r.analyze).errors);
   compileAnalyze(r.analyze); const d=deriveDatabase(r.analyze); const c=checkDatabase(d); if(c.length) console.log(i,"db",c[0]); const f=compileDatabase(d); const l=prismaCompiler.lint(f); if(l.length) console.log(i,"lint",l[0]); await migration(f,d,prismaCompiler); 
   if (r.analyze.modules.some(m=>m.entities.length)) try{deriveProject(r.analyze);}catch(e){ if(process.argv[4]===String(i)) {const m=r.analyze; console.log(JSON.stringify(m.modules.map(x=>[x.lifecycles,x.permissions.filter(p=>p.filter),x.entities.map(e=>[e.name,e.parent,e.attributes.filter(q=>q.kind==="enum").map(q=>q.name)])]))); console.log(JSON.stringify(r.dropped));} throw e;}
  } catch(e) { console.log(i,"crash",(e as any).stack.split("\n").slice(0,4).join("\n")); }
}
console.log(stats, Date.now()-t);
