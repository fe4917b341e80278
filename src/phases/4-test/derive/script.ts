/** Writes the statements of one test: accounts, rows and calls, each row under a variable of its own. */
import type { IExpression } from "../../../base/expression.js";
import { dto, linkIds, parameter, variable } from "../../../base/naming.js";
import { type AutoBeDatabase, modelsOf } from "../../2-database/ast.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { AutoBeTest } from "../ast.js";
import type { Call } from "./knowledge.js";
import { type Account, isSame, type Plan, type Planner, type Referred } from "./plan.js";
import { schemaSample } from "./samples.js";
import type { Made } from "./sibling.js";

export const identifier = (text: string): IExpression.IIdentifier => ({ type: "identifier", text });
export const text = (value: string): IExpression.IStringLiteral => ({ type: "stringLiteral", value });
export const number = (value: number): IExpression.INumericLiteral => ({ type: "numericLiteral", value });
export const object = (properties: Record<string, IExpression>): IExpression.IObjectLiteral => ({
  type: "objectLiteralExpression",
  properties: Object.entries(properties).map(([name, value]) => ({ name, value })),
});

export class Script {
  public statements: AutoBeTest.IStatement[] = [];
  private accounts: { account: Account; name: string }[] = [];
  private rows: { plan: Plan; key: string; name: string }[] = [];
  /** Rows that calls of the script bring into being. */
  public readonly made: Made[] = [];
  private readonly names = new Set<string>();
  private readonly fresh: Plan[] = [];

  public constructor(private readonly planner: Planner) {}

  /** Variable of an account, made on first use; null for nobody. */
  public account(account: Account): string | null {
    if (account.actor === "guest") return null;
    const known = this.accounts.find((one) => isSame(one.account, account));
    if (known !== undefined) return known.name;
    const name = this.name(`${variable(account.actor)}${account.index === 1 ? "" : account.index}`);
    this.accounts.push({ account, name });
    this.statements.push({ type: "accountStatement", actor: account.actor, variableName: name });
    return name;
  }

  public name(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.names.has(name); ++count) name = `${wanted}${count}`;
    this.names.add(name);
    return name;
  }

  /** Key of what a reference points to. */
  public key(referred: Referred): IExpression.IIdentifier {
    const isBare = referred.kind === "account" && referred.plan === undefined;
    const name = isBare ? this.account(referred.account) : this.row(referred.plan!);
    return identifier(`${name}.id`);
  }

  /** Variable of the planned row, made on first use. */
  public row(plan: Plan): string {
    const key = this.signature(plan);
    const known = this.rows.find((one) => one.plan === plan || (!plan.isFresh && !one.plan.isFresh && one.key === key));
    if (known !== undefined) return known.name;
    const name = plan.model.stance === "actor" ? this.account(plan.creator)! : this.created(plan);
    this.rows.push({ plan, key, name });
    for (const { operation, caller, needs } of plan.transitions) {
      for (const needed of needs) this.row(needed);
      this.call(
        operation,
        caller,
        object({ ...this.path(plan), [parameter(plan.model.name)]: identifier(`${name}.id`) }),
        {},
      );
    }
    return name;
  }

  /** Two plans with one signature make the same row; what refers to a fresh row is like no other. */
  private signature(plan: Plan): string {
    return JSON.stringify([
      plan.model.name,
      plan.creator,
      plan.state,
      [...plan.overrides],
      [...plan.references].map(([name, referred]) => [
        name,
        referred.kind === "account" ? referred.account : this.identity(referred.plan),
      ]),
    ]);
  }
  private identity(plan: Plan): string {
    if (!plan.isFresh) return this.signature(plan);
    if (!this.fresh.includes(plan)) this.fresh.push(plan);
    return `fresh ${this.fresh.indexOf(plan)}`;
  }

  private created(plan: Plan): string {
    if (plan.call !== null) return this.called(plan, plan.call);
    const argument = this.creation(plan);
    const name = this.name(variable(plan.model.name));
    this.call(plan.operation, plan.creator, argument, { keep: name, makes: plan });
    return name;
  }

  /** A custom operation makes it; its answer is the row, holds it, or holds its key. */
  private called(plan: Plan, { row, body, at }: Call): string {
    const { operation, creator, model } = plan;
    const values: Record<string, IExpression> = {};
    const inner = operation.parameters.at(-1)?.name;
    if (row !== null && inner !== undefined)
      Object.assign(values, row.kind === "row" ? this.path(row.plan) : {}, { [inner]: this.key(row) });
    if (operation.requestBody !== null) values["body"] = this.handed(plan, body);
    const above = at.split(".").slice(0, -1).join(".");
    const isWhole = at === "id" || at.endsWith(".id");
    const name = this.name(isWhole && above === "" ? variable(model.name) : "answer");
    this.call(operation, creator, object(values), { keep: name, makes: plan });
    if (isWhole) return above === "" ? name : this.declare(variable(model.name), identifier(`${name}.${above}`));
    const key = identifier(`${name}.${at}`);
    const reading = this.planner.document.operations.find(
      (one) => one.kind === "at" && one.model === model.name && one.access.some(({ actor }) => actor === creator.actor),
    );
    if (reading === undefined || !this.planner.reaches(plan, creator))
      return this.declare(variable(model.name), object({ id: key }));
    const read = this.name(variable(model.name));
    this.call(reading, creator, object({ ...this.path(plan), [parameter(model.name)]: key }), { keep: read });
    return read;
  }

  /** The body of a custom operation: keys, values of the plan, and plausible ones. */
  private handed({ operation, overrides, model }: Plan, keys: ReadonlyMap<string, Referred>): IExpression {
    const schema = this.planner.document.components.schemas[operation.requestBody ?? ""];
    const values: Record<string, IExpression> = {};
    for (const [name, property] of schema !== undefined && "properties" in schema
      ? Object.entries(schema.properties)
      : []) {
      const referred = keys.get(name);
      const value = overrides.get(name);
      if (referred !== undefined) values[name] = this.key(referred);
      else if (value !== undefined) values[name] = this.literal(model, name, value);
      else if (schema !== undefined && "required" in schema && schema.required.includes(name))
        values[name] = schemaSample(property, name);
    }
    return object(values);
  }

  /** Parameters of the collection in which the planned row stands. */
  public path(plan: Plan): Record<string, IExpression> {
    for (const needed of plan.needs) this.row(needed);
    const { parent } = plan.model;
    if (parent?.kind !== "routed") return {};
    const referred = plan.references.get(parent.relation)!;
    const above = referred.kind === "row" ? this.path(referred.plan) : {};
    return { ...above, [parameter(parent.model)]: this.key(referred) };
  }

  public creation(plan: Plan, changes: Record<string, IExpression> = {}): IExpression.IObjectLiteral {
    return object({ ...this.path(plan), body: this.body(plan, changes) });
  }

  /** The sample with references put in, values of the plan, and the changes of the test. */
  public body(plan: Plan, changes: Record<string, IExpression> = {}): IExpression.IObjectLiteral {
    const sample = this.sample(`${dto(plan.model.name)}.ICreate`);
    const values: Record<string, IExpression> = {};
    for (const { name, value } of sample.properties) {
      const pointer = plan.model.foreignFields.find((field) => field.name === name);
      const link = plan.model.links.find((one) => linkIds(one.name) === name);
      if (pointer !== undefined) continue;
      if (link !== undefined) {
        const referred = plan.references.get(link.name);
        if (referred !== undefined) values[name] = { type: "arrayLiteralExpression", elements: [this.key(referred)] };
        continue;
      }
      values[name] = value.type === "arrayLiteralExpression" ? this.children(plan, name, value) : value;
    }
    for (const field of plan.model.foreignFields) {
      const referred = plan.references.get(field.relation.name);
      if (referred !== undefined && field.writer !== "server" && field.relation.name !== routedParent(plan))
        values[field.name] = this.key(referred);
    }
    for (const [name, value] of plan.overrides) values[name] = this.literal(plan.model, name, value);
    return object({ ...values, ...changes });
  }

  /** Composed children: their references are planned with the parent. */
  public children(plan: Plan, property: string, value: IExpression.IArrayLiteral): IExpression {
    const child = modelsOf(this.planner.database).find(
      (one) =>
        one.parent?.kind === "composed" &&
        one.parent.model === plan.model.name &&
        one.foreignFields.some((field) => field.relation.oppositeName === property),
    );
    if (child === undefined) return value;
    return {
      ...value,
      elements: value.elements.map((element) => {
        if (element.type !== "objectLiteralExpression") return element;
        const properties = element.properties.flatMap((assignment) => {
          const field = child.foreignFields.find((one) => one.name === assignment.name);
          if (field === undefined) return [assignment];
          const referred = plan.references.get(`${child.name}.${field.relation.name}`);
          return referred === undefined ? [] : [{ name: assignment.name, value: this.key(referred) }];
        });
        return { ...element, properties };
      }),
    };
  }

  private literal(model: AutoBeDatabase.IModel, name: string, value: string): IExpression {
    if (value === "null") return { type: "nullLiteral" };
    const type = model.plainFields.find((field) => field.name === name)?.type;
    if (type === "boolean") return { type: "booleanLiteral", value: value === "true" };
    if (type === "int" || type === "double") return number(Number(value));
    return text(value);
  }

  public sample(name: string): IExpression.IObjectLiteral {
    const sample = this.planner.document.samples[name]?.expression;
    return sample?.type === "objectLiteralExpression" ? sample : object({});
  }

  public call(
    operation: AutoBeOpenApi.IOperation,
    caller: Account,
    argument: IExpression | null,
    options: { keep?: string; status?: number; code?: string; makes?: Plan },
  ): void {
    const as = this.account(caller);
    if (options.makes !== undefined) this.made.push({ plan: options.makes, keys: this.keys(options.makes) });
    this.statements.push({
      type: "apiOperateStatement",
      operation: operation.name,
      as,
      argument: argument?.type === "objectLiteralExpression" && argument.properties.length === 0 ? null : argument,
      variableName: options.keep ?? null,
      status: options.status ?? operation.success,
      code: options.code ?? null,
    });
  }

  /** Calls of one account, all at once; `makes` are the rows of those that succeed. */
  public race(
    operation: AutoBeOpenApi.IOperation,
    caller: Account,
    given: IExpression[],
    { makes, ...expected }: { succeeds: number; status: number; code: string; makes: readonly Plan[] },
  ): void {
    for (const plan of makes) this.made.push({ plan, keys: this.keys(plan) });
    const as = this.account(caller);
    this.statements.push({ type: "raceStatement", operation: operation.name, as, arguments: given, ...expected });
  }

  private keys({ references }: Plan): Map<string, string> {
    return new Map([...references].map(([name, referred]) => [name, this.key(referred).text]));
  }

  /** Statements that run that many times; what they declare is theirs. */
  public repeat(times: number, write: () => void): void {
    const { statements, rows, accounts } = this;
    this.rows = [...rows];
    this.accounts = [...accounts];
    this.statements = [];
    write();
    statements.push({ type: "repeatStatement", times, statements: this.statements });
    Object.assign(this, { statements, rows, accounts });
  }

  public declare(name: string, expression: IExpression, typeName: string | null = null): string {
    const made = this.name(name);
    this.statements.push({ type: "declareStatement", variableName: made, typeName, expression });
    return made;
  }

  /** Lets time go by. */
  public pass(milliseconds: number): void {
    this.state(bed("clock.shift", number(milliseconds)));
  }
  /** Two refusals that tell the same. */
  public alike(title: string, x: string, y: string): void {
    this.state(bed("alike", text(title), identifier(x), identifier(y)));
  }
  public equal(title: string, x: IExpression, y: IExpression): void {
    this.state({ type: "equalPredicate", title, x, y });
  }
  public notEqual(title: string, x: IExpression, y: IExpression): void {
    this.state({ type: "notEqualPredicate", title, x, y });
  }
  public holds(title: string, expression: IExpression): void {
    this.state({ type: "conditionalPredicate", title, expression });
  }

  private state(expression: IExpression): void {
    this.statements.push({ type: "expressionStatement", expression });
  }
}

const bed = (name: string, ...given: IExpression[]): IExpression => ({
  type: "callExpression",
  expression: identifier(`bed.${name}`),
  arguments: given,
});

const routedParent = (plan: Plan): string | null =>
  plan.model.parent?.kind === "routed" ? plan.model.parent.relation : null;
