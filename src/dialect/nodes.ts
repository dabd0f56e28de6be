/** A node of DuckDB's own syntax tree. */
export interface SyntaxNode {
  [key: string]: unknown;
}

/** What a function of the product's queries is called until an engine has its word for it. */
export const MARK = "qd_";

export const childrenOf = (node: SyntaxNode) => node["children"] as SyntaxNode[];

export const ordersOf = (node: SyntaxNode) => (node["order_bys"] as { orders: SyntaxNode[] }).orders;

export const constantOf = (node: SyntaxNode | undefined): unknown =>
  (node?.["value"] as SyntaxNode | undefined)?.["value"];

export const isLambda = (node: SyntaxNode) => node["class"] === "LAMBDA";

export const isCall = (node: SyntaxNode | undefined, name: string) =>
  node?.["class"] === "FUNCTION" && node["function_name"] === name;

export const inOrder = (orders: readonly SyntaxNode[]): SyntaxNode => ({ type: "ORDER_MODIFIER", orders });

/** The function under another name, for which engines have words. */
export const marked = (
  node: SyntaxNode,
  name: string,
  children: readonly SyntaxNode[] = childrenOf(node),
): SyntaxNode => ({
  ...node,
  ...{ function_name: `${MARK}${name}`, schema: "", is_operator: false, children },
});

/** A marked function of something that is no aggregate any more. */
export const markedPlain = (node: SyntaxNode, name: string, children: readonly SyntaxNode[]): SyntaxNode =>
  marked({ ...node, filter: null, distinct: false, order_bys: inOrder([]) }, name, children);

/** A marked function where there was none. */
export const called = (alias: unknown, name: string, children: readonly SyntaxNode[]): SyntaxNode => ({
  ...{ class: "FUNCTION", type: "FUNCTION", alias, query_location: 0, schema: "", catalog: "" },
  ...{ function_name: `${MARK}${name}`, children, filter: null, distinct: false, order_bys: inOrder([]) },
  ...{ is_operator: false, export_state: false },
});

export const operator = (type: string, children: readonly SyntaxNode[]): SyntaxNode => ({
  ...{ class: "OPERATOR", type, alias: "", query_location: 0, children },
});

export const column = (...names: readonly string[]): SyntaxNode => ({
  ...{ class: "COLUMN_REF", type: "COLUMN_REF", alias: "", query_location: 0, column_names: names },
});

const value = (what: SyntaxNode): SyntaxNode => ({
  ...{ class: "CONSTANT", type: "VALUE_CONSTANT", alias: "", query_location: 0, value: what },
});

const whole = (number: number) =>
  value({ type: { id: "INTEGER", type_info: null }, is_null: false, value: number });

/** `case when condition then what end`. */
export const conditional = (condition: SyntaxNode, what: SyntaxNode): SyntaxNode => ({
  ...{ class: "CASE", type: "CASE_EXPR", alias: "", query_location: 0, else_expr: NULL },
  case_checks: [{ when_expr: condition, then_expr: what }],
});

/** The number of the first condition that holds. */
export const choice = (cases: readonly (readonly [SyntaxNode, number])[], otherwise: number): SyntaxNode => ({
  ...{ class: "CASE", type: "CASE_EXPR", alias: "", query_location: 0, else_expr: whole(otherwise) },
  case_checks: cases.map(([when, then]) => ({ when_expr: when, then_expr: whole(then) })),
});

export const ZERO = whole(0);
export const ONE = whole(1);

export const NULL = value({ type: { id: "NULL", type_info: null }, is_null: true });

export const text = (what: string): SyntaxNode =>
  value({ type: { id: "VARCHAR", type_info: null }, is_null: false, value: what });

export const TRUE: SyntaxNode = {
  ...{ class: "COMPARISON", type: "COMPARE_EQUAL", alias: "", query_location: 0, left: ONE, right: ONE },
};

export const STAR: SyntaxNode = {
  ...{ class: "STAR", type: "STAR", alias: "", query_location: 0, relation_name: "", exclude_list: [] },
  ...{ replace_list: [], columns: false, expr: null, qualified_exclude_list: [], rename_list: [] },
};

export const all = (conditions: readonly SyntaxNode[]): SyntaxNode =>
  conditions.length === 1
    ? (conditions[0] as SyntaxNode)
    : { class: "CONJUNCTION", type: "CONJUNCTION_AND", alias: "", query_location: 0, children: conditions };
