/** Calls that a model wrote as text, in the markup it was trained on and its server did not recognize. */

/** The arguments of every call in the text, as JSON or as a call in the manner of Python. */
export const markup = (text: string, name: string): string[] => [
  ...FORMS.flatMap((form) => [...text.matchAll(form)].map((match) => match[1]!)),
  ...[...text.matchAll(/<(?:function|invoke)(?:=| name=)[^>]*>([\s\S]*?)(?:<\/(?:function|invoke)>|$)/g)].flatMap(
    (match) => parameters(match[1]!),
  ),
  ...[...text.matchAll(/<tool_call>([\s\S]*?)(?:<\/tool_call>|$)/g)].flatMap((match) => pairs(match[1]!)),
  ...pythonCalls(text, name),
];

const FORMS = [
  /<tool_call>\s*(\{[\s\S]*?)(?:<\/tool_call>|$)/g,
  /\[TOOL_CALLS\]\s*([[{][\s\S]*)/g,
  /\[TOOL_CALLS\]\s*[\w.-]+\s*(?:\[ARGS\])?\s*(\{[\s\S]*)/g,
  /<\|python_tag\|>\s*(\{[\s\S]*)/g,
  /<function=[^>]*>\s*(\{[\s\S]*?)(?:<\/function>|$)/g,
];

/** Qwen's form: `<parameter=name>value</parameter>`, whose values have no types. */
const parameters = (body: string): string[] =>
  written([...body.matchAll(/<parameter(?:=| name=)"?([^>\s"]+)"?>\n?([\s\S]*?)\n?<\/parameter>/g)]);

/** GLM's form: `<arg_key>name</arg_key><arg_value>value</arg_value>`. */
const pairs = (body: string): string[] =>
  written([...body.matchAll(/<arg_key>([\s\S]*?)<\/arg_key>\s*<arg_value>([\s\S]*?)<\/arg_value>/g)]);

const written = (found: RegExpMatchArray[]): string[] =>
  found.length === 0
    ? []
    : [JSON.stringify(Object.fromEntries(found.map((match) => [match[1]!.trim(), typed(match[2]!)])))];

const typed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** `default_api.emit(plan="p", columns=[…])`; the text begins with the name. */
const pythonCalls = (text: string, name: string): string[] => {
  const escaped = name.replace(/[^\w]/g, "\\$&");
  const calls = new RegExp(`(?<![\\w"'])(?:default_api|functions|tools)?[.:]?(?<![\\w"'])(${escaped}\\s*\\()`, "g");
  return [...text.matchAll(calls)].map((match) => text.slice(match.index + match[0].length - match[1]!.length));
};
