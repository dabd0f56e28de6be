import type { GraphQLResolveInfo } from "graphql";
import { connect, type Listing, type PageArguments } from "../connection.ts";
import { sortBy } from "../order.ts";
import type { Issue, PullRequest, Repository } from "../../world/records.ts";
import { fullNameOf, instant } from "../../world/world.ts";
import { FieldError } from "../errors.ts";
import type { Context } from "./fields.ts";

type Found = Issue | PullRequest | Repository;
type Test = (item: Found, value: string) => boolean;

/** Search tells how many there are, and gives a thousand at most. */
const LIMIT = 1000;

export interface SearchArguments extends PageArguments {
  readonly query: string;
  readonly type: "ISSUE" | "REPOSITORY" | "USER" | "DISCUSSION";
}

export function search(_: unknown, args: SearchArguments, context: Context, info: GraphQLResolveInfo) {
  const listing = find(args, context);
  const connection = connect(listing, args, info);
  const count = listing.totalCount ?? 0;
  return {
    ...connection,
    issueCount: args.type === "ISSUE" ? count : 0,
    repositoryCount: args.type === "REPOSITORY" ? count : 0,
    codeCount: 0,
    discussionCount: 0,
    userCount: 0,
    wikiCount: 0,
  };
}

function find({ query, type }: SearchArguments, { world, access }: Context): Listing<Found> {
  const terms = termsOf(query);
  const repositories = world.repositories.filter((repository) => access.sees(repository));
  const all: Found[] =
    type === "REPOSITORY"
      ? repositories
      : repositories.flatMap((repository) => [...repository.issues, ...repository.pullRequests]);
  const wanted = all.filter((item) => terms.every(({ name, value }) => passes(item, name, value)));
  const listing = inOrderOf(wanted, terms.find(({ name }) => name === "sort")?.value ?? "created-desc");
  return { ...listing, items: listing.items.slice(0, LIMIT), totalCount: wanted.length };
}

function termsOf(query: string): { name: string; value: string }[] {
  return [...query.matchAll(/([\w-]+):("[^"]*"|\S+)/g)].map(([, name = "", value = ""]) => ({
    name,
    value: value.replaceAll('"', ""),
  }));
}

function inOrderOf(items: readonly Found[], sort: string): Listing<Found> {
  const [field, direction] = sort.split("-");
  const isUpdated = field === "updated";
  return sortBy(items, direction !== "asc", (item) => [
    isUpdated ? item.updatedAt : item.createdAt,
    item.databaseId,
  ]);
}

const repositoryOf = (item: Found) => (item.__typename === "Repository" ? item : item.repository);

const TESTS: Readonly<Record<string, Test>> = {
  sort: () => true,
  repo: (item, value) => fullNameOf(repositoryOf(item)).toLowerCase() === value.toLowerCase(),
  org: (item, value) => repositoryOf(item).owner.login.toLowerCase() === value.toLowerCase(),
  user: (item, value) => repositoryOf(item).owner.login.toLowerCase() === value.toLowerCase(),
  archived: (item, value) => repositoryOf(item).isArchived === (value === "true"),
  label: (item, value) => item.labels.some(({ name }) => name === value),
  author: (item, value) => "author" in item && item.author?.login === value,
  is: (item, value) => isKind(item, value),
  type: (item, value) => isKind(item, value),
  state: (item, value) => isKind(item, value),
  created: (item, value) => isWithin(item.createdAt, value),
  updated: (item, value) => isWithin(item.updatedAt, value),
  closed: (item, value) => "closedAt" in item && isWithin(item.closedAt, value),
  merged: (item, value) => "mergedAt" in item && isWithin(item.mergedAt, value),
  pushed: (item, value) => "pushedAt" in item && isWithin(item.pushedAt, value),
};

function passes(item: Found, name: string, value: string): boolean {
  const isNegated = name.startsWith("-");
  const test = TESTS[isNegated ? name.slice(1) : name];
  if (!test) throw new FieldError("INTERNAL", `The fake GitHub does not know how to search by '${name}'.`);
  return test(item, value) !== isNegated;
}

function isKind(item: Found, value: string): boolean {
  if (value === "pr") return item.__typename === "PullRequest";
  if (value === "issue") return item.__typename === "Issue";
  if (value === "private") return repositoryOf(item).isPrivate;
  if (value === "public") return !repositoryOf(item).isPrivate;
  if (!("state" in item)) return false;
  if (value === "merged") return item.state === "MERGED";
  return value === "open" ? item.state === "OPEN" : item.state !== "OPEN";
}

/** `>=2026-01-01`, `2026-01-01..2026-02-01`, a day: as GitHub's search and lists of runs understand dates. */
export function isWithin(at: string | null, range: string): boolean {
  if (at === null) return false;
  const between = /^(.+)\.\.(.+)$/.exec(range);
  if (between) return isFrom(at, between[1] ?? "") && isUntil(at, between[2] ?? "");
  const [, sign = "", value = ""] = /^([<>]=?)?(.+)$/.exec(range) ?? [];
  if (sign === ">") return at > endOf(value);
  if (sign === "<") return at < startOf(value);
  if (sign === ">=") return isFrom(at, value);
  if (sign === "<=") return isUntil(at, value);
  return isFrom(at, value) && isUntil(at, value);
}

const isFrom = (at: string, value: string) => value === "*" || at >= startOf(value);
const isUntil = (at: string, value: string) => value === "*" || at <= endOf(value);
const isDay = (value: string) => /^\d{4}-\d\d-\d\d$/.test(value);
const startOf = (value: string) => (isDay(value) ? `${value}T00:00:00Z` : instant(value));
const endOf = (value: string) => (isDay(value) ? `${value}T23:59:59Z` : instant(value));
