/**
 * What GitHub keeps, as plain objects that point at each other. Where GraphQL and REST call a thing alike, the
 * name is GraphQL's, so that most fields need no resolver.
 */

/** `2026-01-31T12:00:00Z`: of one form, so that comparing text compares time. */
export type Instant = string;

export interface Entity {
  readonly __typename: string;
  /** GitHub's global node id: stable over renames and transfers. */
  readonly id: string;
  readonly databaseId: number;
}

export interface Actor extends Entity {
  readonly __typename: "User" | "Bot" | "Organization";
  login: string;
  readonly name: string;
  readonly email: string;
  readonly createdAt: Instant;
}

export interface Repository extends Entity {
  readonly __typename: "Repository";
  owner: Actor;
  name: string;
  /** `owner/name` as it was before a rename or transfer: leads here until somebody takes it. */
  readonly formerNames: string[];
  description: string;
  readonly createdAt: Instant;
  updatedAt: Instant;
  pushedAt: Instant;
  archivedAt: Instant | null;
  isArchived: boolean;
  isPrivate: boolean;
  readonly parent: Repository | null;
  defaultBranch: string;
  /** The next issue or pull request: they share one sequence. */
  nextNumber: number;
  nextRun: number;
  readonly labels: Label[];
  readonly refs: Map<string, Ref>;
  readonly commits: Map<string, Commit>;
  readonly pullRequests: PullRequest[];
  readonly pullRequestsOf: Map<string, PullRequest[]>;
  readonly issues: Issue[];
  readonly deployments: Deployment[];
  readonly environments: Environment[];
  readonly releases: Release[];
  readonly runs: WorkflowRun[];
  readonly checkSuites: CheckSuite[];
  readonly rulesets: Ruleset[];
  readonly ruleSuites: RuleSuite[];
  readonly branchProtectionRules: BranchProtection[];
}

export interface Signature {
  readonly __typename: "GitActor";
  readonly name: string;
  readonly email: string;
  readonly date: Instant;
  readonly user: Actor | null;
}

export interface FileChange {
  readonly __typename: "PullRequestChangedFile";
  readonly path: string;
  readonly changeType: "ADDED" | "DELETED" | "MODIFIED" | "RENAMED";
  readonly additions: number;
  readonly deletions: number;
}

export interface Commit extends Entity {
  readonly __typename: "Commit";
  readonly repository: Repository;
  readonly oid: string;
  readonly parentOids: readonly string[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
  readonly authoredDate: Instant;
  readonly committedDate: Instant;
  readonly files: readonly FileChange[];
}

/** An annotated tag. */
export interface Tag extends Entity {
  readonly __typename: "Tag";
  readonly repository: Repository;
  readonly oid: string;
  readonly name: string;
  readonly message: string;
  readonly tagger: Signature;
  readonly target: Commit;
}

export interface Ref extends Entity {
  readonly __typename: "Ref";
  readonly repository: Repository;
  /** `refs/heads/` or `refs/tags/` */
  readonly prefix: string;
  readonly name: string;
  target: Commit | Tag;
}

export interface Label extends Entity {
  readonly __typename: "Label";
  readonly name: string;
  readonly color: string;
  readonly createdAt: Instant;
}

export interface Review extends Entity {
  readonly __typename: "PullRequestReview";
  readonly pullRequest: PullRequest;
  readonly author: Actor | null;
  state: "APPROVED" | "CHANGES_REQUESTED" | "COMMENTED" | "DISMISSED";
  readonly body: string;
  readonly commit: Commit | null;
  readonly createdAt: Instant;
  readonly submittedAt: Instant;
  updatedAt: Instant;
}

/** What happened to a pull request or an issue; which fields it has depends on its type. */
export interface TimelineEvent extends Entity {
  readonly createdAt: Instant;
  readonly actor: Actor | null;
  readonly subject: PullRequest | Issue;
  readonly label?: Label;
  readonly commit?: Commit;
  readonly beforeCommit?: Commit;
  readonly afterCommit?: Commit;
  readonly mergeRefName?: string;
  readonly closer?: PullRequest;
  readonly review?: Review;
  readonly stateReason?: "COMPLETED" | "NOT_PLANNED" | "REOPENED" | null;
}

export interface PullRequest extends Entity {
  readonly __typename: "PullRequest";
  repository: Repository;
  readonly headRepository: Repository | null;
  readonly number: number;
  title: string;
  body: string;
  readonly author: Actor | null;
  state: "OPEN" | "CLOSED" | "MERGED";
  isDraft: boolean;
  readonly createdAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
  mergedAt: Instant | null;
  mergedBy: Actor | null;
  mergeCommit: Commit | null;
  baseRefName: string;
  readonly baseRefOid: string;
  readonly headRefName: string;
  commits: Commit[];
  files: FileChange[];
  readonly labels: Label[];
  readonly reviews: Review[];
  readonly closes: Issue[];
  readonly timeline: TimelineEvent[];
}

export interface Issue extends Entity {
  readonly __typename: "Issue";
  repository: Repository;
  readonly number: number;
  title: string;
  body: string;
  readonly author: Actor | null;
  readonly assignees: Actor[];
  state: "OPEN" | "CLOSED";
  stateReason: "COMPLETED" | "NOT_PLANNED" | "REOPENED" | null;
  readonly createdAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
  readonly labels: Label[];
  readonly timeline: TimelineEvent[];
}

export type DeploymentStatusState =
  "ERROR" | "FAILURE" | "INACTIVE" | "IN_PROGRESS" | "PENDING" | "QUEUED" | "SUCCESS" | "WAITING";

export interface DeploymentStatus extends Entity {
  readonly __typename: "DeploymentStatus";
  readonly deployment: Deployment;
  readonly state: DeploymentStatusState;
  readonly creator: Actor;
  readonly description: string;
  readonly environment: string;
  readonly environmentUrl: string | null;
  readonly logUrl: string | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface Deployment extends Entity {
  readonly __typename: "Deployment";
  readonly repository: Repository;
  /** Of a commit that may not be in the repository: not any more, or not yet. */
  readonly commitOid: string;
  readonly refName: string;
  readonly task: string;
  readonly environment: string;
  readonly description: string;
  readonly payload: string | null;
  readonly creator: Actor;
  readonly createdAt: Instant;
  /** Moves with every status, also with the one that the next deployment causes. */
  updatedAt: Instant;
  /** In the order in which they came. */
  readonly history: DeploymentStatus[];
}

export interface ProtectionRule {
  readonly __typename: "DeploymentProtectionRule";
  readonly databaseId: number;
  readonly id: string;
  readonly type: "REQUIRED_REVIEWERS" | "WAIT_TIMER" | "BRANCH_POLICY";
  readonly timeout: number;
  readonly preventSelfReview: boolean;
  readonly reviewers: readonly Actor[];
}

export interface Environment extends Entity {
  readonly __typename: "Environment";
  readonly repository: Repository;
  readonly name: string;
  readonly createdAt: Instant;
  updatedAt: Instant;
  rules: readonly ProtectionRule[];
}

export interface ReleaseAsset extends Entity {
  readonly __typename: "ReleaseAsset";
  readonly release: Release;
  readonly name: string;
  readonly contentType: string;
  readonly size: number;
  /** `sha256:...`; null for assets from before GitHub computed it. */
  readonly digest: string | null;
  readonly uploadedBy: Actor;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface Release extends Entity {
  readonly __typename: "Release";
  readonly repository: Repository;
  readonly author: Actor;
  readonly tagName: string;
  readonly target: string;
  name: string;
  description: string;
  isDraft: boolean;
  isPrerelease: boolean;
  readonly createdAt: Instant;
  publishedAt: Instant | null;
  updatedAt: Instant;
  readonly assets: ReleaseAsset[];
}

export type Conclusion = "success" | "failure" | "cancelled" | "skipped" | "timed_out";
export type RunStatus = "queued" | "in_progress" | "completed" | "waiting";

export interface Step {
  readonly number: number;
  readonly name: string;
  readonly conclusion: Conclusion | null;
  readonly startedAt: Instant;
  readonly completedAt: Instant | null;
}

export interface Job extends Entity {
  readonly __typename: "Job";
  readonly attempt: Attempt;
  readonly name: string;
  readonly runner: string;
  readonly createdAt: Instant;
  readonly startedAt: Instant;
  status: RunStatus;
  conclusion: Conclusion | null;
  completedAt: Instant | null;
  readonly steps: readonly Step[];
}

export interface Attempt {
  readonly run: WorkflowRun;
  readonly number: number;
  readonly actor: Actor;
  readonly startedAt: Instant;
  status: RunStatus;
  conclusion: Conclusion | null;
  updatedAt: Instant;
  readonly jobs: Job[];
}

export interface RunApproval {
  readonly environments: readonly Environment[];
  readonly state: "approved" | "rejected";
  readonly user: Actor;
  readonly comment: string;
}

export interface WorkflowRun extends Entity {
  readonly __typename: "WorkflowRun";
  readonly repository: Repository;
  readonly workflow: string;
  readonly runNumber: number;
  readonly event: string;
  readonly headBranch: string;
  readonly headSha: string;
  readonly title: string;
  readonly actor: Actor;
  readonly createdAt: Instant;
  readonly attempts: Attempt[];
  readonly approvals: RunApproval[];
  pending: readonly Environment[];
}

export interface CheckRun extends Entity {
  readonly __typename: "CheckRun";
  readonly suite: CheckSuite;
  readonly name: string;
  status: "COMPLETED" | "IN_PROGRESS" | "QUEUED";
  conclusion: "SUCCESS" | "FAILURE" | "CANCELLED" | "SKIPPED" | "NEUTRAL" | "TIMED_OUT" | null;
  readonly startedAt: Instant | null;
  completedAt: Instant | null;
  readonly title: string | null;
}

export interface CheckSuite extends Entity {
  readonly __typename: "CheckSuite";
  readonly repository: Repository;
  readonly app: string;
  readonly commit: Commit;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly runs: CheckRun[];
}

export interface Ruleset extends Entity {
  readonly __typename: "RepositoryRuleset";
  /** A repository, or an organisation: then it holds for all its repositories. */
  readonly source: Repository | Actor;
  readonly name: string;
  readonly target: "BRANCH" | "TAG";
  enforcement: "ACTIVE" | "DISABLED" | "EVALUATE";
  readonly include: readonly string[];
  rules: readonly {
    readonly type: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
  }[];
  readonly bypassActors: readonly Actor[];
  readonly createdAt: Instant;
  updatedAt: Instant;
}

/** One push, judged by the rulesets. */
export interface RuleSuite {
  readonly databaseId: number;
  readonly repository: Repository;
  readonly actor: Actor;
  readonly ref: string;
  readonly beforeSha: string;
  readonly afterSha: string;
  readonly pushedAt: Instant;
  readonly result: "pass" | "fail" | "bypass";
  readonly evaluations: readonly {
    readonly ruleset: Ruleset;
    readonly enforcement: Ruleset["enforcement"];
    readonly result: "pass" | "fail";
    readonly ruleType: string;
    readonly details: string;
  }[];
}

export interface BranchProtection extends Entity {
  readonly __typename: "BranchProtectionRule";
  readonly repository: Repository;
  readonly pattern: string;
  requiredApprovingReviewCount: number;
  isAdminEnforced: boolean;
  dismissesStaleReviews: boolean;
  requiresCodeOwnerReviews: boolean;
  requireLastPushApproval: boolean;
  requiresStatusChecks: boolean;
  requiredStatusCheckContexts: readonly string[];
  allowsForcePushes: boolean;
  allowsDeletions: boolean;
  pushers: readonly Actor[];
  bypassers: readonly Actor[];
}
