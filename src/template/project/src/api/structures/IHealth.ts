/** Whether the service can do its work. */
export interface IHealth {
  /** The service answers and reaches its database. */
  status: "ok";

  /** Which database it runs on. */
  database: "pglite" | "postgresql";
}
