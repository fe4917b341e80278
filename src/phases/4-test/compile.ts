/** Test ASTs → test/features/*.ts and test/accounts.ts, in the words of the SDK. */
import type { FileTree } from "../../base/file-tree.js";
import { dto, pascal, shape } from "../../base/naming.js";
import type { AutoBeOpenApi } from "../3-interface/ast.js";
import type { AutoBeTest } from "./ast.js";
import { printExpression } from "./compile/expression.js";
import { isIsolated } from "./compile/isolation.js";

export const compileTest = (document: AutoBeOpenApi.IDocument, test: AutoBeTest.IApplication): FileTree => {
  const files = new Map<string, AutoBeTest.IFunction[]>();
  for (const one of test.functions) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return {
    "test/accounts.ts": printAccounts(document),
    ...Object.fromEntries(
      [...files].map(([file, functions]) => [`test/features/${file}.ts`, printFile(document, functions)]),
    ),
  };
};

const printFile = (document: AutoBeOpenApi.IDocument, functions: AutoBeTest.IFunction[]): string => {
  const body = functions.map((one) => printFunction(document, one)).join("\n\n");
  const types = [...new Set([...body.matchAll(/\bsatisfies (I[A-Z]\w*)/g)].map((match) => match[1]!))].sort();
  return [
    ...(/\btypia\./.test(body) ? [`import typia${body.includes("tags.") ? ", { type tags }" : ""} from "typia";`] : []),
    ...(/\bapi\./.test(body) ? ['import api from "../../src/api";'] : []),
    ...types.map((name) => `import type { ${name} } from "../../src/api/structures/${name}";`),
    ...(/\brandom\./.test(body) ? ['import { random } from "../random";'] : []),
    'import { scenario } from "../scenario";',
    ...(/\bshape\./.test(body) ? ['import { shape } from "../shape";'] : []),
    "",
    body,
    "",
  ].join("\n");
};

const printFunction = (document: AutoBeOpenApi.IDocument, one: AutoBeTest.IFunction): string => {
  const isolated = isIsolated(document, one.statements) ? ", isolated: true" : "";
  const meta = `{ name: ${quote(one.name)}, title: ${quote(one.title)}, requirements: ${JSON.stringify(one.requirements)}, rules: ${JSON.stringify(one.rules)}${isolated} }`;
  return `scenario(${meta}, async (bed) => {\n${printStatements(document, one.statements).join("\n")}\n});`;
};

const quote = (text: string): string => JSON.stringify(text);

/** A variable that nothing reads is not declared. */
const printStatements = (document: AutoBeOpenApi.IDocument, statements: AutoBeTest.IStatement[]): string[] => {
  const all = JSON.stringify(statements);
  const isRead = (name: string): boolean =>
    new RegExp(`"text":"${name}(\\.|")`).test(all) || new RegExp(`"as":"${name}"`).test(all);
  return statements.map((statement) => printStatement(document, statement, isRead));
};

const printStatement = (
  document: AutoBeOpenApi.IDocument,
  statement: AutoBeTest.IStatement,
  isRead: (name: string) => boolean,
): string => {
  const print = printExpression;
  switch (statement.type) {
    case "accountStatement":
      return isRead(statement.variableName)
        ? `const ${statement.variableName} = await bed.account(${quote(statement.actor)});`
        : `await bed.account(${quote(statement.actor)});`;
    case "declareStatement":
      return `const ${statement.variableName} = ${print(statement.expression)}${statement.typeName === null ? "" : ` satisfies ${statement.typeName}`};`;
    case "expressionStatement":
      return `${print(statement.expression)};`;
    case "returnStatement":
      return `return ${print(statement.expression)};`;
    case "throwStatement":
      return `throw ${print(statement.expression)};`;
    case "ifStatement": {
      const block = (inner: AutoBeTest.IStatement[]): string =>
        `{\n${inner.map((one) => printStatement(document, one, isRead)).join("\n")}\n}`;
      return `if (${print(statement.condition)}) ${block(statement.thenStatement)}${
        statement.elseStatement === null ? "" : ` else ${block(statement.elseStatement)}`
      }`;
    }
    case "repeatStatement":
      return `for (let count = 0; count < ${statement.times}; ++count) {\n${statement.statements.map((one) => printStatement(document, one, isRead)).join("\n")}\n}`;
    case "raceStatement":
      return printRace(statement);
    case "apiOperateStatement":
      return printCall(document, statement, isRead);
  }
};

const printCall = (
  document: AutoBeOpenApi.IDocument,
  statement: AutoBeTest.IApiOperateStatement,
  isRead: (name: string) => boolean,
): string => {
  const connection = statement.as === null ? "bed.anonymous" : `${statement.as}.connection`;
  const argument = statement.argument === null ? "" : `, ${printExpression(statement.argument)}`;
  const call = `api.functional.${statement.operation}(${connection}${argument})`;
  if (statement.status >= 400) {
    const kept = statement.variableName !== null && isRead(statement.variableName);
    return `${kept ? `const ${statement.variableName} = ` : ""}await bed.refused(${statement.status}, () => ${call}${statement.code === null ? "" : `, ${quote(statement.code)}`});`;
  }
  const operation = document.operations.find((one) => one.name === statement.operation);
  if (operation?.responseBody == null) return `await ${call};`;
  const check = `shape.${shape(operation.responseBody)}`;
  if (statement.variableName === null || !isRead(statement.variableName)) return `${check}(await ${call});`;
  return `const ${statement.variableName} = await ${call};\n${check}(${statement.variableName});`;
};

const printRace = ({ operation, as, arguments: given, ...race }: AutoBeTest.IRaceStatement): string => {
  const connection = as === null ? "bed.anonymous" : `${as}.connection`;
  const calls = given.map((one) => `() => api.functional.${operation}(${connection}, ${printExpression(one)})`);
  const code = race.code === null ? "" : `, ${quote(race.code)}`;
  return `await bed.race(${race.succeeds}, ${race.status}, [${calls.join(", ")}]${code});`;
};

/** How a fresh account of each actor is made: by joining, or by the seed where accounts are by invitation. */
const printAccounts = (document: AutoBeOpenApi.IDocument): string => {
  const actors = document.components.authorizations.map((one) => one.name);
  const makers = actors.map((actor) => {
    const join = document.operations.find((one) => one.kind === "join" && one.model === pascal(actor));
    const accessor = `api.functional.auth.${actor}`;
    if (join === undefined)
      return [
        `${actor}: async (bed) => {`,
        'const [email, password] = [bed.email(), "correct horse battery"];',
        `await seedAccount(${quote(actor)}, email, password);`,
        `const { account, token } = await ${accessor}.login(bed.anonymous, { body: { email, password } });`,
        "return { id: account.id, email, password, token, connection: bed.connect(token.access) };",
        "},",
      ].join("\n");
    const sample = document.samples[`${dto(pascal(actor))}.IJoin`]!.expression;
    return [
      `${actor}: async (bed) => {`,
      `const body = ${printExpression(sample)} satisfies ${dto(pascal(actor))}.IJoin;`,
      `const { account, token } = await ${accessor}.join(bed.anonymous, { body });`,
      "return { id: account.id, email: body.email, password: body.password, token, connection: bed.connect(token.access) };",
      "},",
    ].join("\n");
  });
  const body = makers.join("\n");
  const types = [...new Set([...body.matchAll(/satisfies (I[A-Z]\w*)/g)].map((match) => match[1]!))].sort();
  return [
    "/** How a fresh account of each actor is made. */",
    'import type { Actor } from "../src/actors";',
    ...(makers.length === 0 ? [] : ['import api from "../src/api";']),
    ...types.map((name) => `import type { ${name} } from "../src/api/structures/${name}";`),
    ...(body.includes("seedAccount(") ? ['import { seedAccount } from "../src/seed";'] : []),
    'import type { Account, Bed } from "./bed";',
    ...(/\brandom\./.test(body) ? ['import { random } from "./random";'] : []),
    "",
    `export const accounts: Record<Actor, (bed: Bed) => Promise<Account>> = {\n${body}\n};`,
    "",
  ].join("\n");
};
