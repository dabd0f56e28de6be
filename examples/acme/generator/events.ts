import { ordinaryChanges } from "./changes.ts";
import { storyChange, urgentChange } from "./urgent-changes.ts";
import { isClosed, isFriday, trains } from "./calendar.ts";
import { AS_OF, HOUR, type Instant, local, MINUTE, START } from "./clock.ts";
import { deploy, type Intent } from "./deploy.ts";
import { drawnHarm, strike } from "./harm.ts";
import { mainLine } from "./main-line.ts";
import { afterWork, HOURS_A_DAY, toInstant, toWorked } from "./office-hours.ts";
import { random } from "./random.ts";
import type { Change, Incident, Wave, World } from "./records.ts";
import type { Repository, Service } from "./services.ts";
import { simulation, type Simulation } from "./simulation.ts";
import { fridayFactor, stories, type Story, storyOfTrain } from "./stories.ts";

/** Two years of one repository, event by event. */
export function live(
  seed: number,
  world: World,
  repository: Repository,
  shared: Map<string, Incident>,
  scale: number,
): void {
  const draw = random(seed, `${repository.name} changes`);
  const written = storiesOf(repository).map((story) => ({
    story,
    change: storyChange(draw, repository, story.service, story.change),
  }));
  const ordinary = ordinaryChanges(draw, repository, scale);
  const line = mainLine([...ordinary, ...written.map(({ change }) => change)]);
  const running = simulation({ seed, world, repository, mainLine: line, shared });
  for (const service of repository.services) plan(running, service, scale);
  for (const { story, change } of written) tell(running, story, change);
  running.agenda.run();
  world.changes.push(
    ...line.changes,
    ...ordinary.filter(({ mergedAt, openedAt }) => mergedAt >= AS_OF && openedAt < AS_OF),
  );
}

const storiesOf = (repository: Repository) =>
  stories.filter(({ service }) => repository.services.includes(service));

/** Puts the planned deployments and the trains of a service on the agenda. */
function plan(running: Simulation, service: Service, scale: number): void {
  const draw = random(running.seed, `${service.name} plan`);
  const end = Math.min(AS_OF, service.retiredAt ?? AS_OF);
  const pause = (HOURS_A_DAY * 60) / (service.rate * Math.min(1, scale * 1.5));
  for (
    let worked = toWorked(service.activeFrom ?? START) + pause * draw.between(0.2, 1);
    toInstant(worked) < end;
    worked += pause * draw.between(0.4, 1.6)
  ) {
    const at = toInstant(worked) + draw.integer(0, 59);
    if (isWelcome(service, at, draw.next()))
      running.agenda.add(at, () => deployPlanned(running, service, at));
  }
  if (!service.isInTrain) return;
  for (const { name, departsAt } of trains) {
    const at = departsAt + draw.integer(2, 55) * MINUTE;
    running.agenda.add(at, () => deployPlanned(running, service, at, name));
  }
}

/** Nobody likes to deploy late on a Friday, but for those who have yet to learn it; and stories need the stage to themselves. */
function isWelcome(service: Service, at: Instant, lot: number): boolean {
  const { hour } = local(at);
  if (isFriday(at) && hour >= 13 && service.name !== "web-banking" && lot < 0.7) return false;
  return !stories.some(({ service: starring, change, deployedAt, train }) => {
    const curtain = deployedAt ?? departureOf(train);
    return starring === service && change.mergedAt - 3 * HOUR <= at && at < curtain + HOUR;
  });
}

const departureOf = (train: string | undefined) => trains.find(({ name }) => name === train)?.departsAt ?? 0;

function tell(running: Simulation, { service, deployedAt, harm }: Story, change: Change): void {
  if (deployedAt === undefined || !harm) return;
  running.agenda.add(deployedAt, (at) => {
    const before = running.trackOf(service).live;
    const wave = deploy(running, { ...intentOf(running, service, at, change), isCertain: true });
    if (wave) strike(running, wave, before, change, harm);
  });
}

/** What is merged takes its time to be built, and to be tried in staging first. */
const buildTime = ({ isStaged }: Service) => (isStaged ? 75 : 20) * MINUTE;

function intentOf(running: Simulation, service: Service, at: Instant, change: Change): Intent {
  const head = running.mainLine.headAt(Math.max(change.mergedAt, at - buildTime(service))) ?? change;
  return {
    service,
    at,
    about: change,
    head: { change: head, pick: undefined },
    step: "planned",
    title: `Deploy ${service.name}: ${change.title}`,
    branch: "main",
    labels: [],
  };
}

/** Takes what was merged since the last deployment to production, unless it is forbidden, pointless or unwise. */
function deployPlanned(running: Simulation, service: Service, at: Instant, train?: string): void {
  const { draw, mainLine } = running;
  const track = running.trackOf(service);
  const head = mainLine.headAt(at - buildTime(service));
  if (!head || isClosed(service, at) || at < track.blockedUntil) return;
  const before = track.live;
  const carried = mainLine.between(before?.head.change, head, service);
  const newest = carried.at(-1);
  if (!newest) {
    if (before && draw.chance(0.04)) redeploy(running, before, at);
    return;
  }
  const intent: Intent = {
    ...intentOf(running, service, at, newest),
    head: { change: head, pick: undefined },
    ...(train === undefined
      ? {}
      : { step: "train", train, title: `Release train ${train}: ${service.name}`, isCertain: true }),
  };
  const wave = deploy(running, intent);
  if (wave) judge(running, { wave, before, carried, train });
}

/** The same commit again: a restart with a new configuration, or a node that was rebuilt. */
function redeploy(running: Simulation, { service, head }: Wave, at: Instant): void {
  const live = running.trackOf(service).live;
  if (!running.repository.hasReviewTool || head !== live?.head || service.isVersioned) return;
  deploy(running, {
    ...intentOf(running, service, at, head.change),
    head,
    title: `Deploy ${service.name} again`,
  });
}

interface Outcome {
  readonly wave: Wave;
  readonly before: Wave | undefined;
  readonly carried: readonly Change[];
  readonly train: string | undefined;
}

/** Whether a deployment harms: by habit of the service, by weekday, and by how much it carries. */
function judge(running: Simulation, { wave, before, carried, train }: Outcome): void {
  const { draw } = running;
  const { service } = wave;
  const story = storyOfTrain(service, train);
  const size = carried.length > 7 ? 1.35 : carried.length > 3 ? 1.1 : 0.9;
  const isHarmful = draw.chance(service.failure * size * fridayFactor(service, isFriday(wave.liveAt)));
  const culprit = carried.find(({ title }) => title === story?.change.title) ?? draw.pick(carried);
  if (story?.harm) strike(running, wave, before, culprit, story.harm);
  else if (isHarmful && before) strike(running, wave, before, culprit, drawnHarm(running, wave));
  else if (draw.chance(0.006)) regret(running, wave, culprit);
}

/** Nobody opened an incident, but the change was taken back all the same. */
function regret(running: Simulation, { service, liveAt }: Wave, culprit: Change): void {
  const { draw, repository, mainLine: line } = running;
  line.add(
    urgentChange(draw, {
      repository,
      service,
      title: `Revert "${culprit.title}"`,
      neededAt: liveAt + 30 * MINUTE,
      mergedAt: afterWork(liveAt, draw.between(3, 12)),
      branch: "revert/change",
      labels: [],
      reverts: [culprit],
      paths: culprit.paths,
    }),
  );
}
