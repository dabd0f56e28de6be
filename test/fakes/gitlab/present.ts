import type {
  BranchSchema,
  CommitSchema,
  CondensedEnvironmentSchema,
  DeploymentSchema,
  ExpandedPipelineSchema,
  IssueSchemaWithBasicLabels,
  JobSchema,
  LabelEventSchema,
  MergeRequestDiffSchema,
  MergeRequestLevelMergeRequestApprovalSchema,
  MergeRequestSchemaWithBasicLabels,
  NoteSchema,
  PipelineSchema,
  ProjectSchema,
  ReleaseSchema,
  SimpleUserSchema,
  StateEventSchema,
} from "@gitbeaker/rest";
import type {
  Commit,
  Deployment,
  Environment,
  Instant,
  Issue,
  Job,
  MergeRequest,
  Pipeline,
  Project,
  Release,
} from "./world/records.ts";

export const HTML = "https://gitlab.acme.example";

/** GitLab says thousandths of a second, and cuts what is below. */
const time = (at: Instant) => new Date(Math.floor(at)).toISOString();
const timeOrNull = (at: Instant | undefined) => (at === undefined ? null : time(at));

/** What a version of GitLab says that gitbeaker's types do not know: `null` where they say text, and newer fields. */
type Partly<Schema> = { [Field in keyof Schema]?: Schema[Field] | null };

/** Users have no number in the made-up world: one of each name, the same in every run. */
const numberOf = (username: string) =>
  Buffer.from(username).reduce((sum, byte) => (sum * 131 + byte) % 2_147_483_647, 7);

export const user = (username: string): SimpleUserSchema => ({
  id: numberOf(username),
  username,
  name: username,
  state: "active",
  avatar_url: "",
  web_url: `${HTML}/${username}`,
  created_at: "2020-01-01T00:00:00.000Z",
});

const urlOf = ({ path }: Project) => `${HTML}/${path}`;

export const project = (one: Project): Partly<ProjectSchema> => ({
  id: one.id,
  name: one.path.split("/").at(-1) ?? "",
  path: one.path.split("/").at(-1) ?? "",
  path_with_namespace: one.path,
  description: null,
  web_url: urlOf(one),
  default_branch: one.main === undefined ? null : "main",
  archived: one.isArchived,
  created_at: time(one.createdAt),
  last_activity_at: time(one.createdAt),
  visibility: "private",
  merge_method: "merge",
  runners_token: "a secret that nobody needs",
  ...(one.isFork && { forked_from_project: { id: 1 } }),
  ...Object.fromEntries(
    ["environments", "merge_requests", "builds", "releases", "issues", "repository"].map((feature) => [
      `${feature}_access_level`,
      one.off.has(feature) ? "disabled" : "enabled",
    ]),
  ),
});

export const environment = (one: Environment): Omit<CondensedEnvironmentSchema, "logs_api_path"> => ({
  id: one.id,
  name: one.name,
  slug: one.name.replaceAll("/", "-"),
  external_url: "",
  state: one.state,
  tier: one.tier,
  created_at: time(one.createdAt),
  updated_at: time(one.createdAt),
  enable_advanced_logs_querying: false,
  auto_stop_at: null,
  description: null,
  auto_stop_setting: "always",
});

export const commit = (
  of: Project,
  { sha, parents, message, author, authoredAt, committedAt }: Commit,
): CommitSchema => ({
  id: sha,
  short_id: sha.slice(0, 8),
  parent_ids: [...parents],
  title: message.split("\n")[0] ?? "",
  message,
  author_name: author.name,
  author_email: author.email,
  authored_date: time(authoredAt),
  committer_name: author.name,
  committer_email: author.email,
  committed_date: time(committedAt),
  created_at: time(committedAt),
  web_url: `${urlOf(of)}/-/commit/${sha}`,
});

export const branch = (of: Project, one: Commit): BranchSchema => ({
  name: "main",
  merged: false,
  protected: true,
  default: true,
  developers_can_push: false,
  developers_can_merge: false,
  can_push: false,
  web_url: `${urlOf(of)}/-/tree/main`,
  commit: commit(of, one),
});

/** As lists have it: who approved is said of one at a time. */
export function deployment(of: Project, one: Deployment): Partly<DeploymentSchema> {
  const { id, job: made, pipeline: run } = one;
  return {
    id,
    iid: id,
    ref: one.ref,
    sha: one.sha,
    created_at: time(one.createdAt),
    updated_at: time(one.updatedAt),
    status: one.status as DeploymentSchema["status"],
    user: user(one.by),
    environment: {
      id: one.environment.id,
      name: one.environment.name,
      slug: one.environment.name,
      external_url: "",
    } as DeploymentSchema["environment"],
    deployable:
      made && run
        ? ({
            id: made.id,
            name: made.name,
            ref: one.ref,
            tag: one.isTag,
            stage: made.stage,
            status: made.status,
            created_at: time(made.createdAt),
            started_at: timeOrNull(made.startedAt),
            finished_at: timeOrNull(made.finishedAt),
            user: user(one.by),
            pipeline: pipeline(of, run),
            web_url: `${urlOf(of)}/-/jobs/${made.id}`,
          } as DeploymentSchema["deployable"])
        : null,
  };
}

export const deploymentWithApprovals = (of: Project, one: Deployment): Partly<DeploymentSchema> => ({
  ...deployment(of, one),
  pending_approval_count: one.status === "blocked" ? 1 : 0,
  approvals: one.approvals.map(({ by, status, at, comment }) => ({
    user: user(by),
    status,
    created_at: time(at),
    comment,
  })),
});

export const pipeline = (of: Project, one: Pipeline): PipelineSchema => ({
  id: one.id,
  iid: one.id,
  project_id: of.id,
  sha: one.sha,
  ref: one.ref,
  status: one.status,
  source: one.source,
  created_at: time(one.createdAt),
  updated_at: time(one.updatedAt),
  web_url: `${urlOf(of)}/-/pipelines/${one.id}`,
  name: one.name,
});

export const pipelineInFull = (of: Project, one: Pipeline): Partly<ExpandedPipelineSchema> => ({
  ...pipeline(of, one),
  before_sha: "0".repeat(40),
  tag: one.isTag,
  user: user(one.by),
  started_at: timeOrNull(one.startedAt),
  finished_at: timeOrNull(one.finishedAt),
  queued_duration: 1,
  detailed_status: { text: one.status, group: one.status } as ExpandedPipelineSchema["detailed_status"],
});

export const job = (of: Project, run: Pipeline, one: Job): Partly<JobSchema> => ({
  id: one.id,
  name: one.name,
  stage: one.stage,
  status: one.status,
  ref: run.ref,
  tag: run.isTag,
  allow_failure: false,
  created_at: time(one.createdAt),
  started_at: timeOrNull(one.startedAt),
  finished_at: timeOrNull(one.finishedAt),
  queued_duration: one.startedAt === undefined ? null : (one.startedAt - one.queuedAt) / 1000,
  user: user(run.by) as JobSchema["user"],
  pipeline: pipeline(of, run),
  web_url: `${urlOf(of)}/-/jobs/${one.id}`,
});

export function mergeRequest(of: Project, one: MergeRequest): Partly<MergeRequestSchemaWithBasicLabels> {
  const merged = one.mergedBy === undefined ? null : user(one.mergedBy);
  return {
    id: of.id * 10_000 + one.id,
    iid: one.id,
    project_id: of.id,
    title: one.title,
    description: one.description,
    state: one.state,
    created_at: time(one.createdAt),
    updated_at: time(one.updatedAt),
    merged_at: timeOrNull(one.mergedAt),
    merged_by: merged,
    merge_user: merged,
    author: user(one.by),
    reviewers: [...one.approvedBy.keys()].map(user),
    source_branch: one.sourceBranch,
    target_branch: one.targetBranch,
    labels: [...one.labels],
    draft: false,
    sha: one.commits.at(-1)?.sha ?? null,
    merge_commit_sha: one.mergeSha ?? null,
    squash_commit_sha: one.squashSha ?? null,
    squash: one.squashSha !== undefined,
    web_url: `${urlOf(of)}/-/merge_requests/${one.id}`,
  };
}

export const approvals = (
  of: Project,
  one: MergeRequest,
): Partly<MergeRequestLevelMergeRequestApprovalSchema> => ({
  id: of.id * 10_000 + one.id,
  iid: one.id,
  project_id: of.id,
  title: one.title,
  state: one.state,
  created_at: time(one.createdAt),
  updated_at: time(one.updatedAt),
  approvals_required: 1,
  approvals_left: one.approvedBy.size > 0 ? 0 : 1,
  approved_by: [...one.approvedBy].map(([by, at]) => ({ user: user(by), approved_at: time(at) })),
});

export const notes = (of: Project, one: MergeRequest): NoteSchema[] =>
  one.notes.map(({ id, by, at, isSystem, body }) => ({
    id,
    body,
    attachment: null,
    author: user(by),
    created_at: time(at),
    updated_at: time(at),
    system: isSystem,
    noteable_id: one.id,
    noteable_type: "MergeRequest",
    noteable_iid: one.id,
    project_id: of.id,
    resolvable: false,
  }));

export const diffs = ({ paths }: MergeRequest): MergeRequestDiffSchema[] =>
  paths.map((path) => ({
    old_path: path,
    new_path: path,
    a_mode: "100644",
    b_mode: "100644",
    new_file: false,
    renamed_file: false,
    deleted_file: false,
    diff: "@@ -1 +1 @@\n-what nobody stores\n+what nobody stores\n",
  }));

export const issue = (of: Project, one: Issue): Partly<IssueSchemaWithBasicLabels> => ({
  id: of.id * 10_000 + one.id,
  iid: one.id,
  project_id: of.id,
  title: one.title,
  description: one.description,
  state: one.state,
  created_at: time(one.createdAt),
  updated_at: time(one.updatedAt),
  closed_at: timeOrNull(one.closedAt),
  labels: [...one.labels],
  author: user(one.by),
  assignees: [],
  type: one.type.toUpperCase(),
  issue_type: one.type,
  severity: one.severity,
  web_url: `${urlOf(of)}/-/issues/${one.id}`,
  references: { short: `#${one.id}`, relative: `#${one.id}`, full: `${of.path}#${one.id}` },
});

export const stateEvents = (one: Issue): StateEventSchema[] =>
  one.stateEvents.map(({ id, at, state }) => ({
    id,
    user: user(one.by),
    created_at: time(at),
    resource_type: "Issue",
    resource_id: one.id,
    state: state as StateEventSchema["state"],
    action: "add",
  }));

export const labelEvents = (one: Issue): LabelEventSchema[] =>
  one.labelEvents.map(({ id, at, action, label }) => ({
    id,
    user: user(one.by),
    created_at: time(at),
    resource_type: "Issue",
    resource_id: one.id,
    action,
    label: { id: 1, name: label } as LabelEventSchema["label"],
  }));

export const release = (of: Project, one: Release): Partly<ReleaseSchema> => ({
  tag_name: one.tag,
  name: one.title,
  description: one.description,
  created_at: time(one.createdAt),
  released_at: time(one.releasedAt),
  upcoming_release: false,
  author: user(one.by),
  commit: ((found) => (found ? commit(of, found) : null))(of.commits.get(one.sha)),
  milestones: [],
  assets: {
    count: one.links.length,
    sources: [],
    links: one.links.map((name, index) => ({
      id: index + 1,
      name,
      url: `${urlOf(of)}/-/releases/${one.tag}/downloads/${name}`,
      external: false,
      link_type: "package",
    })),
    evidence_file_path: "",
  },
  evidences: [
    {
      sha: one.sha.slice(0, 12),
      filepath: `${urlOf(of)}/-/releases/${one.tag}/evidences/1.json`,
      collected_at: time(one.createdAt),
    },
  ],
});
