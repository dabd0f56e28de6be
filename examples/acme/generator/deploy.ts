import { type Instant, HOUR, MINUTE } from "./clock.ts";
import { membersOf, type Person, pipelineBot } from "./people.ts";
import type { Change, ChangeRequest, Deployment, Head, Incident, Wave } from "./records.ts";
import { requestChange } from "./change-requests.ts";
import { announceRelease, tagRelease } from "./releases.ts";
import { teamOf, type Service } from "./services.ts";
import type { Simulation } from "./simulation.ts";
import { flakiness } from "./stories.ts";
import { testHead } from "./tests.ts";
import { nextVersion, type Step } from "./versions.ts";

/** What somebody wants to put live. */
export interface Intent {
  readonly service: Service;
  readonly at: Instant;
  readonly head: Head;
  /** The newest change of the service itself: what people would say the deployment is about. */
  readonly about: Change;
  readonly step: Step;
  readonly title: string;
  readonly branch: string;
  readonly labels: readonly string[];
  readonly train?: string | undefined;
  /** The wave that a rollback takes back, and whether the tool is told so. */
  readonly takesBack?: { readonly wave: Wave; readonly isStated: boolean; readonly to: Wave };
  readonly incident?: Incident | undefined;
  readonly isNeverReviewed?: boolean | undefined;
  /** It goes live whatever the pipeline does. */
  readonly isCertain?: boolean;
}

/** Puts a head live in all copies of production. Undefined where it never got there. */
export function deploy(simulation: Simulation, intent: Intent): Wave | undefined {
  const { draw, world } = simulation;
  const track = simulation.trackOf(intent.service);
  const version = intent.takesBack
    ? intent.takesBack.to.version
    : nextVersion(track, intent.step, intent.train);
  if (!simulation.repository.hasReviewTool) return publish(simulation, intent, version);
  const changeRequest = requestFor(simulation, intent);
  const deployer = deployerOf(simulation, intent);
  const shared = { simulation, intent, version, changeRequest, deployer };
  if (intent.service.isStaged && !intent.takesBack) stage(shared);
  if (intent.service.needsChangeRequest && !intent.takesBack)
    testHead(draw, world, intent.service, intent.head, intent.at);

  const live: Deployment[] = [];
  let startedAt = intent.at;
  for (const environment of intent.service.copies) {
    const deployment = attempt(shared, environment, startedAt);
    if (!deployment) break;
    live.push(deployment);
    startedAt = deployment.finishedAt + Math.round(draw.between(15, 50) * MINUTE);
  }
  const [first] = live;
  const last = live.at(-1);
  if (!first || !last) return undefined;
  const wave: Wave = {
    service: intent.service,
    head: intent.head,
    version,
    liveAt: first.finishedAt,
    completedAt: last.finishedAt,
    deployments: live,
  };
  if (!intent.takesBack) announceRelease(world, wave, intent);
  return goLive(simulation, wave);
}

/** A library goes live when its tag is pushed. */
function publish(simulation: Simulation, intent: Intent, version = "0.0.0"): Wave {
  tagRelease(simulation, intent, version);
  return goLive(simulation, {
    service: intent.service,
    head: intent.head,
    version,
    liveAt: intent.at,
    completedAt: intent.at,
    deployments: [],
  });
}

function goLive(simulation: Simulation, wave: Wave): Wave {
  simulation.world.waves.push(wave);
  simulation.trackOf(wave.service).live = wave;
  return wave;
}

interface Shared {
  readonly simulation: Simulation;
  readonly intent: Intent;
  readonly version: string | undefined;
  readonly changeRequest: ChangeRequest | undefined;
  readonly deployer: Person;
}

/** A rollback is covered by the request of what it takes back; one in eighty planned ones has no request at all. */
function requestFor(simulation: Simulation, intent: Intent): ChangeRequest | undefined {
  if (!intent.service.needsChangeRequest) return undefined;
  if (intent.takesBack) return intent.takesBack.wave.deployments[0]?.changeRequest;
  if (intent.step === "planned" && !intent.isCertain && simulation.draw.chance(1 / 80)) return undefined;
  return requestChange(simulation, intent);
}

function deployerOf({ draw }: Simulation, { service, at }: Intent): Person {
  if (!service.needsChangeRequest) return pipelineBot;
  return draw.pick(draw.chance(0.5) ? membersOf("operations", at) : membersOf(teamOf(service, at), at));
}

/** Staging comes before production, but for one in fifty and for half of what is urgent. */
function stage(shared: Shared): void {
  const { draw } = shared.simulation;
  if (draw.chance(shared.intent.step === "urgent" ? 0.5 : 0.02)) return;
  const lead = shared.intent.step === "urgent" ? draw.between(8, 15) * MINUTE : draw.between(0.6, 3) * HOUR;
  const startedAt = Math.max(
    shared.intent.head.change.mergedAt + 2 * MINUTE,
    Math.round(shared.intent.at - lead),
  );
  record(shared, { environment: "staging", startedAt, attempt: 1, status: "success", run: { id: "" } });
}

/** Attempts until one succeeds; a re-run keeps the identifier of its run. */
function attempt(shared: Shared, environment: string, firstAt: Instant): Deployment | undefined {
  const { simulation, intent } = shared;
  const { draw } = simulation;
  const run = { id: "" };
  let startedAt = firstAt;
  let number = 1;
  while (number < 4 && draw.chance(flakiness(intent.service, startedAt))) {
    const failed = record(shared, {
      environment,
      startedAt,
      attempt: number,
      status: draw.chance(0.1) ? "cancelled" : "failure",
      run,
    });
    if (!intent.isCertain && draw.chance(0.12)) return undefined;
    startedAt = failed.finishedAt + Math.round(draw.between(3, 25) * MINUTE);
    number += 1;
  }
  return record(shared, { environment, startedAt, attempt: number, status: "success", run });
}

type Try = Pick<Deployment, "environment" | "startedAt" | "attempt" | "status" | "run">;

function record(
  { simulation, intent, version, changeRequest, deployer }: Shared,
  attempted: Try,
): Deployment {
  const { draw, world } = simulation;
  const deployment: Deployment = {
    ...attempted,
    service: intent.service,
    head: intent.head,
    version,
    finishedAt: attempted.startedAt + Math.round(draw.logNormal(9, 0.35) * MINUTE),
    deployer,
    rollbackOf: takenBackBy(intent, attempted.environment),
    train: intent.train,
    branch: intent.branch,
    labels: intent.labels,
    changeRequest,
  };
  world.deployments.push(deployment);
  return deployment;
}

function takenBackBy({ takesBack }: Intent, environment: string): Deployment | undefined {
  if (!takesBack?.isStated) return undefined;
  return takesBack.wave.deployments.find((deployment) => deployment.environment === environment);
}
