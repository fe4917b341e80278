/** `npm start`: serves until it is told to stop, then answers what is under way and leaves. */
import { log } from "./log";

const GRACE = 10_000;

const main = async (): Promise<void> => {
  const { config } = await import("./config");
  const { database } = await import("./database");
  const { createApplication } = await import("./application");

  if (config.isSecretEphemeral)
    log.warn("JWT_SECRET is not set: a new one was made, tokens of earlier starts are void");
  await database.connect();
  const application = await createApplication();
  await application.listen(config.port, config.host);
  log.info("listening", { url: await application.getUrl(), database: database.kind, documentation: "/docs" });

  const stop = async (signal: string): Promise<void> => {
    log.info("stopping", { signal });
    setTimeout(() => process.exit(1), GRACE).unref();
    await application.close();
    await database.close();
  };
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void stop(signal));
};

main().catch((error: unknown) => {
  process.stderr.write(`Could not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
