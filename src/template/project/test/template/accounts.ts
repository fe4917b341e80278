import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../src/config";
import { post, scenarioForEachActor } from "../probe";

/** Routes as the contract has them. */
const paths = (): object => JSON.parse(readFileSync(join(projectRoot(), "openapi.json"), "utf8")).paths;

scenarioForEachActor("template.accounts.invited", "nobody signs up who has to be invited", async (bed, actor) => {
  const path = `/auth/${actor}/join`;
  if (path in paths()) return;
  const body = JSON.stringify({ email: bed.email(), password: "correct horse battery" });
  for (const route of [path, `/auth/${actor}/signup`, `/auth/${actor}`]) {
    const { status } = await fetch(`${bed.anonymous.host}${route}`, post(body));
    bed.equals(route, status, 404);
  }
});
