import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { hashPassword, verifyPassword } from "../../src/auth/password";
import { type Config, projectRoot, readConfig } from "../../src/config";
import { post, probe } from "../probe";
import { scenario } from "../scenario";

const meta = { requirements: [], rules: [] };

const production = (): Config => readConfig({ NODE_ENV: "production", JWT_SECRET: "x".repeat(32) });

const start = (secret: string) => {
  const { JWT_SECRET: _, ...environment } = process.env;
  return spawnSync(process.execPath, [join(__dirname, "..", "..", "src", "main.js")], {
    env: { ...environment, NODE_ENV: "production", JWT_SECRET: secret, PROJECT_ROOT: projectRoot(), PORT: "0" },
    encoding: "utf8",
    timeout: 10_000,
  });
};

scenario(
  { name: "template.production.secret", title: "production does not start without a secret", ...meta },
  async (bed) => {
    for (const secret of ["", "x".repeat(31)]) {
      const { status, stdout, stderr } = start(secret);
      bed.equals("exit code", status, 1);
      bed.equals("output", stdout, "");
      bed.ok(`it says why: ${stderr}`, stderr.includes("JWT_SECRET"));
    }
  },
);

scenario({ name: "template.production.password", title: "passwords are hashed at full cost", ...meta }, async (bed) => {
  const { passwordCost } = production();
  const first = await hashPassword("correct horse", passwordCost);
  const second = await hashPassword("correct horse", passwordCost);
  bed.ok("the cost is what OWASP asks for", passwordCost.N * passwordCost.r * passwordCost.p >= 2 ** 15 * 8 * 3);
  bed.ok("the cost is in the text", first.startsWith(`scrypt$${passwordCost.N}$${passwordCost.r}$${passwordCost.p}$`));
  bed.ok("each has its own salt", first !== second);
  bed.ok("the right one passes", await verifyPassword("correct horse", first));
  bed.ok("a wrong one does not", !(await verifyPassword("correct horsf", first)));
  bed.ok("no account does not", !(await verifyPassword("correct horse", null)));
});

scenario({ name: "template.production.limit", title: "too many attempts to sign in are refused", ...meta }, (bed) => {
  const settings = production();
  return probe(async (send) => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt <= settings.authRequestsPerMinute; ++attempt) {
      const response = await send("/auth/anybody/login", post("{}"));
      statuses.push(response.status);
    }
    bed.ok("a person is let through", settings.authRequestsPerMinute >= 5);
    bed.ok("a guesser is not", settings.authRequestsPerMinute <= 60);
    bed.equals("statuses", [...new Set(statuses)], [404, 429]);
    bed.equals("refused", statuses.filter((status) => status === 429).length, 1);
    bed.equals("elsewhere", (await send("/probe/echo", post('{"text":"a"}'))).status, 201);
  }, settings);
});

scenario({ name: "template.production.headers", title: "answers carry the security headers", ...meta }, (bed) =>
  probe(async (send) => {
    const { headers } = await send("/probe/echo", post('{"text":"a"}'));
    bed.equals("type", headers.get("x-content-type-options"), "nosniff");
    bed.equals("frame", headers.get("x-frame-options"), "SAMEORIGIN");
    bed.equals("cache", headers.get("cache-control"), "no-store");
    bed.equals("server", headers.get("x-powered-by"), null);
    bed.equals("origin", headers.get("access-control-allow-origin"), null);
    bed.ok("policy", headers.get("content-security-policy") !== null);
    bed.ok("transport", headers.get("strict-transport-security") !== null);
  }, production()),
);

scenario({ name: "template.production.docs", title: "the documentation is served", ...meta }, (bed) =>
  probe(async (send) => {
    const document = await send("/openapi.json");
    bed.equals("document", document.status, 200);
    bed.ok("version", String((await document.json()).openapi).startsWith("3."));
    const page = await send("/docs/");
    bed.equals("page", [page.status, (await page.text()).includes("swagger-ui")], [200, true]);
    bed.ok("initializer", (await (await send("/docs/swagger-initializer.js")).text()).includes('"/openapi.json"'));
  }),
);
