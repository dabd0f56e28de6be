import type { Warehouse } from "../warehouse/open.ts";
import { SelectProblem } from "../warehouse/select.ts";

/** A node of DuckDB's own syntax tree. */
export interface SyntaxNode {
  [key: string]: unknown;
}

/** What a function of the product's queries is called until an engine has its word for it. */
export const MARK = "qd_";

/** Functions that mean the same everywhere, or that the transpiler knows: all others are marked, and each engine has its word for them. */
const CARRIED = new Set([
  ...["+", "-", "*", "/", "%", "||", "~~", "!~~", "unnest"],
  ...["count", "sum", "min", "max", "avg", "bool_or", "bool_and", "array_agg", "percentile_cont", "percentile_disc"],
  ...["abs", "ceil", "floor", "exp", "ln", "sqrt", "lower", "upper", "trim", "nullif", "replace", "sign", "trunc", "row_number"],
]);

/** Aggregates that pass over nulls, so that a filter may as well be a `case`, which every engine has. */
const PASSING = new Set(["count", "sum", "min", "max", "avg", "bool_or", "bool_and"]);

const OPERATORS = new Map([
  ["//", "div"],
  ["~~~", "glob"],
  ["->", "json_extract"],
  ["->>", "json_extract_string"],
  ["^@", "starts_with"],
]);

/** Of functions with two names, the one that engines are asked by. */
const SAME = new Map([
  ...(["arg_max", "max_by"].map((name) => [name, "max_by"]) as [string, string][]),
  ...(["arg_min", "min_by"].map((name) => [name, "min_by"]) as [string, string][]),
  ...(["substr", "substring"].map((name) => [name, "substring"]) as [string, string][]),
  ...(["datediff", "date_diff"].map((name) => [name, "date_diff"]) as [string, string][]),
  ...(["pow", "power"].map((name) => [name, "power"]) as [string, string][]),
  ...(["prefix", "starts_with"].map((name) => [name, "starts_with"]) as [string, string][]),
  ...(["quantile_cont", "percentile_cont"].map((name) => [name, "quantile_cont"]) as [string, string][]),
  ["list", "array_agg"],
]);

/** No place in the text: too large a number for JavaScript to carry unharmed. */
const NOWHERE = /"query_location":18446744073709551615/g;

/** Ways of asking that not every engine has, and that the transpiler drops without a word where it does not. */
export const WAYS = [
  "order within array_agg()",
  "filter of array_agg()",
  "order within array_concat_agg()",
  "list unfolded beside other columns",
  "recursive query",
] as const;

export type Way = (typeof WAYS)[number];

export interface Neutral {
  readonly sql: string;
  readonly ways: readonly Way[];
}

/** One SELECT without what only DuckDB understands, still in DuckDB's spelling. */
export async function neutralSql(warehouse: Warehouse, sql: string): Promise<Neutral> {
  const [row] = await warehouse.rows<{ tree: string }>("select json_serialize_sql(?::varchar) as tree", [sql]);
  const tree = JSON.parse((row?.tree ?? "{}").replaceAll(NOWHERE, '"query_location":0')) as SyntaxNode;
  if (tree["error"] === true) throw new SelectProblem(String(tree["error_message"]));
  const rewritten = neutral(tree);
  const [back] = await warehouse.rows<{ sql: string }>("select json_deserialize_sql(?::json) as sql", [JSON.stringify(rewritten)]);
  return { sql: back?.sql ?? "", ways: [...waysIn(rewritten)].sort() };
}

function waysIn(value: unknown, found = new Set<Way>()): ReadonlySet<Way> {
  if (Array.isArray(value)) value.forEach((item) => waysIn(item, found));
  else if (typeof value === "object" && value !== null) {
    const node = value as SyntaxNode;
    if (isCall(node, "array_agg") && ordersOf(node).length > 0) found.add("order within array_agg()");
    if (isCall(node, "array_agg") && node["filter"] !== null) found.add("filter of array_agg()");
    if (isCall(node, "array_concat_agg") && ordersOf(node).length > 0) found.add("order within array_concat_agg()");
    if (isCall(node, "unnest")) found.add("list unfolded beside other columns");
    if (node["type"] === "RECURSIVE_CTE_NODE") found.add("recursive query");
    // In a FROM it stands alone, which every engine has.
    const { function: _, ...rest } = node;
    Object.values(node["type"] === "TABLE_FUNCTION" ? rest : node).forEach((child) => waysIn(child, found));
  }
  return found;
}

function neutral(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(neutral);
  if (typeof value !== "object" || value === null) return value;
  const node = Object.fromEntries(Object.entries(value).map(([key, child]) => [key, neutral(child)])) as SyntaxNode;
  if (node["class"] === "CAST" && node["try_cast"] === true) return tried(node);
  if (isLambda(node) && (node["expr"] as SyntaxNode)["class"] === "CONSTANT") return arrow(node);
  // Written as a comma, it would bind less tightly than the joins after it.
  if (node["type"] === "JOIN" && node["ref_type"] === "CROSS") return { ...node, ref_type: "REGULAR", join_type: "INNER", condition: TRUE };
  if (node["type"] === "SUBQUERY" && node["class"] === undefined && node["alias"] === "") return { ...node, alias: `part_${String(node["query_location"])}` };
  if (node["class"] === "WINDOW" && childrenOf(node).length === 0 && /^count/.test(String(node["function_name"]))) return { ...node, function_name: "count", children: [ONE] };
  return node["class"] === "FUNCTION" ? neutralFunction(node) : node;
}

function neutralFunction(node: SyntaxNode): SyntaxNode {
  const written = String(node["function_name"]).toLowerCase();
  const name = OPERATORS.get(written) ?? SAME.get(written) ?? written;
  if (name === "getvariable") return marked(node, "setting", [column(String(constant(childrenOf(node)[0])))]);
  if (name === "count_star") return node["filter"] === null ? { ...node, function_name: "count", children: [STAR] } : conditional({ ...node, function_name: "count", children: [ONE] });
  if (PASSING.has(name) && node["filter"] !== null) return conditional({ ...node, function_name: name, schema: "" });
  if (CARRIED.has(name)) return { ...node, function_name: name, schema: "" };
  if (name === "min_by" || name === "max_by") return firstBy(node, name === "max_by");
  if (name === "list_value" && childrenOf(node).length === 0) return marked(node, "empty_list", []);
  if (name === "list_sort" && childrenOf(node).length === 3) return sorted(node);
  if (name === "flatten") return flattened(node);
  if (name === "string_agg") return joined(node);
  if (name === "date_diff") return marked(node, `${String(constant(childrenOf(node)[0]))}s_between`, childrenOf(node).slice(1));
  if (name === "strftime") return dateText(node);
  if (ordersOf(node).length > 0) return quantile(node, name);
  if (name.startsWith("list_") && childrenOf(node).some(isLambda)) return withLambda(node, name);
  return marked(node, name, childrenOf(node));
}

const marked = (node: SyntaxNode, name: string, children: readonly SyntaxNode[]): SyntaxNode => ({
  ...node,
  ...{ function_name: `${MARK}${name}`, schema: "", is_operator: false, children },
});

const childrenOf = (node: SyntaxNode) => node["children"] as SyntaxNode[];

const constant = (node: SyntaxNode | undefined): unknown => (node?.["value"] as SyntaxNode | undefined)?.["value"];

const column = (name: string): SyntaxNode => ({
  ...{ class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: 0, column_names: [name] },
});

const STAR: SyntaxNode = {
  ...{ class: "STAR", type: "STAR", alias: "", query_location: 0, relation_name: "", exclude_list: [], replace_list: [] },
  ...{ columns: false, expr: null, qualified_exclude_list: [], rename_list: [] },
};

const isLambda = (node: SyntaxNode) => node["class"] === "LAMBDA";

const isCall = (node: SyntaxNode | undefined, name: string) => node?.["class"] === "FUNCTION" && node["function_name"] === name;

/** `min_by(value, key)`, of one key or of a struct of several: the first of the values that there are, by these keys. */
function firstBy(node: SyntaxNode, isLast: boolean): SyntaxNode {
  const [value, key] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const isStruct = isCall(key, `${MARK}struct_pack`);
  const keys = isStruct ? childrenOf(key).map((part) => ({ ...part, alias: "" })) : [key];
  const there = (one: SyntaxNode): SyntaxNode => operator("OPERATOR_IS_NOT_NULL", [one]);
  const conditions = [there(value), ...(isStruct ? [] : [there(key)]), ...(node["filter"] === null ? [] : [node["filter"] as SyntaxNode])];
  const type = isLast ? "DESCENDING" : "ASCENDING";
  const orders = keys.map((expression) => ({ type, null_order: isLast ? "NULLS_FIRST" : "NULLS_LAST", expression }));
  const values = {
    ...node,
    ...{ function_name: "array_agg", alias: "", children: [value], order_bys: { type: "ORDER_MODIFIER", orders } },
    filter: both(conditions),
  };
  return marked({ ...node, filter: null, order_bys: UNORDERED }, "first", [values]);
}

const operator = (type: string, children: readonly SyntaxNode[]): SyntaxNode => ({
  ...{ class: "OPERATOR", type, alias: "", query_location: 0, children },
});

/** `list(x order by x)`, which DuckDB reads as `list_sort(list(x), direction, nulls)`. */
function sorted(node: SyntaxNode): SyntaxNode {
  const [list, direction] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode];
  const [expression] = childrenOf(list);
  const order = { type: constant(direction), null_order: "NULLS_LAST", expression };
  return { ...list, alias: node["alias"], order_bys: { type: "ORDER_MODIFIER", orders: [order] } };
}

const ONE: SyntaxNode = {
  ...{ class: "CONSTANT", type: "VALUE_CONSTANT", alias: "", query_location: 0 },
  value: { type: { id: "INTEGER", type_info: null }, is_null: false, value: 1 },
};

/** `sum(x) filter (where y)` -> `sum(case when y then x end)`. */
function conditional(node: SyntaxNode): SyntaxNode {
  const [value] = childrenOf(node);
  const nothing = { class: "CONSTANT", type: "VALUE_CONSTANT", alias: "", query_location: 0, value: { type: { id: "NULL", type_info: null }, is_null: true } };
  const checks = [{ when_expr: node["filter"], then_expr: value }];
  return { ...node, filter: null, children: [{ class: "CASE", type: "CASE_EXPR", alias: "", query_location: 0, case_checks: checks, else_expr: nothing }] };
}

const TRUE: SyntaxNode = { class: "COMPARISON", type: "COMPARE_EQUAL", alias: "", query_location: 0, left: ONE, right: ONE };

/** `attributes -> '$.key'`, which DuckDB takes for a lambda. */
const arrow = (node: SyntaxNode): SyntaxNode => called(node["alias"], "json_extract", [node["lhs"] as SyntaxNode, node["expr"] as SyntaxNode]);

const called = (alias: unknown, name: string, children: readonly SyntaxNode[]): SyntaxNode => ({
  ...{ class: "FUNCTION", type: "FUNCTION", alias, query_location: 0, schema: "", catalog: "", function_name: `${MARK}${name}`, children },
  ...{ filter: null, distinct: false, order_bys: UNORDERED, is_operator: false, export_state: false },
});

/** Forms of dates that queries write, by what they show. */
const FORMS = new Map([
  ["%Y-%m-%d", "day"],
  ["%Y-%m-%d %H:%M", "minute"],
  ["%Y-%m", "month"],
  ["%H:%M", "clock"],
  ["%G-W%V", "week"],
]);

/** `strftime(at, '%Y-%m')` -> `qd_month_text(at)`: engines have their own letters for it. */
function dateText(node: SyntaxNode): SyntaxNode {
  const [at, form] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const name = FORMS.get(String(constant(form)));
  return name === undefined ? marked(node, "strftime", [at, form]) : marked(node, `${name}_text`, [at]);
}

const ordersOf = (node: SyntaxNode) => (node["order_bys"] as { orders: SyntaxNode[] }).orders;

const UNORDERED = { type: "ORDER_MODIFIER", orders: [] };

/** `quantile_cont(0.5 order by x)`, as DuckDB writes `within group`, -> `qd_quantile_cont(x, 0.5)`. */
const quantile = (node: SyntaxNode, name: string): SyntaxNode => ({
  ...marked(node, name, [...ordersOf(node).map((order) => order["expression"] as SyntaxNode), ...childrenOf(node)]),
  order_bys: UNORDERED,
});

/** `string_agg(text, separator order by ..)` -> the list of texts, put together. */
function joined(node: SyntaxNode): SyntaxNode {
  const [text, separator] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const conditions = [operator("OPERATOR_IS_NOT_NULL", [text]), ...(node["filter"] === null ? [] : [node["filter"] as SyntaxNode])];
  const texts = { ...node, function_name: "array_agg", alias: "", children: [text], filter: both(conditions) };
  return marked({ ...node, filter: null, distinct: false, order_bys: UNORDERED }, "array_to_string", [texts, separator]);
}

const both = (conditions: readonly SyntaxNode[]): SyntaxNode =>
  conditions.length === 1
    ? (conditions[0] as SyntaxNode)
    : { class: "CONJUNCTION", type: "CONJUNCTION_AND", alias: "", query_location: 0, children: conditions };

/** All lists of a group in one: what gathers them into a list of lists first has no counterpart where such a list is a matrix. */
function flattened(node: SyntaxNode): SyntaxNode {
  const [lists] = childrenOf(node);
  if (!isCall(lists, "array_agg")) return marked(node, "flatten", childrenOf(node));
  return { ...(lists as SyntaxNode), function_name: "array_concat_agg", alias: node["alias"] };
}

/** `list_transform(list, lambda k: expression)` -> `qd_list_transform(list, k, expression)`. */
function withLambda(node: SyntaxNode, name: string): SyntaxNode {
  const [list, lambda, ...others] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const { lhs, expr } = lambda as { lhs?: SyntaxNode; expr?: SyntaxNode };
  if (lhs?.["class"] !== "COLUMN_REF" || expr === undefined) return marked(node, `${name}_of_places`, [list, ...others]);
  return marked(node, name, [list, lhs, expr]);
}

/** `try_cast(value as bigint)` -> `qd_try_bigint(value)`. */
function tried(node: SyntaxNode): SyntaxNode {
  const { id } = node["cast_type"] as { id: string };
  return called(node["alias"], `try_${id.toLowerCase().replaceAll(" ", "_")}`, [node["child"] as SyntaxNode]);
}
