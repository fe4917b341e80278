/** The HTTP application: what every request passes before it reaches a controller. */
import type { Type } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";
import helmet from "helmet";
import { AppModule } from "./app.module";
import { limitAuthentication } from "./auth/rate-limit";
import { type Config, config } from "./config";
import { serveDocs } from "./docs";
import { ErrorFilter } from "./error-filter";
import { logRequests } from "./request-log";

export const createApplication = async (
  settings: Config = config,
  root: Type = AppModule,
): Promise<NestExpressApplication> => {
  const application = await NestFactory.create<NestExpressApplication>(root, {
    abortOnError: false,
    bodyParser: false,
    logger: false,
  });
  application.set("trust proxy", settings.trustedProxies);
  application.use(logRequests);
  // On plain HTTP, as in development, asking browsers to upgrade would break the page of the documentation.
  application.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  if (settings.corsOrigins.length > 0) application.enableCors({ origin: settings.corsOrigins });
  application.use("/auth", limitAuthentication(settings));
  application.useBodyParser("json", { limit: settings.bodyBytes });
  application.useGlobalFilters(new ErrorFilter());
  serveDocs(application);
  return application;
};
