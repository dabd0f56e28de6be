import {
  all,
  called,
  childrenOf,
  choice,
  column,
  conditional,
  isCall,
  operator,
  ordersOf,
  text,
  type SyntaxNode,
} from "./nodes.ts";

/**
 * `array_agg(x order by k) filter (where x is not null and y)` -> `array_agg(case when .. then x end ignore nulls order by k is null, k)`, for an engine that
 * takes neither a filter nor a word for where nulls stand. A filter that lets nulls pass stays.
 */
export function ignoringNulls(written: SyntaxNode): SyntaxNode {
  if (written["class"] !== "FUNCTION" || !isCall(written, "array_agg")) return written;
  const orders = ordersOf(written).flatMap(nullsApart);
  const node: SyntaxNode = { ...written, order_bys: { type: "ORDER_MODIFIER", orders } };
  const filter = node["filter"] as SyntaxNode | null;
  if (filter === null) return node;
  const value = childrenOf(node)[0] as SyntaxNode;
  const conditions = filter["type"] === "CONJUNCTION_AND" ? childrenOf(filter) : [filter];
  if (!conditions.some((condition) => isThere(condition, value))) return node;
  const entries = { ...node, alias: "", filter: null };
  return called(node["alias"], "some", [
    { ...entries, children: [called("", "if_there", [conditional(filter, value)])] },
  ]);
}

const isNullsFirst = (order: SyntaxNode) => String(order["null_order"]).endsWith("FIRST");

function nullsApart(order: SyntaxNode): SyntaxNode[] {
  const key = order["expression"] as SyntaxNode;
  const type = isNullsFirst(order) ? "DESCENDING" : "ASCENDING";
  const isMissing = operator("OPERATOR_IS_NULL", [key]);
  return [
    { type, null_order: "ORDER_DEFAULT", expression: isMissing },
    { ...order, null_order: "ORDER_DEFAULT" },
  ];
}

const isThere = (condition: SyntaxNode, value: SyntaxNode): boolean =>
  condition["type"] === "OPERATOR_IS_NOT_NULL" && textOf(childrenOf(condition)[0]) === textOf(value);

const textOf = (node: unknown): string => JSON.stringify(node).replaceAll(/"query_location":\d+/g, "");

/**
 * `array_agg(x order by k)` for an engine whose aggregate neither orders nor keeps nulls: structs of the value and its keys are gathered, sorted by
 * `case when one.key_1 < other.key_1 then -1 ..`, and give their values back. A list of nothing is null, as in DuckDB.
 */
export function sortedAfterwards(node: SyntaxNode): SyntaxNode {
  if (node["class"] !== "FUNCTION" || !isCall(node, "array_agg")) return node;
  const orders = ordersOf(node);
  const fields = [childrenOf(node)[0], ...orders.map((order) => order["expression"])] as SyntaxNode[];
  const struct = called(
    "",
    "named_struct",
    fields.flatMap((field, place) => [text(nameOf(place)), field]),
  );
  const gathered = {
    ...{ ...node, alias: "", children: [struct] },
    order_bys: { type: "ORDER_MODIFIER", orders: [] },
  };
  return orders.length === 0
    ? called(node["alias"], "listed", [gathered])
    : called(node["alias"], "sorted_list", [gathered, comparison(orders)]);
}

const nameOf = (place: number) => (place === 0 ? "value" : `key_${String(place)}`);

/** -1 where `one` comes before `other`, 1 where it comes after it, by the first key that tells them apart. */
const comparison = (orders: readonly SyntaxNode[]): SyntaxNode =>
  choice(
    orders.flatMap((order, place) => [
      [before(order, nameOf(place + 1), "one", "other"), -1] as const,
      [before(order, nameOf(place + 1), "other", "one"), 1] as const,
    ]),
    0,
  );

function before(order: SyntaxNode, key: string, first: string, second: string): SyntaxNode {
  const [left, right] = [column(first, key), column(second, key)];
  const isDescending = String(order["type"]).startsWith("DESC");
  const type = isDescending ? "COMPARE_GREATERTHAN" : "COMPARE_LESSTHAN";
  const [missing, there] = isNullsFirst(order) ? [left, right] : [right, left];
  return {
    ...{ class: "CONJUNCTION", type: "CONJUNCTION_OR", alias: "", query_location: 0 },
    children: [
      { class: "COMPARISON", type, alias: "", query_location: 0, left, right },
      all([operator("OPERATOR_IS_NULL", [missing]), operator("OPERATOR_IS_NOT_NULL", [there])]),
    ],
  };
}
