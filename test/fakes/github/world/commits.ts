import type { Commit, FileChange, Instant, Ref, Repository, Signature, Tag } from "./records.ts";
import { actor } from "./repositories.ts";
import { sha1, type World } from "./world.ts";

export interface NewCommit {
  readonly by: string;
  readonly message: string;
  readonly authoredAt?: Instant;
  /** When it was committed. */
  readonly at?: Instant;
  readonly parents?: readonly Commit[];
  /** Instead of `parents`, where those may be made later. */
  readonly parentOids?: readonly string[];
  readonly paths?: readonly string[];
  /** Where the hash is known from elsewhere. */
  readonly oid?: string;
  readonly committer?: string;
}

/** Makes a commit and moves no branch. */
export function makeCommit(world: World, repository: Repository, about: NewCommit): Commit {
  const at = about.at ?? world.now;
  const parentOids = about.parentOids ?? (about.parents ?? []).map(({ oid }) => oid);
  const oid =
    about.oid ?? sha1(`${repository.id} ${repository.commits.size} ${about.message} ${parentOids.join(" ")}`);
  const made = world.create<Commit>(
    {
      __typename: "Commit",
      repository,
      oid,
      parentOids,
      message: about.message,
      author: signature(world, about.by, about.authoredAt ?? at),
      committer: signature(world, about.committer ?? about.by, at),
      authoredDate: about.authoredAt ?? at,
      committedDate: at,
      files: fileChanges(about.paths ?? []),
    },
    `${repository.databaseId}:${oid}`,
  );
  repository.commits.set(oid, made);
  return made;
}

/** Makes a commit at the end of a branch: the default branch, where none is named. */
export function push(
  world: World,
  repository: Repository,
  about: NewCommit & { readonly branch?: string },
): Commit {
  const branch = about.branch ?? repository.defaultBranch;
  const tip = commitOf(repository.refs.get(`refs/heads/${branch}`));
  const made = makeCommit(world, repository, { parents: tip ? [tip] : [], ...about });
  setBranch(world, repository, branch, made);
  return made;
}

export function setBranch(world: World, repository: Repository, branch: string, target: Commit): Ref {
  const at = target.committedDate > world.now ? target.committedDate : world.now;
  repository.pushedAt = at;
  world.version++;
  return setRef(world, repository, "refs/heads/", branch, target);
}

/** A tag; annotated if it has a message. */
export function tag(
  world: World,
  repository: Repository,
  name: string,
  target: Commit,
  about: { readonly message?: string; readonly by?: string; readonly at?: Instant } = {},
): Ref {
  const at = about.at ?? world.now;
  if (at > repository.pushedAt) repository.pushedAt = at;
  world.version++;
  if (about.message === undefined) return setRef(world, repository, "refs/tags/", name, target);
  const annotated = world.create<Tag>({
    __typename: "Tag",
    repository,
    oid: sha1(`tag ${repository.id} ${name} ${target.oid}`),
    name,
    message: about.message,
    tagger: signature(world, about.by ?? target.author.name, at),
    target,
  });
  return setRef(world, repository, "refs/tags/", name, annotated);
}

function setRef(
  world: World,
  repository: Repository,
  prefix: string,
  name: string,
  target: Commit | Tag,
): Ref {
  const found = repository.refs.get(prefix + name);
  if (found) {
    found.target = target;
    world.version++;
    return found;
  }
  const made = world.create<Ref>(
    { __typename: "Ref", repository, prefix, name, target },
    `${repository.databaseId}:${prefix}${name}`,
  );
  repository.refs.set(prefix + name, made);
  return made;
}

export function deleteRef(world: World, repository: Repository, qualifiedName: string): void {
  const found = repository.refs.get(qualifiedName);
  if (!found) return;
  repository.refs.delete(qualifiedName);
  repository.pushedAt = world.now;
  world.forget(found);
}

export function commitOf(ref: Ref | undefined): Commit | undefined {
  return ref?.target.__typename === "Tag" ? ref.target.target : ref?.target;
}

export const mainLine = (repository: Repository) =>
  commitOf(repository.refs.get(`refs/heads/${repository.defaultBranch}`));

export function parentsOf({ repository, parentOids }: Commit): Commit[] {
  return parentOids.flatMap((oid) => repository.commits.get(oid) ?? []);
}

function signature(world: World, login: string, date: Instant): Signature {
  const user = actor(world, login);
  return {
    __typename: "GitActor",
    name: user.name,
    email: user.email,
    date,
    user: user.__typename === "User" ? user : null,
  };
}

interface Size {
  readonly additions: number;
  readonly deletions: number;
}

/** Files with their share of a size: the first has what cannot be shared evenly. */
export function fileChanges(paths: readonly string[], size?: Size): FileChange[] {
  const { additions, deletions } = size ?? { additions: 3 * paths.length, deletions: paths.length };
  const share = (total: number, index: number) =>
    Math.floor(total / paths.length) + (index === 0 ? total % paths.length : 0);
  return paths.map((path, index) => ({
    __typename: "PullRequestChangedFile",
    path,
    changeType: "MODIFIED",
    additions: share(additions, index),
    deletions: share(deletions, index),
  }));
}
