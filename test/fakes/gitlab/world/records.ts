/** Milliseconds since 1970, with fractions: GitLab keeps millionths of a second. */
export type Instant = number;

export interface Commit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
}

export interface Changing {
  /** In deployments and pipelines the number of the whole instance; else that of the project. */
  readonly id: number;
  readonly createdAt: Instant;
  updatedAt: Instant;
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  readonly tier: "production" | "staging" | "testing" | "development" | "other";
  readonly createdAt: Instant;
  state: "available" | "stopped";
}

export interface Approval {
  readonly by: string;
  readonly status: "approved" | "rejected";
  readonly at: Instant;
  readonly comment: string;
}

export interface Deployment extends Changing {
  readonly environment: Environment;
  readonly sha: string;
  readonly ref: string;
  readonly isTag: boolean;
  readonly by: string;
  readonly job: Job | undefined;
  readonly pipeline: Pipeline | undefined;
  readonly approvals: Approval[];
  status: "created" | "running" | "success" | "failed" | "canceled" | "blocked";
}

export interface Job {
  readonly id: number;
  readonly name: string;
  readonly stage: string;
  readonly createdAt: Instant;
  readonly queuedAt: Instant;
  startedAt: Instant | undefined;
  finishedAt: Instant | undefined;
  status: string;
  isRetried: boolean;
}

export interface Pipeline extends Changing {
  readonly sha: string;
  readonly ref: string;
  readonly isTag: boolean;
  readonly source: string;
  readonly name: string | null;
  readonly by: string;
  readonly jobs: Job[];
  startedAt: Instant | undefined;
  finishedAt: Instant | undefined;
  status: string;
}

export interface Note {
  readonly id: number;
  readonly by: string;
  readonly at: Instant;
  readonly isSystem: boolean;
  readonly body: string;
}

export interface MergeRequest extends Changing {
  readonly by: string;
  readonly title: string;
  readonly description: string;
  readonly sourceBranch: string;
  readonly targetBranch: string;
  readonly commits: readonly Commit[];
  readonly paths: readonly string[];
  readonly closes: readonly number[];
  readonly notes: Note[];
  readonly approvedBy: Map<string, Instant>;
  labels: readonly string[];
  state: "opened" | "merged" | "closed";
  mergedAt: Instant | undefined;
  mergedBy: string | undefined;
  mergeSha: string | undefined;
  squashSha: string | undefined;
}

export interface Issue extends Changing {
  readonly by: string;
  readonly type: "issue" | "incident";
  readonly description: string;
  readonly severity: string;
  readonly stateEvents: {
    readonly id: number;
    readonly at: Instant;
    readonly state: "closed" | "reopened";
  }[];
  readonly labelEvents: {
    readonly id: number;
    readonly at: Instant;
    readonly action: "add" | "remove";
    readonly label: string;
  }[];
  title: string;
  labels: readonly string[];
  state: "opened" | "closed";
  closedAt: Instant | undefined;
}

export interface Release {
  readonly tag: string;
  readonly title: string;
  readonly description: string;
  readonly sha: string;
  readonly by: string;
  readonly createdAt: Instant;
  readonly releasedAt: Instant;
  readonly links: readonly string[];
}

export interface Project {
  readonly id: number;
  readonly createdAt: Instant;
  readonly environments: Map<string, Environment>;
  readonly deployments: Map<number, Deployment>;
  readonly mergeRequests: Map<number, MergeRequest>;
  readonly pipelines: Map<number, Pipeline>;
  readonly issues: Map<number, Issue>;
  /** Issues that are confidential, while the token's owner may not see such. */
  readonly hidden: Set<number>;
  readonly releases: Map<string, Release>;
  readonly commits: Map<string, Commit>;
  path: string;
  isArchived: boolean;
  isFork: boolean;
  /** Features that are turned off. */
  off: Set<string>;
  /** The last commit of the main line. */
  main: string | undefined;
}
