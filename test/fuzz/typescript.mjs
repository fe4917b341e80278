// `node --import ./test/fuzz/typescript.mjs x.ts` runs TypeScript of the tests with plain node.
import { register } from "node:module";

register("./typescript-hooks.mjs", import.meta.url);
