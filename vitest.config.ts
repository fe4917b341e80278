import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Tests import `../src/…`; what runs is the build of it, because typia's validators exist only there. */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^(?:\.\.\/)+src\/(.*)$/, replacement: fileURLToPath(new URL("./dist/", import.meta.url)).concat("$1") },
    ],
  },
  // Vitest leaves one processor free, which on two leaves one worker.
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: availableParallelism(),
  },
});
