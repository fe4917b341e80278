// Read by `npm run sdk` and `npm run openapi`: the client in src/api and openapi.json, both from the controllers.
import type { INestiaConfig } from "@nestia/sdk";
import { NestFactory } from "@nestjs/core";
import { AppModule } from "./src/app.module";

const config: INestiaConfig = {
  input: () => NestFactory.create(AppModule, { logger: false }),
  output: "src/api",
  keyword: true,
  simulate: false,
  primitive: false,
  swagger: {
    openapi: "3.1",
    output: "openapi.json",
    beautify: true,
    servers: [{ url: "/", description: "The server this document comes from" }],
    security: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
  },
};
export default config;
