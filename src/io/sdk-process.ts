/** A process that loads compiled controllers and has nestia write their client and document; see sdk.ts. */
import fs from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { Bug } from "../base/mishap.js";

interface Nestia {
  NestiaSdkApplication: new (config: object) => { all(): Promise<void> };
}
interface Nest {
  NestFactory: { create(module: unknown, options: object): Promise<unknown> };
}

const [folder, build, answer] = process.argv.slice(2) as [string, string, string];

const main = async (): Promise<void> => {
  const require = createRequire(join(build, "src", "app.module.js"));
  const { NestiaSdkApplication } = require("@nestia/sdk") as Nestia;
  const { NestFactory } = require("@nestjs/core") as Nest;
  const { AppModule } = require("./app.module.js") as { AppModule: unknown };
  const written = interceptWrites();
  const swagger = join(folder, "openapi.json");
  // As in nestia.config.ts of the project, which gives its user the same by `npm run sdk`.
  const application = new NestiaSdkApplication({
    input: () => NestFactory.create(AppModule, { logger: false, abortOnError: false }),
    output: join(folder, "src", "api"),
    keyword: true,
    simulate: false,
    primitive: false,
    swagger: {
      openapi: "3.1",
      output: swagger,
      servers: [{ url: "/", description: "The server this document comes from" }],
      security: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  });
  await application.all();
  if (!written.has(swagger)) throw new Bug("nestia ended without a word and wrote no document.");
  const paths = [...written.keys()].filter((path) => path !== swagger).sort();
  const files = Object.fromEntries(
    paths.map((path) => [relative(folder, path).replaceAll("\\", "/"), written.get(path)!]),
  );
  fs.writeFileSync(answer, JSON.stringify({ files, swagger: JSON.parse(written.get(swagger)!) }));
};

/**
 * nestia writes imports relative to where it writes, so it has to believe that it writes into the project. What lies
 * there is the user's, and is neither read nor changed.
 */
const interceptWrites = (): Map<string, string> => {
  const written = new Map<string, string>();
  const exists = fs.existsSync;
  const output = join(folder, "src", "api");
  Object.assign(fs.promises, {
    writeFile: async (path: string, text: string) => void written.set(join(path), text),
    mkdir: async () => undefined,
  });
  fs.existsSync = (path) => !String(path).startsWith(output) && exists(path);
  return written;
};

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
