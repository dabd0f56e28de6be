import type { GraphQLResolveInfo } from "graphql";
import type { Access } from "../../server/access.ts";
import type { Cost } from "../cost.ts";
import type { World } from "../../world/world.ts";

/** What resolvers know besides the record. */
export interface Context {
  readonly world: World;
  readonly access: Access;
  readonly cost: Cost;
  readonly rate: { readonly limit: number; readonly used: number; readonly resetAt: Date };
}

export type Resolve = (source: never, args: never, context: Context, info: GraphQLResolveInfo) => unknown;

/** Resolvers of a type of GitHub's schema; a field that the schema does not have is a type error. */
export type Fields<Type> = { readonly [Name in Exclude<keyof Type, "__typename">]?: Resolve };

/** Pages are shown there: a host that no one owns. */
export const HTML = "https://github.example.com";

export const constant = (value: unknown) => (): unknown => value;
