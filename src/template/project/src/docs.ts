/** openapi.json, and Swagger UI over it at /docs. */
import { dirname } from "node:path";
import type { NestExpressApplication } from "@nestjs/platform-express";
import type { Express } from "express";
import { projectRoot } from "./config";

export const serveDocs = (application: NestExpressApplication): void => {
  const http: Express = application.getHttpAdapter().getInstance();
  // With a root, a folder above that begins with a dot does not make it a hidden file.
  http.get("/openapi.json", (_request, response) => response.sendFile("openapi.json", { root: projectRoot() }));
  // Before the files of Swagger UI, because it stands in for one of them.
  http.get("/docs/swagger-initializer.js", (_request, response) =>
    response.type("application/javascript").send(INITIALIZER),
  );
  application.useStaticAssets(dirname(require.resolve("swagger-ui-dist/package.json")), { prefix: "/docs" });
};

const INITIALIZER = `window.onload = () => {
  window.ui = SwaggerUIBundle({
    url: "/openapi.json",
    dom_id: "#swagger-ui",
    deepLinking: true,
    persistAuthorization: false,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: "StandaloneLayout",
  });
};
`;
