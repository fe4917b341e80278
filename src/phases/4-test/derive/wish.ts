/** What is asked of a row that is to be planned, and what that comes down to. */
import { opposite as oppositeOf } from "../../../base/comparison.js";
import type { AutoBeDatabase } from "../../2-database/ast.js";
import { columnAt } from "../../2-database/notation.js";
import type { AutoBeOpenApi } from "../../3-interface/ast.js";
import type { Account, Demand, Knowledge, Plan, Referred } from "./knowledge.js";

export interface Wish {
  demands: Demand[];
  /** Relation name → given row or account. */
  given?: Map<string, Referred>;
  /** Rows to be met along a path of relations. */
  pins?: Pin[];
  /** Relations whose rows are made anew. */
  renewed?: ReadonlySet<string>;
  /** Columns with a value of their own. */
  overrides?: Map<string, string>;
  state?: string | null;
  /** Also give optional references where they can be had. */
  isFull?: boolean;
  isFresh?: boolean;
  /** Creator to be used and no other. */
  creator?: Account;
  /** Code of the refusal that the row is to bring about. */
  provoked?: string;
  /** Readers only see the row, they need not walk the path to it. */
  isDistant?: boolean;
}

/** The row that a path of relations must end at. */
export interface Pin {
  path: string[];
  plan: Plan;
}

/** What `build` has to reckon with besides the wish. */
export interface Making {
  model: AutoBeDatabase.IModel;
  operation: AutoBeOpenApi.IOperation;
  creator: Account;
  readers: Account[];
  /** Others who help the row into its state. */
  helpers: Account[];
  wish: Wish;
  depth: number;
}

/** What the demands come down to. */
export interface Terms {
  overrides: Map<string, string>;
  /** Relation → demands on the row behind it. */
  delegated: Map<string, Demand[]>;
  pinned: Map<string, Referred>;
  state: string | null;
}

/** What must hold of a row so that no refusal by what it holds is met: of each refusal one condition fails. */
export const avoidances = (
  knowledge: Knowledge,
  model: AutoBeDatabase.IModel,
  operation: AutoBeOpenApi.IOperation,
  provoked?: string,
): AutoBeOpenApi.ICondition[][] => {
  const ways = operation.refusals
    .flatMap(({ provoke, code }) => (provoke?.kind === "match" && code !== provoked ? [provoke.conditions] : []))
    .reduce<AutoBeOpenApi.ICondition[][]>(
      (ways, conditions) => ways.flatMap((way) => conditions.map((one) => [...way, opposite(one)])),
      [[]],
    )
    .slice(0, 16);
  const room = operation.kind === "create" ? roomOf(knowledge, model, provoked) : [];
  // Where nobody can write how much room there is, what there is must do.
  return room.length === 0 ? ways : [...ways.map((way) => [...way, ...room]), ...ways];
};

/** As much room as the columns hold, for rows of the model and for what they become. */
export const roomOf = (
  { database, document }: Knowledge,
  model: AutoBeDatabase.IModel,
  provoked?: string,
): AutoBeOpenApi.ICondition[] =>
  document.operations
    .filter((operation) => operation.model === model.name)
    .flatMap(({ refusals }) => refusals)
    .flatMap(({ provoke, code }) => (provoke?.kind === "capacity" && code !== provoked ? [provoke.most] : []))
    .flatMap((most): AutoBeOpenApi.ICondition[] => {
      const column = most === null ? null : columnAt(database, model, most);
      return most === null || column === null ? [] : [{ path: most, operator: "=", value: largest(column) }];
    });

const largest = ({ type, maximum, digits }: AutoBeDatabase.IPlainField): string => {
  if (maximum !== null) return String(maximum);
  if (type === "int") return "2147483647";
  const whole = digits == null ? 12 : digits.all - digits.fraction;
  return type === "decimal" ? "9".repeat(Math.min(12, whole)) : "9007199254740991";
};

const opposite = ({ operator, ...rest }: AutoBeOpenApi.ICondition): AutoBeOpenApi.ICondition => ({
  ...rest,
  operator: oppositeOf(operator),
});

/** Members of the body by which a row is created. */
export const propertiesOf = (
  document: AutoBeOpenApi.IDocument,
  operation: AutoBeOpenApi.IOperation,
): Record<string, unknown> => {
  const body = document.components.schemas[operation.requestBody ?? ""];
  return body !== undefined && "properties" in body ? body.properties : {};
};
