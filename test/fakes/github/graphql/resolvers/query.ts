import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { FieldError, notFound } from "../errors.ts";
import type { Actor, Commit, Entity, Repository } from "../../world/records.ts";
import type { World } from "../../world/world.ts";
import { ROLLUP, rollupOf } from "./commit.ts";
import type { Context, Fields } from "./fields.ts";
import { search } from "./search.ts";

export const queryFields: Fields<schema.Query> = {
  viewer: (_: unknown, _args: unknown, { world, access }: Context) =>
    world.actors.get(access.token.login) ?? null,
  rateLimit: (_: unknown, _args: unknown, { cost, rate }: Context) => ({
    cost: cost.points,
    nodeCount: cost.nodes,
    limit: rate.limit,
    used: rate.used,
    remaining: Math.max(0, rate.limit - rate.used),
    resetAt: rate.resetAt.toISOString().replace(/\.\d+/, ""),
  }),
  organization: (_: unknown, { login }: { login: string }, context: Context) =>
    actorOf(context, login, "Organization", "an Organization"),
  user: (_: unknown, { login }: { login: string }, context: Context) =>
    actorOf(context, login, "User", "a User"),
  repositoryOwner: (_: unknown, { login }: { login: string }, { world }: Context) =>
    world.actors.get(login) ?? null,
  repository: findRepository,
  node: (_: unknown, { id }: { id: string }, context: Context) => nodeOf(id, context),
  nodes: (_: unknown, { ids }: { ids: readonly string[] }, context: Context) => {
    if (ids.length > 100)
      throw new FieldError(
        "ARGUMENT_LIMIT",
        `You may not provide more than 100 node ids; you provided ${ids.length}.`,
      );
    return ids.map((id) => nodeOrError(id, context));
  },
  search,
};

function actorOf({ world }: Context, login: string, type: Actor["__typename"], what: string): Actor {
  const found = world.actors.get(login);
  if (found?.__typename === type) return found;
  throw notFound(`Could not resolve to ${what} with the login of '${login}'.`);
}

function findRepository(
  _: unknown,
  { owner, name }: { owner: string; name: string; followRenames: boolean },
  { world, access }: Context,
  _info: GraphQLResolveInfo,
): Repository {
  const found = world.repository(`${owner}/${name}`);
  if (found && access.sees(found)) return found;
  throw notFound(`Could not resolve to a Repository with the name '${owner}/${name}'.`);
}

function nodeOf(id: string, { world, access }: Context): Entity {
  const found = id.startsWith(ROLLUP) ? rollupIn(world, id.slice(ROLLUP.length)) : world.node(id);
  const repository = found && repositoryOf(found);
  if (found && (!repository || access.sees(repository))) return found;
  throw notFound(`Could not resolve to a node with the global id of '${id}'.`);
}

function rollupIn(world: World, commit: string): Entity | undefined {
  const found = world.node(commit);
  return found && rollupOf(found as Commit);
}

/** An error in a list makes this one entry null and leaves the others. */
function nodeOrError(id: string, context: Context): Entity | FieldError {
  try {
    return nodeOf(id, context);
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
}

function repositoryOf(entity: Entity): Repository | undefined {
  if (entity.__typename === "Repository") return entity as Repository;
  const { repository, pullRequest, deployment, release } = entity as {
    repository?: Repository;
    pullRequest?: Entity;
    deployment?: Entity;
    release?: Entity;
  };
  const parent = pullRequest ?? deployment ?? release;
  return repository ?? (parent && repositoryOf(parent));
}
