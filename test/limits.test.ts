/** Rules about how much there is room for and about what is over: as data, as guards, and with tests that meet and miss them. */
import { describe, expect, it } from "vitest";
import type { AutoBeAnalyze } from "../src/phases/1-analyze/ast.js";
import { compileRealize } from "../src/phases/5-realize/compile/compile.js";
import { judgeAnalysis } from "./fuzz/judge.js";
import { deriveProject, gapsOf } from "./fuzz/project.js";

const attribute = (
  name: string,
  kind: AutoBeAnalyze.Kind,
  parts: Partial<AutoBeAnalyze.IAttribute> = {},
): AutoBeAnalyze.IAttribute => ({
  ...{ name, description: `Its ${name}.`, kind, required: true, writer: "create", target: null, values: null },
  ...{ minimum: null, maximum: null, source: null, of: null, requirements: [] },
  ...parts,
});
const owner = attribute("owner", "reference", { target: "Member", writer: "server", source: "actor" });
const MINE: AutoBeAnalyze.ICondition[] = [{ path: ["owner"], operator: "=", value: "me" }];

const entity = (name: string, attributes: AutoBeAnalyze.IAttribute[]): AutoBeAnalyze.IEntity => ({
  ...{ name, description: `One ${name.toLowerCase()}.`, parent: null, attributes, requirements: [] },
});
const rule = (parts: Partial<AutoBeAnalyze.IRule> & Pick<AutoBeAnalyze.IRule, "name" | "entity" | "kind">) => ({
  ...{ members: [], minimum: null, maximum: null, most: null, states: [], needs: null, on: [] },
  ...{ statement: `The ${parts.name} of a ${parts.entity}.`, requirements: ["shows.R1"] },
  ...parts,
});

const shows = (rules: AutoBeAnalyze.IRule[]): AutoBeAnalyze.IApplication => ({
  ...{ name: "shows", title: "Shows", summary: "Seats for shows.", prefix: "sh", scopeIn: [], scopeOut: [] },
  actors: [{ name: "member", kind: "member", signup: "open", description: "Books seats." }],
  modules: [
    {
      ...{ name: "shows", title: "Shows", purpose: "Seats.", operations: [], unserved: [] },
      requirements: [{ id: "shows.R1", text: "Seats are kept.", priority: "must", acceptance: "They are." }],
      entities: [
        entity("Member", []),
        entity("Hall", [owner, attribute("seats", "int", { minimum: 1 })]),
        entity("Show", [
          owner,
          attribute("hall", "reference", { target: "Hall" }),
          attribute("startsAt", "datetime"),
          attribute("endsAt", "datetime"),
        ]),
        entity("Booking", [
          owner,
          attribute("show", "reference", { target: "Show" }),
          attribute("tickets", "int", { minimum: 2, maximum: 10, writer: "update" }),
        ]),
        entity("Review", [owner, attribute("show", "reference", { target: "Show" }), attribute("stars", "int")]),
      ],
      permissions: ["Hall", "Show", "Booking", "Review"].map((name) => ({
        ...{ actor: "member", entity: name, requirements: ["shows.R1"], filter: name === "Booking" ? MINE : null },
        actions: name === "Booking" ? ["create", "read", "update"] : ["create", "read"],
      })),
      lifecycles: [
        {
          ...{ entity: "Booking", attribute: "status", states: ["held", "paid", "cancelled"], initial: "held" },
          transitions: [
            { action: "pay", actors: ["member"], scopes: [], from: ["held"], to: "paid", requirements: [] },
            { action: "cancel", actors: ["member"], scopes: [], from: ["held"], to: "cancelled", requirements: [] },
            { action: "revive", actors: ["member"], scopes: [], from: ["cancelled"], to: "held", requirements: [] },
          ],
          requirements: [],
        },
      ],
      rules,
    },
  ],
});

const withSeats = rule({
  ...{ name: "withinSeats", entity: "Booking", kind: "limit", members: ["show", "tickets"] },
  ...{ most: ["show", "hall", "seats"], states: ["held", "paid"] },
});
const twoHeld = rule({
  ...{ name: "twoHeld", entity: "Booking", kind: "limit", members: ["owner"], maximum: 2, states: ["held"] },
});
const afterShow = rule({
  ...{ name: "afterShow", entity: "Review", kind: "temporal", members: [] },
  ...{ needs: "Show where id = show and endsAt < now", on: ["create"] },
});
const inOrder = rule({ name: "inOrder", entity: "Show", kind: "order", members: ["startsAt", "endsAt"] });

const project = deriveProject(shows([withSeats, twoHeld, afterShow, inOrder]));
const refusalsOf = (name: string) =>
  project.document.operations
    .find((one) => one.name === name)!
    .refusals.flatMap(({ code, provoke }) =>
      ["capacity", "match"].includes(provoke?.kind ?? "") ? [[code, provoke]] : [],
    );
const printed = (path: string): string => compileRealize(project.database, project.document, project.realize!)[path]!;
const testNamed = (name: string) => project.test.functions.find((one) => one.name === name);

const seats = { kind: "capacity", relation: "show", column: "tickets", maximum: null, most: ["show", "hall", "seats"] };

describe("rules of limit and time", () => {
  it("are sound, and leave nothing without a test", () => {
    expect(judgeAnalysis(project.analyze)).toEqual([]);
    expect(gapsOf(project)).toEqual([]);
  });

  it("are refusals of what makes rows count", () => {
    const within = ["WITHIN_SEATS", { ...seats, states: ["held", "paid"] }];
    const two = [
      "TWO_HELD",
      { kind: "capacity", relation: "owner", column: null, maximum: 2, most: null, states: ["held"] },
    ];
    expect(refusalsOf("bookings.create")).toEqual([within, two]);
    expect(refusalsOf("bookings.update")).toEqual([within]);
    expect(refusalsOf("bookings.revive")).toEqual([within, two]);
    expect(refusalsOf("bookings.pay")).toEqual([]);
    expect(refusalsOf("reviews.create")).toEqual([
      ["AFTER_SHOW", { kind: "match", conditions: [{ path: ["show", "endsAt"], operator: ">=", value: "now" }] }],
    ]);
  });

  it("are guards that add up under a lock, and compare with the moment of the call", () => {
    const bookings = printed("src/providers/BookingProvider.ts").replaceAll(/\s+/g, " ");
    expect(bookings).toContain("FOR UPDATE");
    expect(bookings).toContain("select: { hall: { select: { seats: true } } }");
    expect(bookings).toContain("if (taken + (props.body.tickets ?? 0) > holder.hall.seats) throw");
    expect(bookings).toContain("(props.body.tickets === undefined ? current.tickets : props.body.tickets) > holder");
    expect(printed("src/providers/ReviewProvider.ts")).toContain("{ endsAt: { gte: clock.now() } }");
  });

  it("are met and missed by tests", () => {
    for (const name of ["bookings.create.refused.capacity1", "bookings.create.refused.capacity2"])
      expect(testNamed(name)?.rules).toHaveLength(1);
    const booked = JSON.stringify(testNamed("bookings.create.by.member"));
    expect(booked).toContain('"value":2147483647');
    const reviewed = JSON.stringify(testNamed("reviews.create.by.member"));
    // What ends in the past began before.
    expect(reviewed).toContain("2001-01-10T09:30:00.000Z");
    expect(reviewed).toContain("2001-01-09T09:30:00.000Z");
    expect(JSON.stringify(testNamed("reviews.create.refused.match"))).toContain("2031-01-");
  });
});
