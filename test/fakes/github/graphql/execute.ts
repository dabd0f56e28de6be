import { type DocumentNode, execute, GraphQLError, parse, validate } from "graphql";
import type { Access } from "../server/access.ts";
import type { World } from "../world/world.ts";
import { type Cost, costOf, type Variables } from "./cost.ts";
import { fieldError, type GitHubError, validationError } from "./errors.ts";
import type { Context } from "./resolvers/fields.ts";
import { resolveField } from "./resolvers/index.ts";
import { githubSchema } from "./schema.ts";

export interface Query {
  readonly query: string;
  readonly variables?: Variables | null;
  readonly operationName?: string | null;
}

export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly GitHubError[];
}

interface Prepared {
  readonly document?: DocumentNode;
  readonly errors: readonly GitHubError[];
}

const NODE_LIMIT = 500_000;
const prepared = new Map<string, Prepared>();

/** Parses and validates; the same text is looked at once. */
export function prepare(query: string): Prepared {
  const known = prepared.get(query);
  if (known) return known;
  const fresh = examine(query);
  prepared.set(query, fresh);
  return fresh;
}

function examine(query: string): Prepared {
  try {
    const document = parse(query);
    return { document, errors: validate(githubSchema(), document).map(validationError) };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [validationError(error)] };
    throw error;
  }
}

export function measure({ query, variables, operationName }: Query): Cost {
  const { document, errors } = prepare(query);
  if (!document || errors.length > 0) return { requests: 0, nodes: 0, points: 1 };
  return costOf(githubSchema(), document, variables ?? {}, operationName ?? undefined);
}

export interface Asked {
  readonly world: World;
  readonly access: Access;
  readonly cost: Cost;
  readonly rate: Context["rate"];
}

export async function answer(query: Query, asked: Asked): Promise<Answer> {
  const { document, errors } = prepare(query.query);
  if (!document || errors.length > 0) return { errors };
  if (asked.cost.nodes > NODE_LIMIT) return { errors: [tooManyNodes(asked.cost.nodes)] };
  const result = await execute({
    schema: githubSchema(),
    document,
    variableValues: { ...query.variables },
    operationName: query.operationName ?? null,
    contextValue: asked satisfies Context,
    fieldResolver: resolveField,
    typeResolver: (value) => (value as { readonly __typename: string }).__typename,
  });
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors ? { errors: result.errors.map(fieldError) } : {}),
  };
}

function tooManyNodes(nodes: number): GitHubError {
  return {
    type: "MAX_NODE_LIMIT_EXCEEDED",
    message: `This query requests up to ${nodes.toLocaleString("en")} possible nodes which exceeds the maximum limit of 500,000.`,
  };
}
