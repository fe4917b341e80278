import { TypedRoute } from "@nestia/core";
import { Controller } from "@nestjs/common";
import type { IHealth } from "../api/structures/IHealth";
import { database } from "../database";
import { refusal } from "../refusal";

@Controller("health")
export class HealthController {
  /**
   * Tell whether the service can do its work.
   *
   * Answers 503 while the database cannot be reached.
   *
   * @tag Health
   */
  @TypedRoute.Get()
  public async get(): Promise<IHealth> {
    try {
      await database.client.$queryRaw`SELECT 1`;
    } catch {
      throw refusal(503, "DATABASE_UNREACHABLE", "The database cannot be reached.");
    }
    return { status: "ok", database: database.kind };
  }
}
