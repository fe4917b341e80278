/** Names of constraints: as PostgreSQL would have them, never cut, never two alike. */
import { expect, it } from "vitest";
import { constraintName, LONGEST_NAME } from "../../src/base/naming.js";

it("keeps a short name whole", () => expect(constraintName(["lib_loans", "due"], "range")).toBe("lib_loans_due_range"));

it.each([1, 2, 20, 53, 54, 60, 61, 62, 63, 64, 200])("stays within PostgreSQL's limit with %i letters", (length) => {
  const made = ["key", "idx", "range", "enum"].map((suffix) => constraintName(["x".repeat(length)], suffix));
  expect(made.every((name) => name.length <= LONGEST_NAME)).toBe(true);
});

it("tells long names apart that begin alike", () => {
  const long = "a_very_long_name_".repeat(5);
  expect(constraintName([`${long}one`], "key")).not.toBe(constraintName([`${long}two`], "key"));
});
