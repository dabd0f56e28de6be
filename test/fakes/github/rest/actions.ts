import { isWithin } from "../graphql/resolvers/search.ts";
import { HTML } from "../graphql/resolvers/fields.ts";
import { refusal, type Reply, reply } from "../server/http.ts";
import type { Attempt, Environment, Job, RunApproval, WorkflowRun } from "../world/records.ts";
import { fullNameOf, sha1 } from "../world/world.ts";
import { minimalRepository, repositoryUrl, type Schemas, simpleUser } from "./present.ts";
import { page, type RepositoryCall, repositoryRoute, type Route } from "./router.ts";

/** GitHub lists no more runs than these for one set of filters. */
const LIMIT = 1000;

export const actionRoutes: readonly Route[] = [
  repositoryRoute("/actions/runs", "actions", listRuns),
  repositoryRoute("/actions/runs/{run_id}", "actions", (call) =>
    withRun(call, (run) => reply(200, presentRun(call, run, run.attempts.at(-1)))),
  ),
  repositoryRoute("/actions/runs/{run_id}/attempts/{attempt_number}", "actions", (call) =>
    withAttempt(call, (run, attempt) => reply(200, presentRun(call, run, attempt))),
  ),
  repositoryRoute("/actions/runs/{run_id}/jobs", "actions", (call) =>
    withRun(call, ({ attempts }) => {
      const wanted = call.asked.query.get("filter") === "all" ? attempts : attempts.slice(-1);
      return listJobs(call, wanted);
    }),
  ),
  repositoryRoute("/actions/runs/{run_id}/attempts/{attempt_number}/jobs", "actions", (call) =>
    withAttempt(call, (_, attempt) => listJobs(call, [attempt])),
  ),
  repositoryRoute("/actions/runs/{run_id}/approvals", "actions", (call) =>
    withRun(call, ({ approvals }) =>
      reply(
        200,
        approvals.map((one) => presentApproval(call, one)),
      ),
    ),
  ),
  repositoryRoute("/actions/runs/{run_id}/pending_deployments", "actions", (call) =>
    withRun(call, ({ pending }) =>
      reply(
        200,
        pending.map((one) => presentPending(call, one)),
      ),
    ),
  ),
];

function listRuns(call: RepositoryCall): Reply {
  const { query } = call.asked;
  const wanted = call.repository.runs
    .filter((run) => passes(run, query))
    .sort((one, other) =>
      one.createdAt < other.createdAt
        ? 1
        : one.createdAt > other.createdAt
          ? -1
          : other.databaseId - one.databaseId,
    );
  const isFiltered = ["actor", "branch", "created", "event", "head_sha", "status"].some((name) =>
    query.has(name),
  );
  const given = isFiltered ? wanted.slice(0, LIMIT) : wanted;
  return page(
    call,
    given,
    (run) => presentRun(call, run, run.attempts.at(-1)),
    "workflow_runs",
    wanted.length,
  );
}

function passes(run: WorkflowRun, query: URLSearchParams): boolean {
  const latest = run.attempts.at(-1);
  const is = (name: string, ...values: readonly (string | null | undefined)[]) =>
    !query.has(name) || values.includes(query.get(name));
  const created = query.get("created");
  return (
    is("actor", run.actor.login) &&
    is("branch", run.headBranch) &&
    is("event", run.event) &&
    is("head_sha", run.headSha) &&
    is("status", latest?.status, latest?.conclusion) &&
    (created === null || isWithin(run.createdAt, created))
  );
}

function withRun(call: RepositoryCall, then: (run: WorkflowRun) => Reply): Reply {
  const run = call.repository.runs.find(({ databaseId }) => String(databaseId) === call.values["run_id"]);
  return run ? then(run) : refusal(404, "Not Found");
}

function withAttempt(call: RepositoryCall, then: (run: WorkflowRun, attempt: Attempt) => Reply): Reply {
  return withRun(call, (run) => {
    const attempt = run.attempts.find(({ number }) => String(number) === call.values["attempt_number"]);
    return attempt ? then(run, attempt) : refusal(404, "Not Found");
  });
}

function presentRun(
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

const listJobs = (call: RepositoryCall, attempts: readonly Attempt[]) =>
  page(
    call,
    attempts.flatMap(({ jobs }) => jobs),
    (job) => presentJob(call, job),
    "jobs",
  );

function presentJob({ asked: { base } }: RepositoryCall, job: Job): Schemas["job"] {
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

export function presentEnvironment({ asked: { base } }: RepositoryCall, environment: Environment) {
  const name = encodeURIComponent(environment.name);
  return {
    id: environment.databaseId,
    node_id: environment.id,
    name: environment.name,
    url: `${repositoryUrl(base, environment.repository)}/environments/${name}`,
    html_url: `${HTML}/${fullNameOf(environment.repository)}/deployments/activity_log?environments_filter=${name}`,
    created_at: environment.createdAt,
    updated_at: environment.updatedAt,
  };
}

function presentApproval(call: RepositoryCall, approval: RunApproval): Schemas["environment-approvals"] {
  return {
    environments: approval.environments.map((one) => presentEnvironment(call, one)),
    state: approval.state,
    user: simpleUser(call.asked.base, approval.user),
    comment: approval.comment,
  };
}

function presentPending(call: RepositoryCall, environment: Environment): Schemas["pending-deployment"] {
  const timer = environment.rules.find(({ type }) => type === "WAIT_TIMER");
  return {
    environment: presentEnvironment(call, environment),
    wait_timer: timer?.timeout ?? 0,
    wait_timer_started_at: null,
    current_user_can_approve: false,
    reviewers: environment.rules.flatMap(({ reviewers }) =>
      reviewers.map((one) => ({ type: "User" as const, reviewer: simpleUser(call.asked.base, one) })),
    ),
  };
}
