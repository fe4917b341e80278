/** The small language of scenario steps: `body.title = "x"`, `listId = list.id`, `data.length >= 2`. */

export interface Clause {
  target: string;
  operator: "=" | "!=" | "<" | "<=" | ">" | ">=";
  value: { kind: "literal"; json: unknown } | { kind: "path"; path: string };
}

const CLAUSE = /^\s*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[\d+\])*)\s*(===|==|!==|!=|<=|>=|=|<|>)\s*([\s\S]+?)\s*$/;
const PATH = /^[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*|\[\d+\])+$/;
/** A bare word that is neither a JSON literal nor a path: an enum value written without quotes. */
const WORD = /^[A-Za-z_$][\w$-]*$/;

export const parseGift = (text: string, report: (message: string) => void): Clause | null => {
  const clause = parse(text);
  if (clause === null || clause.operator !== "=") {
    report('Write it as target = value, like body.title = "x" or listId = list.id.');
    return null;
  }
  return clause;
};

export const parseExpectation = (text: string, report: (message: string) => void): Clause | null => {
  const clause = parse(text);
  if (clause === null) report('Write it as path operator value, like status = "done" or data.length >= 2.');
  return clause;
};

const parse = (text: string): Clause | null => {
  const match = CLAUSE.exec(text);
  if (match === null) return null;
  const operator = match[2]!.replace(/^={2,3}$/, "=").replace("!==", "!=") as Clause["operator"];
  const target = match[1]!;
  const written = match[3]!;
  const json = parseJson(written);
  if (json !== undefined) return { target, operator, value: { kind: "literal", json } };
  if (PATH.test(written)) return { target, operator, value: { kind: "path", path: written } };
  if (WORD.test(written)) return { target, operator, value: { kind: "literal", json: written } };
  return null;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(/^'[^'"]*'$/.test(text) ? `"${text.slice(1, -1)}"` : text);
  } catch {
    return undefined;
  }
};
