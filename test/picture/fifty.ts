/** A database of fifty tables, told in one line each, to look at its picture. */
import { foreignKey, snake, tableName } from "../../src/base/naming.js";
import type { AutoBeDatabase } from "../../src/phases/2-database/ast.js";
import { column } from "../database/column.js";

/** Namespace → tables: `Name stance: columns > relations`. A `?` may be empty, a `!` is unique, a `*` is a link of many. */
const TABLES: Record<string, string[]> = {
  accounts: [
    "Customer actor: email! passwordHash displayName phone? status createdAt",
    "CustomerSession session: refreshHash expiresAt > customer",
    "Seller actor: email! passwordHash companyName taxNumber! status createdAt",
    "SellerSession session: refreshHash expiresAt > seller",
    "Operator actor: email! passwordHash displayName createdAt",
    "OperatorSession session: refreshHash expiresAt > operator",
  ],
  catalog: [
    "Category primary: name! position createdAt > parent?:Category",
    "Brand primary: name! website?",
    "Product primary: title description status createdAt updatedAt > seller brand? category labels*:Label",
    "ProductSnapshot snapshot: title description takenAt > product",
    "ProductImage subsidiary: url position > product",
    "Variant subsidiary: sku! price stock weight? > product",
    "OptionGroup subsidiary: name position > product",
    "OptionValue subsidiary: name position > optionGroup",
    "VariantOption subsidiary: createdAt > variant optionValue",
    "Label primary: name!",
    "Collection primary: title opensAt? closesAt? > products*:Product",
  ],
  pricing: [
    "Currency primary: code! name digits",
    "PriceList primary: name validFrom? validTo? > currency",
    "PriceListItem subsidiary: price > priceList variant",
    "TaxRate primary: name percent country",
    "Coupon primary: code! percent? amount? startsAt endsAt limit? > seller?",
    "CouponUse snapshot: usedAt > coupon customer order",
    "Promotion primary: title startsAt endsAt > category? operator",
  ],
  carts: [
    "Cart primary: createdAt updatedAt > customer",
    "CartItem subsidiary: quantity createdAt > cart variant",
    "Wishlist primary: title isPublic > customer",
    "WishlistItem subsidiary: note? createdAt > wishlist product",
  ],
  orders: [
    "Order primary: number! status total placedAt cancelledAt? > customer address currency",
    "OrderItem subsidiary: quantity unitPrice > order variant",
    "OrderEvent snapshot: kind note? happenedAt > order operator?",
    "Payment primary: provider reference! amount status paidAt? > order",
    "Refund primary: amount reason status createdAt > payment operator",
    "Invoice snapshot: number! issuedAt total > !order",
    "ReturnRequest primary: reason status createdAt > orderItem customer",
  ],
  shipping: [
    "Address primary: name street city postalCode country > customer",
    "Carrier primary: name! trackingUrl?",
    "ShippingMethod primary: name price days > carrier",
    "Warehouse primary: name city country > seller",
    "StockLevel subsidiary: quantity reserved updatedAt > warehouse variant",
    "StockMovement snapshot: amount reason movedAt > stockLevel",
    "Shipment primary: trackingNumber? status shippedAt? deliveredAt? > order shippingMethod warehouse",
    "ShipmentItem subsidiary: quantity > shipment orderItem",
  ],
  feedback: [
    "Review primary: rating title body status createdAt > product customer orderItem?",
    "ReviewVote subsidiary: isHelpful createdAt > review customer",
    "ReviewReport primary: reason status createdAt > review customer operator?",
    "Question primary: body createdAt > product customer",
    "Answer subsidiary: body createdAt > question seller",
    "Notification primary: kind body readAt? createdAt > customer",
    "Message primary: body sentAt readAt? > sender:Customer recipient:Seller order?",
  ],
};

export const fifty = (): AutoBeDatabase.IApplication => ({
  prefix: "shop",
  files: Object.entries(TABLES).map(([namespace, tables], index) => ({
    filename: `schema-0${index}-${namespace}.prisma`,
    namespace,
    models: tables.map(modelOf),
  })),
});

const modelOf = (line: string): AutoBeDatabase.IModel => {
  const [, name, stance, columns, relations = ""] = /^(\w+) (\w+): ([^>]*?)(?: > (.*))?$/.exec(line)!;
  const told = relations.split(" ").filter((one) => one !== "");
  const plain = columns!.split(" ");
  return {
    name: name!,
    table: tableName("shop", name!),
    description: name!,
    stance: stance as AutoBeDatabase.Stance,
    material: false,
    entity: name!,
    parent: null,
    softDelete: false,
    primaryField: { name: "id", type: "uuid", description: "Key." },
    foreignFields: told.filter((one) => !one.includes("*")).map(foreignOf),
    plainFields: plain.map(plainOf),
    links: told.filter((one) => one.includes("*")).map(linkOf),
    uniqueIndexes: plain
      .filter((one) => one.endsWith("!"))
      .map((one) => ({ fieldNames: [one.slice(0, -1)], rule: null })),
    plainIndexes: [],
    ginIndexes: [],
  };
};

const targetOf = (told: string): { name: string; target: string } => {
  const [name, target] = told.replace(/[?!*]/g, "").split(":") as [string, string?];
  return { name, target: target ?? name.charAt(0).toUpperCase() + name.slice(1) };
};

const foreignOf = (told: string): AutoBeDatabase.IForeignField => {
  const { name, target } = targetOf(told);
  return {
    name: foreignKey(name),
    type: "uuid",
    description: name,
    relation: { name, targetModel: target, oppositeName: `${name}Of`, mappingName: snake(`${name} ${target}`) },
    unique: told.includes("!"),
    nullable: told.includes("?"),
    onDelete: "restrict",
    writer: "create",
    source: null,
    requirements: [],
  };
};

const linkOf = (told: string): AutoBeDatabase.ILink => {
  const { name, target } = targetOf(told);
  return {
    name,
    targetModel: target,
    oppositeName: `${name}Of`,
    description: name,
    writer: "update",
    requirements: [],
  };
};

const plainOf = (told: string): AutoBeDatabase.IPlainField => {
  const name = told.replace(/[?!]/g, "");
  const type = /At$|^valid|^starts|^ends/.test(name)
    ? "datetime"
    : /price|amount|total|percent/i.test(name)
      ? "decimal"
      : /^is/.test(name)
        ? "boolean"
        : /quantity|position|stock|rating|days|limit|digits/.test(name)
          ? "int"
          : "string";
  return column(name, type, { description: name, nullable: told.endsWith("?") });
};
