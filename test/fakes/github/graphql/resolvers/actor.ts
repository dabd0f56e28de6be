import type * as schema from "@octokit/graphql-schema";
import type { GraphQLResolveInfo } from "graphql";
import { notFound } from "../errors.ts";
import { connect, type PageArguments } from "../connection.ts";
import { type Order, sorted } from "../order.ts";
import type { Actor, Repository } from "../../world/records.ts";
import { constant, type Context, type Fields, HTML } from "./fields.ts";
import { byField } from "./lists.ts";

const url = ({ login }: Actor) => `${HTML}/${login}`;
const avatarUrl = ({ databaseId }: Actor) => `${HTML}/avatars/${databaseId}`;
const updatedAt = ({ createdAt }: Actor) => createdAt;

interface RepositoryArguments extends PageArguments {
  readonly orderBy?: Order | null;
  readonly isArchived?: boolean | null;
  readonly isFork?: boolean | null;
  readonly privacy?: "PUBLIC" | "PRIVATE" | null;
}

function listRepositories(
  owner: Actor,
  args: RepositoryArguments,
  { world, access }: Context,
  info: GraphQLResolveInfo,
) {
  const { isArchived, isFork, privacy } = args;
  const wanted = world.repositories.filter(
    (repository) =>
      repository.owner === owner &&
      access.sees(repository) &&
      (isArchived == null || repository.isArchived === isArchived) &&
      (isFork == null || (repository.parent !== null) === isFork) &&
      (privacy == null || repository.isPrivate === (privacy === "PRIVATE")),
  );
  const order = args.orderBy ?? { field: "CREATED_AT", direction: "ASC" };
  return connect(sorted(world, wanted, order, byField(order)), args, info);
}

function repositoryOf({ login }: Actor, { name }: { name: string }, { world, access }: Context): Repository {
  const found = world.repository(`${login}/${name}`);
  if (found && access.sees(found)) return found;
  throw notFound(`Could not resolve to a Repository with the name '${login}/${name}'.`);
}

export const botFields: Fields<schema.Bot> = {
  url,
  avatarUrl,
  updatedAt,
  /** REST says `renovate[bot]` where GraphQL says `renovate`. */
  login: ({ login }: Actor) => login.replace("[bot]", ""),
};

export const userFields: Fields<schema.User> = {
  url,
  avatarUrl,
  updatedAt,
  repositories: listRepositories,
  repository: repositoryOf,
};

export const organizationFields: Fields<schema.Organization> = {
  url,
  avatarUrl,
  updatedAt,
  description: constant(null),
  repositories: listRepositories,
  repository: repositoryOf,
};
