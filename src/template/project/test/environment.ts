/** Imported before anything else: the configuration is read when it is first imported. */
import { randomBytes } from "node:crypto";

process.env.NODE_ENV = "test";
process.env.JWT_SECRET = randomBytes(48).toString("base64url");
// Never a user's data: PGlite lives in memory, PostgreSQL gets a schema of its own.
delete process.env.PGLITE_DIR;
process.env.DATABASE_SCHEMA = "test_" + randomBytes(6).toString("hex");
for (const name of ["ACCESS_TOKEN_MINUTES", "REFRESH_TOKEN_DAYS", "AUTH_REQUESTS_PER_MINUTE", "CORS_ORIGINS"])
  delete process.env[name];
