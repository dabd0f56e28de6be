import { HTML } from "../graphql/resolvers/fields.ts";
import type { Attempt, Job, WorkflowRun } from "../world/records.ts";
import { fullNameOf, sha1 } from "../world/world.ts";
import { minimalRepository, repositoryUrl, type Schemas, simpleUser } from "./present.ts";
import type { RepositoryCall } from "./router.ts";

export function presentRun(
  { asked: { base } }: RepositoryCall,
  run: WorkflowRun,
  attempt: Attempt | undefined,
): Schemas["workflow-run"] {
  const { repository } = run;
  const url = `${repositoryUrl(base, repository)}/actions/runs/${run.databaseId}`;
  const commit = repository.commits.get(run.headSha);
  const number = attempt?.number ?? 1;
  return {
    id: run.databaseId,
    name: run.workflow,
    node_id: run.id,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: `.github/workflows/${run.workflow}.yml`,
    display_title: run.title,
    run_number: run.runNumber,
    run_attempt: number,
    event: run.event,
    status: attempt?.status ?? "queued",
    conclusion: attempt?.conclusion ?? null,
    workflow_id: parseInt(sha1(run.workflow).slice(0, 7), 16),
    url,
    html_url: `${HTML}/${fullNameOf(repository)}/actions/runs/${run.databaseId}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: attempt?.updatedAt ?? run.createdAt,
    actor: simpleUser(base, run.actor),
    triggering_actor: simpleUser(base, attempt?.actor ?? run.actor),
    run_started_at: attempt?.startedAt ?? run.createdAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${url}/check-suite`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: number > 1 ? `${url}/attempts/${number - 1}` : null,
    workflow_url: `${repositoryUrl(base, repository)}/actions/workflows/${run.workflow}.yml`,
    head_commit: commit
      ? {
          id: commit.oid,
          tree_id: commit.oid,
          message: commit.message,
          timestamp: commit.committedDate,
          author: { name: commit.author.name, email: commit.author.email },
          committer: { name: commit.committer.name, email: commit.committer.email },
        }
      : null,
    repository: minimalRepository(base, repository),
    head_repository: minimalRepository(base, repository),
  };
}

export function presentJob({ asked: { base } }: RepositoryCall, job: Job): Schemas["job"] {
  const { attempt, databaseId, conclusion } = job;
  const { run } = attempt;
  const repository = repositoryUrl(base, run.repository);
  return {
    id: databaseId,
    run_id: run.databaseId,
    run_url: `${repository}/actions/runs/${run.databaseId}`,
    run_attempt: attempt.number,
    node_id: job.id,
    head_sha: run.headSha,
    head_branch: run.headBranch,
    url: `${repository}/actions/jobs/${databaseId}`,
    html_url: `${HTML}/${fullNameOf(run.repository)}/actions/runs/${run.databaseId}/job/${databaseId}`,
    status: job.status,
    conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    workflow_name: run.workflow,
    steps: job.steps.map((step) => ({
      number: step.number,
      name: step.name,
      status: step.conclusion ? "completed" : "in_progress",
      conclusion: step.conclusion,
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
    check_run_url: `${repository}/check-runs/${databaseId}`,
    labels: ["ubuntu-latest"],
    runner_id: 1,
    runner_name: job.runner,
    runner_group_id: 1,
    runner_group_name: "Default",
  };
}
