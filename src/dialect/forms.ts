import {
  all,
  called,
  childrenOf,
  column,
  constantOf,
  inOrder,
  isCall,
  isLambda,
  marked,
  MARK,
  markedPlain,
  NULL,
  ONE,
  operator,
  ordersOf,
  STAR,
  type SyntaxNode,
} from "./nodes.ts";

/** Functions that mean the same everywhere, or that the transpiler knows. All others are marked, and each engine has its word for them. */
const CARRIED = new Set([
  ...["+", "-", "*", "/", "%", "||", "~~", "!~~", "unnest", "array_agg", "row_number"],
  ...["count", "sum", "min", "max", "avg", "bool_or", "bool_and", "percentile_cont", "percentile_disc"],
  ...[
    "abs",
    "ceil",
    "exp",
    "floor",
    "ln",
    "lower",
    "nullif",
    "replace",
    "sign",
    "sqrt",
    "trim",
    "trunc",
    "upper",
  ],
]);

/** Aggregates that pass over nulls, so that a filter may as well be a `case`, which every engine has. */
const PASSING = new Set(["count", "sum", "min", "max", "avg", "bool_or", "bool_and"]);

/** Operators, and functions with two names, as engines are asked for them. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ "//": "div", "~~~": "glob", "->>": "json_extract_string", "^@": "starts_with" },
  ...{ arg_max: "max_by", arg_min: "min_by", datediff: "date_diff", list: "array_agg", pow: "power" },
  ...{ prefix: "starts_with", substr: "substring" },
};

/** Forms of dates that queries write, by what they show: engines have letters of their own for them. */
const DATES: Readonly<Record<string, string>> = {
  ...{ "%Y-%m-%d": "day", "%Y-%m-%d %H:%M": "minute", "%Y-%m": "month", "%H:%M": "clock", "%G-W%V": "week" },
};

type Form = (node: SyntaxNode, name: string) => SyntaxNode;

/** What only DuckDB writes so. */
const FORMS: Readonly<Record<string, Form>> = {
  getvariable: (node) => marked(node, "setting", [column(String(constantOf(childrenOf(node)[0])))]),
  count_star: (node) =>
    conditional({ ...node, function_name: "count", children: [node["filter"] === null ? STAR : ONE] }),
  list_value: (node) => marked(node, childrenOf(node).length === 0 ? "empty_list" : "list_value"),
  date_diff: (node) =>
    marked(node, `${String(constantOf(childrenOf(node)[0]))}s_between`, childrenOf(node).slice(1)),
  ...{
    strftime: dateText,
    list_sort: sorted,
    flatten: flattened,
    string_agg: joined,
    min_by: first,
    max_by: first,
  },
  ...{ list_filter: withLambda, list_transform: withLambda },
};

/** A function as every engine can be asked for it. */
export function neutralFunction(node: SyntaxNode): SyntaxNode {
  const written = String(node["function_name"]).toLowerCase();
  const name = NAMES[written] ?? written;
  const form = FORMS[name];
  if (form !== undefined) return form(node, name);
  if (CARRIED.has(name)) return conditional({ ...node, function_name: name, schema: "" });
  return ordersOf(node).length > 0 ? quantile(node, name) : marked(node, name);
}

/** `sum(x) filter (where y)` -> `sum(case when y then x end)`. */
function conditional(node: SyntaxNode): SyntaxNode {
  if (node["filter"] === null || !PASSING.has(String(node["function_name"]))) return node;
  const checks = [{ when_expr: node["filter"], then_expr: childrenOf(node)[0] }];
  const choice = {
    class: "CASE",
    type: "CASE_EXPR",
    alias: "",
    query_location: 0,
    case_checks: checks,
    else_expr: NULL,
  };
  return { ...node, filter: null, children: [choice] };
}

/** `strftime(at, '%Y-%m')` -> `qd_month_text(at)`. */
function dateText(node: SyntaxNode): SyntaxNode {
  const [at, form] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const name = DATES[String(constantOf(form))];
  return name === undefined ? marked(node, "strftime") : marked(node, `${name}_text`, [at]);
}

/** `list(x order by x)`, which DuckDB reads as `list_sort(list(x), direction, nulls)`. */
function sorted(node: SyntaxNode): SyntaxNode {
  const [list, direction] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  if (childrenOf(node).length < 3 || !isCall(list, "array_agg")) return marked(node, "list_sort");
  const order = { type: constantOf(direction), null_order: "NULLS_LAST", expression: childrenOf(list)[0] };
  return { ...list, alias: node["alias"], order_bys: inOrder([order]) };
}

/** All lists of a group in one list. What has a word for that of its own takes the place of array_agg within. */
function flattened(node: SyntaxNode): SyntaxNode {
  return marked(node, isCall(childrenOf(node)[0], "array_agg") ? "concat_agg" : "flatten");
}

/** `string_agg(text, separator order by ..)` -> the list of texts, put together. */
function joined(node: SyntaxNode): SyntaxNode {
  const [text, separator] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const texts = {
    ...node,
    function_name: "array_agg",
    alias: "",
    children: [text],
    filter: all([there(text), ...filterOf(node)]),
  };
  return markedPlain(node, "array_to_string", [texts, separator]);
}

const there = (node: SyntaxNode): SyntaxNode => operator("OPERATOR_IS_NOT_NULL", [node]);

const filterOf = (node: SyntaxNode) => (node["filter"] === null ? [] : [node["filter"] as SyntaxNode]);

/** `min_by(value, key)`, of one key or of a struct of several: the first of the values that there are, by these keys. */
function first(node: SyntaxNode, name: string): SyntaxNode {
  const [value, key] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const isStruct = isCall(key, `${MARK}struct_pack`);
  const keys = isStruct ? childrenOf(key).map((part) => ({ ...part, alias: "" })) : [key];
  const conditions = [there(value), ...(isStruct ? [] : [there(key)]), ...filterOf(node)];
  const [type, nulls] = name === "max_by" ? ["DESCENDING", "NULLS_FIRST"] : ["ASCENDING", "NULLS_LAST"];
  const orders = keys.map((expression) => ({ type, null_order: nulls, expression }));
  const values = {
    ...{ ...node, function_name: "array_agg", alias: "", children: [value] },
    ...{ order_bys: inOrder(orders), filter: all(conditions) },
  };
  return markedPlain(node, "first", [values]);
}

/** `list_transform(list, lambda k: expression)` -> `qd_list_transform(list, k, expression)`. */
function withLambda(node: SyntaxNode, name: string): SyntaxNode {
  const [list, lambda] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const { lhs, expr } = lambda as { lhs?: SyntaxNode; expr?: SyntaxNode };
  // One that is told the place too has a list of names here.
  if (!isLambda(lambda) || lhs?.["class"] !== "COLUMN_REF" || expr === undefined)
    return marked(node, `${name}_by_place`, [list]);
  return marked(node, name, [list, lhs, expr]);
}

/** `quantile_cont(0.5 order by x)`, as DuckDB writes `within group`, -> `qd_quantile_cont(x, 0.5)`. */
const quantile = (node: SyntaxNode, name: string): SyntaxNode => ({
  ...marked(node, name, [
    ...ordersOf(node).map((order) => order["expression"] as SyntaxNode),
    ...childrenOf(node),
  ]),
  order_bys: inOrder([]),
});

/** `try_cast(value as bigint)` -> `qd_try_bigint(value)`. */
export function tried(node: SyntaxNode): SyntaxNode {
  const { id } = node["cast_type"] as { id: string };
  return called(node["alias"], `try_${id.toLowerCase().replaceAll(" ", "_")}`, [node["child"] as SyntaxNode]);
}

/** `attributes -> '$.key'`, which DuckDB takes for a lambda. */
export const arrow = (node: SyntaxNode): SyntaxNode =>
  called(node["alias"], "json_extract", [node["lhs"] as SyntaxNode, node["expr"] as SyntaxNode]);
