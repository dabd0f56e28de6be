import {
  all,
  called,
  childrenOf,
  column,
  conditional,
  constantOf,
  inOrder,
  isCall,
  isLambda,
  marked,
  MARK,
  markedPlain,
  ONE,
  operator,
  ordersOf,
  STAR,
  text,
  type SyntaxNode,
  ZERO,
} from "./nodes.ts";
import { inJava, isAnchored, sharedPattern, withOneGroup } from "./pattern.ts";

/** Functions that mean the same everywhere, or that the transpiler knows. All others are marked, and each engine has its word for them. */
const CARRIED = new Set([
  ...["+", "-", "*", "%", "||", "~~", "!~~", "unnest", "array_agg", "row_number"],
  ...["count", "sum", "min", "max", "avg", "bool_or", "bool_and", "percentile_cont", "percentile_disc"],
  ...["abs", "ceil", "exp", "floor", "ln", "lower", "nullif", "replace", "sign", "sqrt", "trunc", "upper"],
]);

/** Aggregates that pass over nulls, so that a filter may as well be a `case`, which every engine has. */
const PASSING = new Set(["count", "sum", "min", "max", "avg", "bool_or", "bool_and"]);

/** Operators, and functions with two names, as engines are asked for them. */
const NAMES: Readonly<Record<string, string>> = {
  ...{ "/": "divide", "//": "div", "~~~": "glob", "->>": "json_extract_string", "^@": "starts_with" },
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
    unfiltered({ ...node, function_name: "count", children: [node["filter"] === null ? STAR : ONE] }),
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
  ...{ regexp_matches: matched, regexp_full_match: matched, regexp_extract: extracted },
  ...{ regexp_extract_all: extracted, regexp_replace: substituted },
  ...{ ltrim: trimmed, rtrim: trimmed, format: formatted, strptime: dayOfText, timezone: zoned },
};

/** `list[1]`: nothing where there is none, which not every engine's brackets say. */
export const entryAt = (node: SyntaxNode): SyntaxNode => called(node["alias"], "list_at", childrenOf(node));

/** A function as every engine can be asked for it. */
export function neutralFunction(node: SyntaxNode): SyntaxNode {
  const written = String(node["function_name"]).toLowerCase();
  const name = NAMES[written] ?? written;
  const form = FORMS[name];
  if (form !== undefined) return form(node, name);
  if (name === "array_agg")
    return { ...node, function_name: name, schema: "", order_bys: inOrder(ordersOf(node).map(nullsTold)) };
  if (CARRIED.has(name)) return unfiltered({ ...node, function_name: name, schema: "" });
  return ordersOf(node).length > 0 ? quantile(node, name) : marked(node, name);
}

/** Nulls are last in DuckDB where nothing is said; elsewhere it depends. */
const nullsTold = (order: SyntaxNode): SyntaxNode =>
  order["null_order"] === "ORDER_DEFAULT" ? { ...order, null_order: "NULLS_LAST" } : order;

/** `sum(x) filter (where y)` -> `sum(case when y then x end)`. */
function unfiltered(node: SyntaxNode): SyntaxNode {
  if (node["filter"] === null || !PASSING.has(String(node["function_name"]))) return node;
  const chosen = conditional(node["filter"] as SyntaxNode, childrenOf(node)[0] as SyntaxNode);
  return { ...node, filter: null, children: [chosen] };
}

/** `strftime(at, '%Y-%m')` -> `qd_month_text(at)`. */
function dateText(node: SyntaxNode): SyntaxNode {
  const [at, form] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  const name = DATES[String(constantOf(form))];
  return name === undefined ? marked(node, "strftime") : marked(node, `${name}_text`, [at]);
}

/** `format('{:,}', n)` -> `qd_grouped_text(n)`. Others round, each engine as it likes. */
function formatted(node: SyntaxNode, name: string): SyntaxNode {
  const [form, given] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  return constantOf(form) === "{:,}" ? marked(node, "grouped_text", [given]) : marked(node, name);
}

/** `ltrim(name, 'v')` -> without what a pattern finds at its beginning: not every engine takes a set of characters. */
function trimmed(node: SyntaxNode, name: string): SyntaxNode {
  const [given, set] = childrenOf(node) as [SyntaxNode, SyntaxNode?];
  const characters = constantOf(set);
  if (typeof characters !== "string") return marked(node, name);
  const any = `[${characters.replaceAll(/[^A-Za-z0-9]/g, "\\$&")}]+`;
  const pattern = name === "ltrim" ? `^${any}` : `${any}\\z`;
  return marked(node, "regexp_replace_all", [given, text(pattern), text(""), text("")]);
}

/** `strptime(day, '%Y-%m-%d')` -> `qd_day_of_text(day)`. */
function dayOfText(node: SyntaxNode, name: string): SyntaxNode {
  const [day, form] = childrenOf(node) as [SyntaxNode, SyntaxNode];
  return constantOf(form) === "%Y-%m-%d" ? marked(node, "day_of_text", [day]) : marked(node, name);
}

/** Two ways: the clock of a zone at an instant, and the instant at which a zone's clock showed a time. */
function zoned(node: SyntaxNode, name: string): SyntaxNode {
  return marked(node, isLocal(childrenOf(node)[1]) ? "instant_of" : name);
}

/** What a query says is a time without a zone. */
function isLocal(node: SyntaxNode | undefined): boolean {
  if (node?.["class"] === "CAST") return (node["cast_type"] as { id: string }).id === "TIMESTAMP";
  if (isCall(node, "+") || isCall(node, "-")) return isLocal(childrenOf(node as SyntaxNode)[0]);
  if (isCall(node, `${MARK}date_trunc`)) return isLocal(childrenOf(node as SyntaxNode)[1]);
  return isCall(node, `${MARK}day_of_text`);
}

/** A pattern that engines share; one that they do not, or that comes with the data, is asked for by another name. */
function matched(node: SyntaxNode, name: string): SyntaxNode {
  const [given, pattern, flags] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode?];
  const written = constantOf(pattern);
  const flag = flags === undefined ? "" : constantOf(flags);
  if (typeof written !== "string" || (flag !== "" && flag !== "i")) return marked(node, `${name}_given`);
  const whole = name === "regexp_full_match" ? `^(?:${written})$` : written;
  const shared = sharedPattern(flag === "i" ? `(?i)${whole}` : whole);
  return shared === undefined
    ? marked(node, `${name}_given`)
    : marked(node, "regexp_matches", [given, text(shared)]);
}

/** With the group always told, and no other in the pattern: engines do not agree on which is meant. */
function extracted(node: SyntaxNode, name: string): SyntaxNode {
  const [given, pattern, group] = childrenOf(node) as [SyntaxNode, SyntaxNode, SyntaxNode?];
  const written = constantOf(pattern);
  const shared = typeof written === "string" ? sharedPattern(written) : undefined;
  const wanted = Number(constantOf(group) ?? 0);
  return shared === undefined
    ? marked(node, `${name}_given`)
    : marked(node, name, [given, text(withOneGroup(shared, wanted)), wanted === 0 ? ZERO : ONE]);
}

/** Of all places, or of the only one that there can be: other engines do not stop at the first. The replacement as RE2 writes it, and as Java does. */
function substituted(node: SyntaxNode, name: string): SyntaxNode {
  const [given, pattern, replacement, flags] = childrenOf(node) as [
    SyntaxNode,
    SyntaxNode,
    SyntaxNode,
    SyntaxNode?,
  ];
  const [written, by, flag] = [constantOf(pattern), constantOf(replacement), constantOf(flags) ?? ""];
  const shared = typeof written === "string" ? sharedPattern(written) : undefined;
  const isAll = flag === "g" || (flag === "" && isAnchored(String(written)));
  return shared === undefined || typeof by !== "string" || !isAll
    ? marked(node, `${name}_given`)
    : marked(node, "regexp_replace_all", [given, text(shared), text(by), text(inJava(by))]);
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

/** What has a fraction, and what leaves none. */
const FRACTION = new RegExp(
  `"function_name":"(?:avg|exp|ln|sqrt|${MARK}(?:divide|epoch|median|power|quantile_cont))"`,
);
const WHOLE = new Set(["floor", "ceil", "trunc", "sign", "count", `${MARK}round`, `${MARK}div`]);

/** `epoch(x)::bigint`, which DuckDB rounds to the even number where two are as near, for an engine that cuts off or rounds away from zero. */
export function rounded(node: SyntaxNode): SyntaxNode {
  const child = node["child"] as SyntaxNode | undefined;
  if (node["class"] !== "CAST" || child?.["class"] !== "FUNCTION") return node;
  const isWhole = /INT(EGER)?$/.test((node["cast_type"] as { id: string }).id);
  const hasFraction = !WHOLE.has(String(child["function_name"])) && FRACTION.test(JSON.stringify(child));
  return isWhole && hasFraction ? { ...node, child: called("", "round_even", [child]) } : node;
}
