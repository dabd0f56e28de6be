import { called, childrenOf, column, isCall, MARK, ONE, type SyntaxNode } from "./nodes.ts";

/** Names of what stands beside a query's own relations. One name for relation and column, for engines that give an entry only one. */
const ENTRY = "entry_of_list";
const PLACE = "place_in_list";
const ASKED = "asked_setting";

const AGGREGATES = new Set([
  ...["count", "sum", "min", "max", "avg", "bool_or", "bool_and", "array_agg"],
  ...["percentile_cont", "percentile_disc", `${MARK}quantile_cont`, `${MARK}quantile_disc`, `${MARK}median`],
]);

/**
 * `select a, unnest(list) as x from t` -> `select a, entry as x from t, unnest(list) as entry`, which engines agree on. Several lists, or one and its subscripts,
 * are unfolded by place. What groups, aggregates or has windows stays as it is: there lists are unfolded last.
 */
export function unfolded(select: SyntaxNode): SyntaxNode {
  const listed = select["select_list"] as SyntaxNode[];
  const lists = distinct(found(listed, isUnfolding).map((call) => childrenOf(call)[0] as SyntaxNode));
  const [list] = lists;
  if (list === undefined || isGrouped(select) || found(listed, isOfManyRows).length > 0) return select;
  if (listed.some(isBareStar) && starOf(select) === undefined) return select;
  const isByPlace = lists.length > 1 || found(listed, isSubscripts).length > 0;
  const entries = isByPlace ? placesOf(lists) : list;
  const entry = (call: SyntaxNode): SyntaxNode =>
    isSubscripts(call) ? column(PLACE) : isByPlace ? at(childrenOf(call)[0]) : column(ENTRY);
  return {
    ...select,
    select_list: listed.map((item) => ({
      ...(isBareStar(item)
        ? { ...item, relation_name: starOf(select) }
        : replaced(item, (node) => isUnfolding(node) || isSubscripts(node), entry)),
      alias: item["alias"],
    })),
    from_table: beside(select["from_table"] as SyntaxNode, entries, isByPlace ? PLACE : ENTRY),
  };
}

const isUnfolding = (node: SyntaxNode) => isCall(node, "unnest");
const isSubscripts = (node: SyntaxNode) => isCall(node, `${MARK}generate_subscripts`);
const isSetting = (node: SyntaxNode) => isCall(node, `${MARK}setting`);
const isBareStar = (node: SyntaxNode) => node["class"] === "STAR" && node["relation_name"] === "";
const isOfManyRows = (node: SyntaxNode) =>
  node["class"] === "WINDOW" ||
  (node["class"] === "FUNCTION" && AGGREGATES.has(String(node["function_name"])));

const isGrouped = (select: SyntaxNode) =>
  (select["group_expressions"] as unknown[]).length > 0 ||
  select["having"] !== null ||
  select["qualify"] !== null;

/** What `*` stands for where it is one relation. */
function starOf(select: SyntaxNode): string | undefined {
  const from = select["from_table"] as SyntaxNode;
  if (from["type"] !== "BASE_TABLE" && from["type"] !== "SUBQUERY") return undefined;
  return String(from["alias"] === "" ? from["table_name"] : from["alias"]);
}

const at = (list: SyntaxNode | undefined): SyntaxNode =>
  called("", "list_at", [list as SyntaxNode, column(PLACE)]);

/** 1, 2, .. up to the length of the longest. */
function placesOf(lists: readonly SyntaxNode[]): SyntaxNode {
  const lengths = lists.map((list) => called("", "len", [list]));
  const [length] = lengths;
  const last = lengths.length === 1 && length !== undefined ? length : called("", "greatest", lengths);
  return called("", "generate_series", [ONE, last]);
}

/** A relation, and beside each of its rows the entries of a list of that row. */
function beside(from: SyntaxNode, list: SyntaxNode, name: string): SyntaxNode {
  const asks = found([list], isSetting).length > 0;
  const settingsApart = replaced(list, isSetting, (call) => ({
    ...(childrenOf(call)[0] as SyntaxNode),
    column_names: [ASKED, ...((childrenOf(call)[0] as SyntaxNode)["column_names"] as string[])],
  }));
  const left = asks ? crossed(from, SETTINGS) : from;
  return crossed(left, {
    ...{ type: "TABLE_FUNCTION", alias: name, sample: null, query_location: 0, column_name_alias: [name] },
    function: called("", left["type"] === "EMPTY" ? "alone" : "beside", [settingsApart]),
    with_ordinality: "WITHOUT_ORDINALITY",
  });
}

const SETTINGS: SyntaxNode = {
  ...{ type: "BASE_TABLE", alias: ASKED, sample: null, query_location: 0, schema_name: "quarterdeck" },
  ...{ table_name: "setting", column_name_alias: [], catalog_name: "", at_clause: null },
};

function crossed(left: SyntaxNode, right: SyntaxNode): SyntaxNode {
  if (left["type"] === "EMPTY") return right;
  return {
    ...{ type: "JOIN", alias: "", sample: null, query_location: 0, left, right, condition: null },
    ...{ join_type: "INNER", ref_type: "CROSS", using_columns: [], delim_flipped: false },
    duplicate_eliminated_columns: [],
  };
}

/** Nodes of this SELECT, those of queries within it aside. */
function found(value: unknown, is: (node: SyntaxNode) => boolean): SyntaxNode[] {
  if (Array.isArray(value)) return value.flatMap((item) => found(item, is));
  if (!isNode(value) || value["class"] === "SUBQUERY") return [];
  return [...(is(value) ? [value] : []), ...Object.values(value).flatMap((child) => found(child, is))];
}

function replaced(
  node: SyntaxNode,
  is: (node: SyntaxNode) => boolean,
  by: (node: SyntaxNode) => SyntaxNode,
): SyntaxNode {
  if (node["class"] === "SUBQUERY") return node;
  if (is(node)) return by(node);
  const inside = (child: unknown): unknown =>
    Array.isArray(child) ? child.map(inside) : isNode(child) ? replaced(child, is, by) : child;
  return Object.fromEntries(Object.entries(node).map(([key, child]) => [key, inside(child)]));
}

const isNode = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null;

/** As they read, wherever they were written. */
const distinct = (nodes: readonly SyntaxNode[]): SyntaxNode[] => [
  ...new Map(
    nodes.map((node) => [JSON.stringify(node).replaceAll(/"query_location":\d+/g, ""), node]),
  ).values(),
];
