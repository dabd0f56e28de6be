import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";

/** What a query asks for at most, before anybody knows what there is. */
export interface Cost {
  /** Requests needed to fulfil each connection: one for each parent it may have. */
  readonly requests: number;
  /** Nodes that all connections may return together. */
  readonly nodes: number;
  /** GitHub's price: a hundredth of the requests, rounded, and at least 1. */
  readonly points: number;
}

export type Variables = Readonly<Record<string, unknown>>;

/** GitHub's documented formula: see "Rate limits and query limits for the GraphQL API". */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Variables,
  operationName?: string,
): Cost {
  const operation = getOperationAST(document, operationName);
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root) return price(0, 0);
  const counter = new Counter(schema, document, withDefaults(operation, variables));
  counter.selections(operation.selectionSet, root, 1, "");
  return price(counter.requests, counter.nodes);
}

function withDefaults({ variableDefinitions }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = (variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

function price(requests: number, nodes: number): Cost {
  return { requests, nodes, points: Math.max(1, Math.round(requests / 100)) };
}

class Counter {
  requests = 0;
  nodes = 0;
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly schema: GraphQLSchema;
  private readonly variables: Variables;
  /** A connection selected twice at the same place is one connection. */
  private readonly counted = new Set<string>();

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.schema = schema;
    this.variables = variables;
    this.fragments = new Map(
      document.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
      ),
    );
  }

  selections(set: SelectionSetNode, type: GraphQLCompositeType, parents: number, path: string): void {
    for (const selection of set.selections) {
      if (!this.isWanted(selection)) continue;
      if (selection.kind === Kind.FIELD) this.field(selection, type, parents, path);
      else this.fragment(selection, type, parents, path);
    }
  }

  private fragment(
    selection: Exclude<SelectionNode, FieldNode>,
    type: GraphQLCompositeType,
    parents: number,
    path: string,
  ): void {
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.fragments.get(selection.name.value);
    if (!fragment) return;
    const narrowed = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
    this.selections(fragment.selectionSet, isCompositeType(narrowed) ? narrowed : type, parents, path);
  }

  private field(node: FieldNode, type: GraphQLCompositeType, parents: number, path: string): void {
    const field = fieldOf(type, node.name.value);
    const result = field && getNamedType(field.type);
    if (!field || !isCompositeType(result)) return;
    const here = `${path}/${node.alias?.value ?? node.name.value}`;
    const each = this.eachOf(node, field, result.name);
    if (each !== undefined && !this.counted.has(here)) {
      this.counted.add(here);
      this.requests += result.name.endsWith("Connection") ? parents : 0;
      this.nodes += parents * each;
    }
    if (node.selectionSet) this.selections(node.selectionSet, result, parents * (each ?? 1), here);
  }

  /** How many nodes the field may return for each parent, if it is a connection or asks for nodes by id. */
  private eachOf(node: FieldNode, field: GraphQLField<unknown, unknown>, type: string): number | undefined {
    if (field.name === "nodes" && field.args.some(({ name }) => name === "ids")) {
      const ids = this.argument(node, "ids");
      return Array.isArray(ids) ? ids.length : 0;
    }
    if (!type.endsWith("Connection") || !field.args.some(({ name }) => name === "first")) return undefined;
    const size = this.argument(node, "first") ?? this.argument(node, "last");
    return typeof size === "number" ? size : 0;
  }

  private argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    return value && valueFromASTUntyped(value, { ...this.variables });
  }

  private isWanted(node: SelectionNode): boolean {
    const values = { ...this.variables };
    if (getDirectiveValues(GraphQLSkipDirective, node, values)?.["if"] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, values)?.["if"] !== false;
  }
}

function fieldOf(type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
}
