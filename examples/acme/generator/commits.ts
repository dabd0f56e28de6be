import { createHash } from "node:crypto";
import type { Instant } from "./clock.ts";
import type { Change, Pick, World } from "./records.ts";
import type { Person } from "./people.ts";
import { type Repository, repositories } from "./services.ts";

/** A commit as a file lists it. */
export interface ListedCommit {
  readonly repository: string;
  readonly sha: string;
  readonly parents: readonly string[];
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  readonly author: Person;
  readonly subject: string;
  readonly reverts: readonly string[];
  readonly pickedFrom: readonly string[];
  readonly closes: readonly string[];
}

export interface ListedRef {
  readonly repository: string;
  readonly name: string;
  readonly kind: "main" | "branch";
  readonly sha: string;
}

/** Hashes for repositories that are not made with git: as good as any. */
export function hashChanges(repository: Repository, merged: readonly Change[]): void {
  for (const change of merged) {
    change.sha = hash(`${repository.name} ${change.number} ${change.title}`);
    for (const [index, commit] of change.commits.entries()) commit.sha = hash(`${change.sha} ${index}`);
  }
}

export function hashPicks(world: World): void {
  for (const pick of picksOf(world)) pick.sha = hash(`pick of ${pick.of.sha} onto ${pick.branch}`);
}

const hash = (text: string) => createHash("sha1").update(text).digest("hex");

/** The cherry-picks that were deployed, in the order in which they were made. */
export function picksOf(world: World): Pick[] {
  const picks = new Set(world.deployments.flatMap(({ head }) => (head.pick ? [head.pick] : [])));
  return [...picks].sort((one, other) => one.committedAt - other.committedAt);
}

/** Merged changes of a repository, in the order of its main line. */
export function mergedOf(world: World, repository: Repository, until: Instant): Change[] {
  return world.changes
    .filter((change) => change.repository === repository && change.mergedAt < until)
    .sort((one, other) => one.mergedAt - other.mergedAt || one.number - other.number);
}

export const subjectOf = (change: Change) => `${change.title} (#${change.number})`;

/** Main lines and release branches of the repositories that are listed in files. */
export function listCommits(world: World, until: Instant): { commits: ListedCommit[]; refs: ListedRef[] } {
  const listed = repositories.filter(({ graph }) => graph === "file");
  const lines = listed.map((repository) => mergedOf(world, repository, until));
  const picks = picksOf(world);
  return {
    commits: [
      ...lines.flatMap((changes) => changes.map((change, index) => listedChange(change, changes[index - 1]))),
      ...picks.map(listedPick),
    ],
    refs: [...lines.flatMap(mainRef), ...branchRefs(picks)],
  };
}

function listedChange(change: Change, parent: Change | undefined): ListedCommit {
  return {
    repository: change.repository.name,
    sha: change.sha,
    parents: parent ? [parent.sha] : [],
    authoredAt: change.mergedAt,
    committedAt: change.mergedAt,
    author: change.author,
    subject: subjectOf(change),
    reverts: change.reverts.map(({ sha }) => sha),
    pickedFrom: [],
    closes: closedBy(change),
  };
}

function listedPick(pick: Pick): ListedCommit {
  return {
    repository: pick.of.repository.name,
    sha: pick.sha,
    parents: [pick.onto.pick?.sha ?? pick.onto.change.sha],
    authoredAt: pick.of.mergedAt,
    committedAt: pick.committedAt,
    author: pick.of.author,
    subject: pick.of.title,
    reverts: [],
    pickedFrom: [pick.of.sha],
    closes: [],
  };
}

export function closedBy({ ticket, fixes }: Change): string[] {
  return [...(ticket ? [ticket.id] : []), ...fixes.map(({ id }) => id)];
}

function mainRef(changes: readonly Change[]): ListedRef[] {
  const last = changes.at(-1);
  return last ? [{ repository: last.repository.name, name: "main", kind: "main", sha: last.sha }] : [];
}

function branchRefs(picks: readonly Pick[]): ListedRef[] {
  const tips = new Map(picks.map((pick) => [pick.branch, pick]));
  return [...tips.values()].map((pick) => ({
    repository: pick.of.repository.name,
    name: pick.branch,
    kind: "branch",
    sha: pick.sha,
  }));
}
