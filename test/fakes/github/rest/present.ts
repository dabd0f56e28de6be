import type { components } from "@octokit/openapi-types";
import type { Actor, Repository } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";
import { HTML } from "../graphql/resolvers/fields.ts";

export type Schemas = components["schemas"];

const USER_PATHS = [
  "followers",
  "following",
  "gists",
  "starred",
  "subscriptions",
  "organizations",
  "repos",
  "events",
  "received_events",
] as const;

export function simpleUser(base: string, actor: Actor): Schemas["simple-user"] {
  const url = `${base}/users/${actor.login}`;
  return {
    login: actor.login,
    id: actor.databaseId,
    node_id: actor.id,
    avatar_url: `${HTML}/avatars/${actor.databaseId}`,
    gravatar_id: "",
    url,
    html_url: `${HTML}/${actor.login}`,
    type: actor.__typename,
    site_admin: false,
    ...urlsOf(url, USER_PATHS),
  };
}

const REPOSITORY_PATHS = [
  "archive",
  "assignees",
  "blobs",
  "branches",
  "collaborators",
  "comments",
  "commits",
  "compare",
  "contents",
  "contributors",
  "deployments",
  "downloads",
  "events",
  "forks",
  "git_commits",
  "git_refs",
  "git_tags",
  "hooks",
  "issue_comment",
  "issue_events",
  "issues",
  "keys",
  "labels",
  "languages",
  "merges",
  "milestones",
  "notifications",
  "pulls",
  "releases",
  "stargazers",
  "statuses",
  "subscribers",
  "subscription",
  "tags",
  "teams",
  "trees",
] as const;

export function minimalRepository(base: string, repository: Repository): Schemas["minimal-repository"] {
  const url = repositoryUrl(base, repository);
  return {
    id: repository.databaseId,
    node_id: repository.id,
    name: repository.name,
    full_name: fullNameOf(repository),
    owner: simpleUser(base, repository.owner),
    private: repository.isPrivate,
    visibility: repository.isPrivate ? "private" : "public",
    html_url: `${HTML}/${fullNameOf(repository)}`,
    description: repository.description,
    fork: repository.parent !== null,
    archived: repository.isArchived,
    disabled: false,
    default_branch: repository.defaultBranch,
    created_at: repository.createdAt,
    updated_at: repository.updatedAt,
    pushed_at: repository.pushedAt,
    url,
    ...urlsOf(url, REPOSITORY_PATHS),
  };
}

export const repositoryUrl = (base: string, repository: Repository) =>
  `${base}/repos/${fullNameOf(repository)}`;

type Urls<Name extends string> = Record<`${Name}_url`, string>;

const made = new Map<string, Urls<string>>();

/** `{ events_url: ".../events" }` for each; made once, as every run repeats those of its repository. */
function urlsOf<Name extends string>(url: string, names: readonly Name[]): Urls<Name> {
  const known = made.get(url) ?? Object.fromEntries(names.map((name) => [`${name}_url`, `${url}/${name}`]));
  made.set(url, known);
  return known;
}
