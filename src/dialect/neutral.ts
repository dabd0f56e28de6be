import type { Warehouse } from "../warehouse/open.ts";
import { SelectProblem } from "../warehouse/select.ts";
import { arrow, entryAt, neutralFunction, rounded, tried } from "./forms.ts";
import {
  childrenOf,
  constantOf,
  isCall,
  isLambda,
  MARK,
  ONE,
  ordersOf,
  TRUE,
  type SyntaxNode,
} from "./nodes.ts";
import { ignoringNulls, sortedAfterwards } from "./sorted.ts";
import { unfolded } from "./unfold.ts";

/** Ways of asking that not every engine has, and that the transpiler drops without a word where it does not. */
export const WAYS = [
  "order within array_agg()",
  "filter of array_agg()",
  "array_agg() that keeps nulls",
  "list unfolded beside other columns",
  "recursive query",
  "recursive query that drops duplicates",
] as const;

export type Way = (typeof WAYS)[number];

export interface Neutral {
  readonly sql: string;
  readonly ways: readonly Way[];
}

/** What an engine can be asked for instead of some ways. */
interface Ability {
  readonly sorts_afterwards: boolean;
  readonly ignores_nulls: boolean;
  readonly casts_otherwise: boolean;
}

/** No place in the text: too large a number for JavaScript to carry unharmed. */
const NOWHERE = /"query_location":18446744073709551615/g;

/** One SELECT without what only DuckDB understands, still in DuckDB's spelling: it is DuckDB that reads and writes it. */
export async function neutralSql(
  warehouse: Warehouse,
  sql: string,
  ability: Partial<Ability> = {},
): Promise<Neutral> {
  const [row] = await warehouse.rows<{ tree: string }>("select json_serialize_sql(?::varchar) as tree", [
    sql,
  ]);
  const tree = JSON.parse((row?.tree ?? "{}").replaceAll(NOWHERE, '"query_location":0')) as SyntaxNode;
  if (tree["error"] === true) throw new SelectProblem(String(tree["error_message"]));
  const forms = [
    neutralNode,
    ...(ability.ignores_nulls === true ? [ignoringNulls] : []),
    ...(ability.sorts_afterwards === true ? [sortedAfterwards] : []),
    ...(ability.casts_otherwise === true ? [rounded] : []),
  ];
  const rewritten = forms.reduce<unknown>((carried, form) => rewrittenBy(form, carried), tree);
  const [back] = await warehouse.rows<{ sql: string }>("select json_deserialize_sql(?::json) as sql", [
    JSON.stringify(rewritten),
  ]);
  return { sql: back?.sql ?? "", ways: [...waysIn(rewritten)].sort() };
}

/** From the innermost outwards. */
function rewrittenBy(form: (node: SyntaxNode) => SyntaxNode, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => rewrittenBy(form, item));
  if (typeof value !== "object" || value === null) return value;
  return form(
    Object.fromEntries(Object.entries(value).map(([key, child]) => [key, rewrittenBy(form, child)])),
  );
}

const neutralNode = (node: SyntaxNode): SyntaxNode =>
  node["class"] === undefined ? neutralTable(node) : neutralExpression(node);

function neutralExpression(node: SyntaxNode): SyntaxNode {
  if (node["class"] === "FUNCTION") return neutralFunction(node);
  if (node["type"] === "ARRAY_EXTRACT" && typeof constantOf(childrenOf(node)[1]) !== "string")
    return entryAt(node);
  if (node["class"] === "CAST" && node["try_cast"] === true) return tried(node);
  if (isLambda(node) && (node["expr"] as SyntaxNode)["class"] === "CONSTANT") return arrow(node);
  return isCountOfRows(node) ? { ...node, function_name: "count", children: [ONE] } : node;
}

const isCountOfRows = (node: SyntaxNode) =>
  node["class"] === "WINDOW" && childrenOf(node).length === 0 && /^count/.test(String(node["function_name"]));

function neutralTable(node: SyntaxNode): SyntaxNode {
  if (node["type"] === "SUBQUERY" && node["alias"] === "")
    return { ...node, alias: `part_${String(node["query_location"])}` };
  // Written as a comma, it would bind less tightly than the joins after it.
  if (node["type"] === "JOIN" && node["ref_type"] === "CROSS")
    return { ...node, ref_type: "REGULAR", join_type: "INNER", condition: TRUE };
  return node["type"] === "SELECT_NODE" ? unfolded(node) : node;
}

function waysIn(value: unknown, found = new Set<Way>()): ReadonlySet<Way> {
  if (Array.isArray(value)) value.forEach((item) => waysIn(item, found));
  else if (typeof value === "object" && value !== null) {
    const { function: inFrom, ...node } = value as SyntaxNode;
    wayOf(node).forEach((way) => found.add(way));
    Object.values(node).forEach((child) => waysIn(child, found));
    // In a FROM a list stands alone, which every engine has.
    if (inFrom !== undefined) waysIn((inFrom as SyntaxNode)["children"], found);
  }
  return found;
}

function wayOf(node: SyntaxNode): Way[] {
  if (node["type"] === "RECURSIVE_CTE_NODE")
    return [
      "recursive query",
      ...(node["union_all"] === true ? [] : (["recursive query that drops duplicates"] as const)),
    ];
  if (isCall(node, "unnest")) return ["list unfolded beside other columns"];
  if (!isCall(node, "array_agg")) return [];
  return [
    ...(isCall(childrenOf(node)[0], `${MARK}if_there`) ? [] : (["array_agg() that keeps nulls"] as const)),
    ...(ordersOf(node).length > 0 ? (["order within array_agg()"] as const) : []),
    ...(node["filter"] === null ? [] : (["filter of array_agg()"] as const)),
  ];
}
