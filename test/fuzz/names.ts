/** Names that a model may well choose and a compiler may well stumble over. */
import { isReserved, isReservedModel, plural, snake } from "../../src/base/naming.js";

export const ENTITIES =
  `Note Task Order Group Table Column Index Key Select Series Sheep News Species Class Interface Namespace
Package Import Export Default Case Switch Event Process Constructor Static Public Private Return Await Async Yield Let New Null Void
Any Never Unknown Undefined Tag Status Data Category Person Child Mouse Analysis Address Bus Quiz IPAddress IDCard APIKey QRCode URL
PageItem PageIndex PageVisit OrderItem Invoice InvoiceLine Provider Collector Scope Transformer Summary OrderSummary ServiceProvider
Guard Filter Where Row Record2 Body Query Props Tx Current Result Parent One Random Bed Scenario Api Typia Clock Database Refusal
Window Money Count Login Join Me Auth Token Password Email A B2 X1Y2 LongestEntityNameThatAnyoneEverGave Read Again Created JSON
HTTPError Authorizationtoken Prismaclient Datetime Statistics Money2 Furniture Information Equipment PurchaseOrderLine Plan2B Tags
Enum2 Decimals Migration Session2 Account Accounts2 User2 MemberList Limit Search Sort Page2 Expression Argument Proxy Reflect
Console Globals Exports Require Math2 Intl Infinity2 Iterator Generator Regex`.split(/\s+/);

export const MEMBERS =
  `title name value order group table column index key values select where offset length count data body query
caller row rows current result tx clock database refusal window paginate not or and some every none contains equals create connect
push include omit orderBy skip take cursor distinct serviceProvider dataScope urlTransformer logCollector email password kind state
x y1 lineTwo aVeryLongAttributeNameThatGoesOnForeve then toJSON records pagination account pages externalId isActive hasItems
user end desc asc all any2 check primary references foreign unique2 between left right full natural cross join inner outer
note body2 one parent page2 status2 tags scenario api bed random account2 IDs message reason amount price total rate level
startsAt endsAt dueOn url website code serial payload settings options metadata urlOfSite x1y2z3`.split(/\s+/);

export const ROLES =
  `owner author subject source2 origin item parent row current where assignee replyTo previous next main order body
select user creator group target record caller query`.split(/\s+/);

export const LINKS = `tags labels items members series children data topics news related sheep people`.split(/\s+/);

export const VALUES =
  `draft published open closed small large red green high low first second default new delete class enum active
archived pending inProgress done x y2 onHold`.split(/\s+/);

export const ACTIONS =
  `publish close reopen archive approve reject start finish cancel submit hold release open send accept pay ship
count path select connect send2 row read2 complete undo`.split(/\s+/);

/** Hands out names that are free; a wish that is taken becomes its numbered brother. */
export class Names {
  private readonly taken = new Set(["!"]);

  public constructor(
    private readonly key: (name: string) => string[],
    taken: readonly string[] = [],
  ) {
    for (const name of taken) this.take(name);
  }

  public pick(pool: readonly string[], at: number): string {
    const wish = pool[at % pool.length]!;
    for (let count = 1; ; ++count) {
      const name = count === 1 ? wish : `${wish}${String.fromCharCode(64 + (count % 26))}x`;
      if (this.key(name).every((one) => !this.taken.has(one))) {
        this.take(name);
        return name;
      }
    }
  }

  public take(name: string): void {
    for (const one of this.key(name)) this.taken.add(one);
  }
}

/** A model takes the names of its table in any case; reserved ones are never free. */
export const modelKeys = (name: string): string[] => [
  ...(isReservedModel(name) ? ["!"] : []),
  plural(name).toLowerCase(),
  name.toLowerCase(),
];

/** A member takes its column, whatever the case, and the columns that a relation of its name would have. */
export const memberKeys = (name: string): string[] => [
  ...(isReserved(name) ? ["!"] : []),
  snake(name),
  snake(`${name}Id`),
];
