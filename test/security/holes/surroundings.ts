/** What stands around every request lets too much in, or out. */
import type { Variant } from "../variants.js";

const APPLICATION = "src/application.ts";

export const surroundings: Variant[] = [
  {
    hole: "an error tells its stack",
    file: "src/error-filter.ts",
    from: "const { code, message } = refused;",
    to: "const { code } = refused;\n    const message = error instanceof Error ? String(error.stack) : refused.message;",
    probes: ["template.errors.internal"],
  },
  {
    hole: "an invalid value is sent back",
    file: "src/error-filter.ts",
    from: "({ path, expected }: InvalidPlace): InvalidPlace => ({ path, expected });",
    to: "(place: InvalidPlace): InvalidPlace => place;",
    probes: ["template.errors.invalid"],
  },
  {
    hole: "malformed JSON is quoted",
    file: "src/error-filter.ts",
    from: "if (usual !== undefined) return",
    to: "if (usual !== undefined && status !== 400) return",
    probes: ["template.errors.malformed"],
  },
  {
    hole: "answers carry no security headers",
    file: APPLICATION,
    from: "application.use(helmet(",
    to: "void (helmet(",
    probes: ["template.production.headers"],
  },
  {
    hole: "passwords are guessed without a limit",
    file: APPLICATION,
    from: 'application.use("/auth", limitAuthentication(settings));',
    to: "",
    probes: ["template.production.limit"],
  },
  {
    hole: "production starts with a short secret",
    file: "src/config.ts",
    from: "if (text.length < 32)",
    to: "if (text.length < 1)",
    probes: ["template.production.secret"],
  },
  {
    hole: "hashes are cheap to guess",
    file: "src/config.ts",
    from: "test ? { N: 2 ** 10, r: 8, p: 1 } : { N: 2 ** 15, r: 8, p: 3 }",
    to: "{ N: 2 ** 10, r: 8, p: 1 }",
    probes: ["template.production.password"],
  },
  {
    hole: "passwords have no salt",
    file: "src/auth/password.ts",
    from: "const salt = randomBytes(16);",
    to: "const salt = Buffer.alloc(16);",
    probes: ["template.production.password"],
  },
];
