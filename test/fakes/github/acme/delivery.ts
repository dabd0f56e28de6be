import { isoUtc } from "../../../../examples/acme/generator/clock.ts";
import type {
  Deployment as Attempted,
  Head,
  Release as Released,
  Run,
  TestRun,
  World as Acme,
} from "../../../../examples/acme/generator/records.ts";
import type { Service } from "../../../../examples/acme/generator/services.ts";
import { HTML } from "../graphql/resolvers/fields.ts";
import { tag } from "../world/commits.ts";
import { deploy, release, setStatus } from "../world/deployments.ts";
import type { Attempt, Commit, Deployment, WorkflowRun } from "../world/records.ts";
import { environment } from "../world/repositories.ts";
import { approve, attempt, checks, finish, startRun } from "../world/runs.ts";
import { fullNameOf, later, type World } from "../world/world.ts";
import { repositoryOf } from "./code.ts";

/** What was made of the code: runs and deployments, releases, results of tests. */
export function planDelivery(world: World, acme: Acme): void {
  const known: Known = { runs: new Map(), deployments: new Map() };
  for (const one of acme.deployments) planDeployment(world, one, known);
  for (const one of acme.releases) world.plan(isoUtc(one.publishedAt), () => publish(world, one));
  for (const one of acme.tests) world.plan(isoUtc(one.finishedAt), () => report(world, one));
}

/** What became of what Acme knows. */
interface Known {
  readonly runs: Map<Run, WorkflowRun>;
  readonly deployments: Map<Attempted, Deployment>;
}

const repositoryFor = (world: World, head: Head) => repositoryOf(world, head.change.repository);

const shaOf = ({ pick, change }: Head) => pick?.sha ?? change.sha;

function commitOf(world: World, head: Head): Commit | undefined {
  return repositoryFor(world, head).commits.get(shaOf(head));
}

/** Services that share a repository do not share environments: each would make the others' inactive. */
function environmentOf({ folder, name }: Service, copy: string): string {
  return folder === undefined ? copy : `${name}-${copy}`;
}

function planDeployment(world: World, one: Attempted, known: Known): void {
  let started: Attempt | undefined;
  world.plan(isoUtc(one.startedAt - queueOf(one)), () => {
    started = run(world, one, known);
  });
  world.plan(isoUtc(one.startedAt), () => {
    if (started && one.status !== "skipped") begin(world, one, known, started.run);
  });
  world.plan(isoUtc(one.finishedAt), () => {
    if (started) finish(world, started, one.status);
    const deployment = known.deployments.get(one);
    if (deployment && one.status !== "skipped") setStatus(world, deployment, OUTCOMES[one.status]);
  });
}

/** The service whose deployments ask for reviewers, and the seconds that they wait for them. */
const GUARDED = "payments";
const WAIT = 60;
/** Seconds for which the attempt waited for a runner: as the pipeline's own log has it. */
const queueOf = ({ attempt: number }: Attempted) => 30 + (number - 1) * 20;

const OUTCOMES = { success: "SUCCESS", failure: "FAILURE", cancelled: "ERROR" } as const;

/** A first run, or a further attempt of it. */
function run(world: World, one: Attempted, { runs }: Known): Attempt {
  const { service, head, deployer, branch } = one;
  const about = { by: deployer.login, jobs: [`deploy (${one.environment})`], queue: queueOf(one) };
  const earlier = runs.get(one.run);
  if (earlier) return attempt(world, earlier, about);
  const made = startRun(world, repositoryFor(world, head), {
    ...about,
    workflow: `deploy-${service.name}`,
    title: `Deploy ${service.name}${one.version === undefined ? "" : ` ${one.version}`}`,
    event: deployer.isBot ? "push" : "workflow_dispatch",
    branch,
    sha: shaOf(head),
  });
  runs.set(one.run, made);
  const first = made.attempts[0];
  if (!first) throw new RangeError("a run without attempts");
  return first;
}

function begin(world: World, one: Attempted, { deployments }: Known, of: WorkflowRun): void {
  const { service, head, deployer, branch, version, rollbackOf } = one;
  const target = repositoryFor(world, head);
  const made = deploy(world, target, {
    ...(isGuarded(one) && { at: later(world.now, -WAIT) }),
    by: deployer.login,
    environment: environmentOf(service, one.environment),
    commitOid: shaOf(head),
    ref: branch,
    task: rollbackOf ? "deploy:rollback" : "deploy",
    description: version === undefined ? "" : `${service.name} ${version}`,
    payload: payloadOf(one, rollbackOf && deployments.get(rollbackOf)),
  });
  deployments.set(one, made);
  const logUrl = `${HTML}/${fullNameOf(target)}/actions/runs/${of.databaseId}`;
  if (isGuarded(one)) letIn(world, one, made, of, logUrl);
  setStatus(world, made, "IN_PROGRESS", { logUrl });
}

/** The first copy of one service in production asks for reviewers. */
const isGuarded = ({ attempt: number, changeRequest, environment: copy, service }: Attempted): boolean =>
  service.name === GUARDED && copy === service.copies[0] && number === 1 && changeRequest !== undefined;

/** Those who approve the change request approve here too. */
function letIn(world: World, one: Attempted, made: Deployment, of: WorkflowRun, logUrl: string): void {
  const name = made.environment;
  if (guardsOf(made).length === 0) environment(world, made.repository, name, { reviewers: ["svc-pipeline"] });
  setStatus(world, made, "WAITING", { logUrl, at: made.createdAt });
  for (const { approver, decision, justification } of one.changeRequest?.approvals ?? [])
    approve(world, of, { by: approver.login, environments: [name], state: decision, comment: justification });
}

const guardsOf = ({ repository, environment: name }: Deployment) =>
  repository.environments.find((one) => one.name === name)?.rules ?? [];

/** What Acme's pipeline says of itself in the one field that GitHub leaves to it. */
function payloadOf(one: Attempted, rollbackOf: Deployment | undefined): string {
  return JSON.stringify({
    run: one.run.id,
    attempt: one.attempt,
    service: one.service.name,
    version: one.version,
    train: one.train,
    labels: one.labels.length > 0 ? one.labels : undefined,
    rollback_of: rollbackOf?.databaseId,
    change_request: one.changeRequest?.id,
  });
}

/** Numbers of the deployments of each run of Acme's pipeline. */
export function deploymentsOf(world: World): Map<string, number[]> {
  const numbers = new Map<string, number[]>();
  for (const { payload, databaseId } of world.repositories.flatMap(({ deployments }) => deployments)) {
    const { run: id } = JSON.parse(payload ?? "{}") as { run?: string };
    if (id !== undefined) numbers.set(id, [...(numbers.get(id) ?? []), databaseId]);
  }
  return numbers;
}

function publish(world: World, { service, version, head, title, kind }: Released): void {
  const target = repositoryFor(world, head);
  const commit = commitOf(world, head);
  const tagName = `${service.name}-${version}`;
  if (commit) tag(world, target, tagName, commit);
  release(world, target, {
    by: "svc-pipeline",
    tagName,
    name: title,
    notes: `Kind: ${kind}`,
    assets: [`${tagName}.tar.gz`, `${tagName}.sbom.json`],
  });
}

function report(world: World, { head, suite, failed }: TestRun): void {
  const commit = commitOf(world, head);
  if (commit)
    checks(world, commit, [suite], { at: world.now, conclusion: failed > 0 ? "FAILURE" : "SUCCESS" });
}
