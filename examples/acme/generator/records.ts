import type { Instant } from "./clock.ts";
import type { Person } from "./people.ts";
import type { Repository, Service } from "./services.ts";

/**
 * What happened at Acme, as objects that point at each other. Identifiers are given at the end, in the
 * order of time, as real systems do.
 */
export interface Review {
  id: string;
  readonly reviewer: Person;
  readonly state: "approved" | "changes_requested" | "commented";
  readonly submittedAt: Instant;
}

export interface Ticket {
  id: string;
  readonly service: Service;
  readonly kind: "story" | "bug" | "task";
  readonly title: string;
  readonly createdAt: Instant;
  readonly resolvedAt: Instant;
  readonly assignee: Person;
}

/** A commit that only a branch has: the work before a merge, or a cherry-pick on a release branch. */
export interface Commit {
  sha: string;
  readonly author: Person;
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  readonly subject: string;
  readonly paths: readonly string[];
}

/** A pull request, and with `mergedAt` the commit by which it is on the main line. */
export interface Change {
  number: number;
  sha: string;
  readonly repository: Repository;
  readonly services: readonly Service[];
  readonly title: string;
  readonly author: Person;
  readonly firstCommitAt: Instant;
  readonly openedAt: Instant;
  readonly mergedAt: Instant;
  readonly mergedBy: Person;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly paths: readonly string[];
  readonly additions: number;
  readonly deletions: number;
  readonly commits: readonly Commit[];
  readonly commitCount: number;
  readonly reviews: readonly Review[];
  readonly reverts: readonly Change[];
  readonly fixes: readonly Incident[];
  readonly ticket: Ticket | undefined;
}

export interface Incident {
  id: string;
  readonly service: Service;
  readonly title: string;
  readonly severity: 1 | 2 | 3;
  readonly classification: string;
  readonly startedAt: Instant;
  readonly detectedAt: Instant;
  readonly acknowledgedAt: Instant;
  mitigatedAt: Instant | undefined;
  resolvedAt: Instant | undefined;
  /** Runs or versions that the record names as its cause. */
  readonly causedBy: { readonly id: string }[];
  readonly cause: string;
}

export interface Approval {
  id: string;
  readonly approver: Person;
  readonly role: string;
  readonly decision: "approved" | "rejected";
  readonly decidedAt: Instant;
  readonly justification: string;
}

export interface ChangeRequest {
  id: string;
  readonly title: string;
  readonly type: "standard" | "normal" | "emergency";
  readonly risk: "low" | "medium" | "high";
  readonly service: Service;
  readonly requestedBy: Person;
  readonly createdAt: Instant;
  readonly plannedStart: Instant;
  readonly plannedEnd: Instant;
  readonly rollbackPlan: string;
  readonly testPlan: string;
  readonly reviewAt: Instant | undefined;
  readonly closedAt: Instant;
  readonly incidents: readonly Incident[];
  readonly approvals: readonly Approval[];
}

/** What a deployment puts live: a commit of the main line, or a cherry-pick on a release branch. */
export interface Head {
  readonly change: Change;
  readonly pick: Pick | undefined;
}

export interface Pick {
  sha: string;
  readonly branch: string;
  /** Where the release branch left the main line, or the pick before this one. */
  readonly onto: Head;
  readonly of: Change;
  readonly committedAt: Instant;
}

/** The run that tries to deploy; its attempts share it. */
export interface Run {
  id: string;
}

export interface Deployment {
  readonly run: Run;
  readonly attempt: number;
  readonly service: Service;
  readonly environment: string;
  readonly head: Head;
  readonly version: string | undefined;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  readonly status: "success" | "failure" | "cancelled" | "skipped";
  readonly deployer: Person;
  readonly rollbackOf: Deployment | undefined;
  readonly train: string | undefined;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly changeRequest: ChangeRequest | undefined;
}

/** Copies of one environment that went live together. */
export interface Wave {
  readonly service: Service;
  readonly head: Head;
  readonly version: string | undefined;
  readonly liveAt: Instant;
  readonly completedAt: Instant;
  readonly deployments: readonly Deployment[];
}

export interface Release {
  readonly service: Service;
  readonly version: string;
  readonly head: Head;
  readonly title: string;
  readonly kind: "strategic" | "operational" | "emergency";
  readonly train: string | undefined;
  readonly plannedAt: Instant;
  readonly publishedAt: Instant;
}

/** A tag on the repository of the library: what `git` finds, and a deployment by configuration. */
export interface Tag {
  readonly name: string;
  readonly head: Head;
  readonly taggedAt: Instant;
  readonly tagger: Person;
}

export interface TestRun {
  id: string;
  readonly service: Service;
  readonly head: Head;
  readonly suite: string;
  readonly kind: string;
  readonly total: number;
  readonly failed: number;
  readonly skipped: number;
  readonly coverage: number | undefined;
  readonly finishedAt: Instant;
}

/** All that happened. */
export interface World {
  readonly changes: Change[];
  readonly deployments: Deployment[];
  readonly waves: Wave[];
  readonly incidents: Incident[];
  readonly changeRequests: ChangeRequest[];
  readonly releases: Release[];
  readonly tags: Tag[];
  readonly tests: TestRun[];
}

export function emptyWorld(): World {
  return {
    changes: [],
    deployments: [],
    waves: [],
    incidents: [],
    changeRequests: [],
    releases: [],
    tags: [],
    tests: [],
  };
}
