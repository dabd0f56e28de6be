import { isWithin } from "../graphql/resolvers/search.ts";
import { HTML } from "../graphql/resolvers/fields.ts";
import { refusal, type Reply, reply } from "../server/http.ts";
import type { Attempt, Environment, RunApproval, WorkflowRun } from "../world/records.ts";
import { fullNameOf } from "../world/world.ts";
import { repositoryUrl, type Schemas, simpleUser } from "./present.ts";
import { page, type RepositoryCall, repositoryRoute, type Route } from "./router.ts";
import { presentJob, presentRun } from "./runs.ts";

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

const listJobs = (call: RepositoryCall, attempts: readonly Attempt[]) =>
  page(
    call,
    attempts.flatMap(({ jobs }) => jobs),
    (job) => presentJob(call, job),
    "jobs",
  );

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
