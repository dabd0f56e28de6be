import { HTML } from "../graphql/resolvers/fields.ts";
import { minimalRepository, repositoryUrl, simpleUser } from "../rest/present.ts";
import type { RepositoryCall } from "../rest/router.ts";
import type { Commit, Deployment, DeploymentStatus, Issue, PullRequest, Repository, Review } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";

export const BASE = "https://api.github.com";

/** What presenters of REST need of a request. */
export const CALL = { asked: { base: BASE } } as unknown as RepositoryCall;

export const repositoryPayload = (repository: Repository) => minimalRepository(BASE, repository);

/** In pushes GitHub gives these two as seconds. */
export const pushedRepository = (repository: Repository) => ({
  ...repositoryPayload(repository),
  created_at: Date.parse(repository.createdAt) / 1000,
  pushed_at: Date.parse(repository.pushedAt) / 1000,
});

export const commitPayload = (commit: Commit) => ({
  id: commit.oid,
  tree_id: commit.oid,
  distinct: true,
  message: commit.message,
  timestamp: commit.committedDate,
  url: `${HTML}/${fullNameOf(commit.repository)}/commit/${commit.oid}`,
  author: { name: commit.author.name, email: commit.author.email },
  committer: { name: commit.committer.name, email: commit.committer.email },
  added: [],
  removed: [],
  modified: commit.files.map(({ path }) => path),
});

export function pullPayload(pull: PullRequest) {
  const { repository } = pull;
  return {
    url: `${repositoryUrl(BASE, repository)}/pulls/${pull.number}`,
    id: pull.databaseId,
    node_id: pull.id,
    html_url: `${HTML}/${fullNameOf(repository)}/pull/${pull.number}`,
    number: pull.number,
    state: pull.state === "OPEN" ? "open" : "closed",
    locked: false,
    title: pull.title,
    user: pull.author && simpleUser(BASE, pull.author),
    body: pull.body === "" ? null : pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    // Of an open one GitHub gives a commit that tries whether it can be merged.
    merge_commit_sha: pull.mergeCommit?.oid ?? "e".repeat(40),
    assignees: [],
    labels: pull.labels.map(({ id, name, color }) => ({ node_id: id, name, color })),
    draft: pull.isDraft,
    head: { ref: pull.headRefName, sha: pull.commits.at(-1)?.oid ?? null, repo: repositoryPayload(repository) },
    base: { ref: pull.baseRefName, sha: pull.baseRefOid, repo: repositoryPayload(repository) },
    merged: pull.mergedAt !== null,
    merged_by: pull.mergedBy && simpleUser(BASE, pull.mergedBy),
    commits: pull.commits.length,
    additions: pull.files.reduce((sum, { additions }) => sum + additions, 0),
    deletions: pull.files.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: pull.files.length,
  };
}

export const reviewPayload = (review: Review) => ({
  id: review.databaseId,
  node_id: review.id,
  user: review.author && simpleUser(BASE, review.author),
  body: review.body,
  commit_id: review.commit?.oid ?? null,
  submitted_at: review.submittedAt,
  state: review.state.toLowerCase(),
  html_url: `${HTML}/${fullNameOf(review.pullRequest.repository)}/pull/${review.pullRequest.number}#pullrequestreview-${review.databaseId}`,
});

export const issuePayload = (issue: Issue) => ({
  url: `${repositoryUrl(BASE, issue.repository)}/issues/${issue.number}`,
  html_url: `${HTML}/${fullNameOf(issue.repository)}/issues/${issue.number}`,
  id: issue.databaseId,
  node_id: issue.id,
  number: issue.number,
  title: issue.title,
  user: issue.author && simpleUser(BASE, issue.author),
  labels: issue.labels.map(({ id, name, color }) => ({ node_id: id, name, color })),
  state: issue.state.toLowerCase(),
  state_reason: issue.stateReason?.toLowerCase() ?? null,
  assignees: issue.assignees.map((one) => simpleUser(BASE, one)),
  created_at: issue.createdAt,
  updated_at: issue.updatedAt,
  closed_at: issue.closedAt,
  body: issue.body === "" ? null : issue.body,
});

export function deploymentPayload(deployment: Deployment) {
  const url = `${repositoryUrl(BASE, deployment.repository)}/deployments/${deployment.databaseId}`;
  return {
    url,
    id: deployment.databaseId,
    node_id: deployment.id,
    sha: deployment.commitOid,
    ref: deployment.refName,
    task: deployment.task,
    payload: deployment.payload === null ? {} : (JSON.parse(deployment.payload) as unknown),
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: simpleUser(BASE, deployment.creator),
    created_at: deployment.createdAt,
    updated_at: deployment.updatedAt,
    statuses_url: `${url}/statuses`,
    repository_url: repositoryUrl(BASE, deployment.repository),
  };
}

export const statusPayload = (status: DeploymentStatus) => ({
  id: status.databaseId,
  node_id: status.id,
  state: status.state.toLowerCase(),
  creator: simpleUser(BASE, status.creator),
  description: status.description,
  environment: status.environment,
  target_url: status.logUrl ?? "",
  log_url: status.logUrl ?? "",
  environment_url: status.environmentUrl ?? "",
  created_at: status.createdAt,
  updated_at: status.updatedAt,
});
