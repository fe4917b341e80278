/** F16: the object is written as JavaScript, Python or a configuration file would have it. */

import { answerOf, column } from "../harness/sample.js";
import type { FailureScenario } from "./failure.js";
import { readsCall, TEXT } from "./readable.js";

const nothing = answerOf([column("owner", { note: null })]);
const NOTHING = JSON.stringify(nothing);

export const scenario: FailureScenario[] = [
  readsCall("trailing commas", TEXT.replace("}]", "},],").replace(",,", ",").replace(/\}$/, ",}")),
  readsCall("keys without quotes", TEXT.replaceAll(/"(\w+)":/g, "$1: ")),
  readsCall("single quotes", TEXT.replaceAll('"', "'")),
  readsCall(
    "comments",
    TEXT.replace("{", '{ // "first": {\n').replace("[{", "[/* one */{").replace("}]", "}# last\n]"),
  ),
  readsCall("None of Python", NOTHING.replaceAll('"', "'").replace("null", "None"), nothing),
  readsCall("NaN for nothing", NOTHING.replace("null", "NaN"), nothing),
  readsCall("undefined of JavaScript", NOTHING.replace("null", "undefined"), nothing),
];
