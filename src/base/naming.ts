/** Every name of a generated project is made here, so that two phases can never spell one thing in two ways. */
import pluralize from "pluralize";

/** Words of an identifier in any case convention, lower-cased. */
export const words = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word.length !== 0)
    .map((word) => word.toLowerCase());

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const pascal = (name: string): string => words(name).map(capital).join("");
export const camel = (name: string): string => {
  const made = pascal(name);
  return made.charAt(0).toLowerCase() + made.slice(1);
};
export const snake = (name: string): string => words(name).join("_");
export const kebab = (name: string): string => words(name).join("-");
/** Words for a reader: `dueDate` → `due date`. */
export const spoken = (name: string): string => words(name).join(" ");
/** `IssueReport` → `an issue report`. */
export const withArticle = (name: string): string => {
  const said = spoken(name);
  return `${/^[aeiou]/.test(said) && !/^(uni|use|us[aeiou]|eu|one)/.test(said) ? "an" : "a"} ${said}`;
};
/** Plural in the same case convention: `taskList` → `taskLists`; a word without a plural of its own gets `All`. */
export const plural = (name: string): string => {
  const made = pluralize.plural(name);
  return made === name ? name + "List" : made;
};

/** `shop` + `OrderItem` → `shop_order_items`. */
export const tableName = (prefix: string, model: string): string => `${prefix}_${snake(plural(model))}`;
/** Foreign-key column of a relation: `owner` → `ownerId`. */
export const foreignKey = (relation: string): string => `${relation}Id`;
/** Member of a create body that sets a link of many rows: `labels` → `labelIds`. */
export const linkIds = (relation: string): string => `${pluralize.singular(relation)}Ids`;
/** Column in the database: `dueDate` → `due_date`. */
export const columnName = (member: string): string => snake(member);
/** PostgreSQL cuts longer names. */
export const LONGEST_NAME = 63;
/** Constraint and index names stay within PostgreSQL's 63 bytes, unambiguous by a digest of the whole. */
export const constraintName = (parts: readonly string[], suffix: string, longest = LONGEST_NAME): string => {
  const whole = [...parts, suffix].join("_");
  if (whole.length <= longest) return whole;
  return `${whole.slice(0, longest - suffix.length - 10)}_${digest(whole)}_${suffix}`;
};

/** Path segment of a collection: `TaskList` → `taskLists`. */
export const collection = (model: string): string => camel(plural(model));
/** Path parameter of a model's row: `Task` → `taskId`. */
export const parameter = (model: string): string => `${camel(model)}Id`;
export const sessionModel = (actor: string): string => `${pascal(actor)}Session`;
export const dto = (model: string): string => `I${model}`;
export const pageOf = (dtoName: string): string => `IPage${dtoName}`;
/** What a page holds: `IPageITask.ISummary` → `ITask.ISummary`; null for what is no page, such as `IPageItem`. */
export const pagedBy = (name: string): string | null => /^IPage(I[A-Z].*)$/.exec(name)?.[1] ?? null;
/** What checks an answer in tests: `ITask` → `ITask`, `IPageITask.ISummary` → `IPageITask_ISummary`; no other type is called so. */
export const shape = (dtoName: string): string => dtoName.replaceAll(".", "_");
export const enumName = (model: string, member: string): string => `${model}${pascal(member)}`;
/** Upper-case code of a refusal: `Task` + `notFound` → `TASK_NOT_FOUND`. */
export const refusalCode = (...parts: string[]): string => parts.map((part) => snake(part).toUpperCase()).join("_");

/** FNV-1a of 32 bits, as eight hexadecimal digits. */
const digest = (text: string): string => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; ++i) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
};

/** Names that TypeScript, Prisma's filters, JavaScript's objects, PostgreSQL's rows or the generated project itself need. */
const RESERVED = new Set(
  `abstract any as async await bigint boolean break case catch class const constructor continue debugger declare default
  delete do else enum export extends false finally for from function get if implements import in infer instanceof interface
  is keyof let module namespace never new null number object of package private protected public readonly require return
  set static string super switch symbol this throw true try type typeof undefined unique unknown var void while with yield
  eval arguments prototype id createdAt updatedAt token model datasource generator
  and or not isNot xmin xmax cmin cmax ctid tableoid page limit sort search toString valueOf hasOwnProperty`.split(
    /\s+/,
  ),
);
export const isReserved = (name: string): boolean => RESERVED.has(name);

/** Functions that would hide what providers import, or be taken for a hook by Nest or for a promise by JavaScript. */
const RESERVED_FUNCTIONS = new Set(
  `clock database refusal paginate window containing parseDay parseMoment printDay randomInt randomUUID hashPassword verifyPassword
  openSession refreshSession closeSession then onModuleInit onModuleDestroy onApplicationBootstrap onApplicationShutdown
  beforeApplicationShutdown`.split(/\s+/),
);
export const isReservedFunction = (name: string): boolean => isReserved(name) || RESERVED_FUNCTIONS.has(name);

/** Names of models that would hide a type of the runtime, of Prisma or of the template; in any case, since files are named after them. */
const RESERVED_MODELS = new Set(
  `Constructor Failure JsonMap Object Array String Number Boolean Date Function Symbol Error Promise Map Set Record Partial Pick Omit Json Prisma
  PrismaClient Page AuthorizationToken Health Entity Caller Actor Transaction Bytes Decimal BigInt Int Float DateTime
  Buffer Global Module Controller Type Enum Model Session HttpError Connection`
    .toLowerCase()
    .split(/\s+/),
);
export const isReservedModel = (name: string): boolean =>
  RESERVED_MODELS.has(name.toLowerCase()) || pagedBy(dto(name)) !== null;

const TAKEN = new Set(
  `bed api typia tags random scenario shape one tx now caller body query props row current parent result database clock refusal window paginate
  page where records rows count money`.split(/\s+/),
);
/** Variable that holds a row of a model, or an account of an actor. */
export const variable = (model: string): string => {
  const name = camel(model);
  return isReserved(name) || TAKEN.has(name) ? `${name}Row` : name;
};

/** The first words of a sentence as the name of a folder, forty characters at most; empty where it has none in Latin letters. */
export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-[^-]*$/, (tail) => (text.length > 40 ? "" : tail));
