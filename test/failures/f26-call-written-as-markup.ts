/** F26: the call stands in the content, in the markup of some model. */
import { owner } from "../harness/sample.js";
import type { FailureScenario } from "./failure.js";
import { readsContent, TEXT } from "./readable.js";

const CALL = `{"name": "emit", "arguments": ${TEXT}}`;
const COLUMNS = JSON.stringify([owner]);
const PYTHON = `plan='p', columns=[${COLUMNS.slice(1, -1).replaceAll('"', "'")}], unserved=[]`;
const CLASSES = `plan="p", columns=[default_api.Column(table="orders", name="owner", kind="text", size=1)], unserved=[]`;

export const scenario: FailureScenario[] = [
  readsContent("tool_call", `I call it.\n<tool_call>\n${CALL}\n</tool_call>`),
  readsContent("tool_call without end", `<tool_call>\n${CALL}`),
  readsContent("function with JSON", `<function=emit>${TEXT}</function>`),
  readsContent(
    "function with parameters",
    `<tool_call>\n<function=emit>\n<parameter=plan>\np\n</parameter>\n<parameter=columns>\n${COLUMNS}\n</parameter>\n<parameter=unserved>\n[]\n</parameter>\n</function>\n</tool_call>`,
  ),
  readsContent(
    "keys and values",
    `<tool_call>emit\n<arg_key>plan</arg_key>\n<arg_value>p</arg_value>\n<arg_key>columns</arg_key>\n<arg_value>${COLUMNS}</arg_value>\n<arg_key>unserved</arg_key>\n<arg_value>[]</arg_value>\n</tool_call>`,
  ),
  readsContent("TOOL_CALLS", `[TOOL_CALLS][${CALL}]`),
  readsContent("TOOL_CALLS with a name", `[TOOL_CALLS]emit[ARGS]${TEXT}`),
  readsContent("python_tag", `<|python_tag|>{"name": "emit", "parameters": ${TEXT}}`),
  readsContent("a call in Python", `default_api.emit(${PYTHON})`),
  readsContent("a printed call in Python", `\`\`\`tool_code\nprint(default_api.emit(${PYTHON}))\n\`\`\``),
  readsContent("a call in Python with classes", `default_api.emit(${CLASSES})`),
];
