import { AS_OF, DAY, HOUR, type Instant } from "./clock.ts";
import type { Change, World } from "./records.ts";
import { type Service, serviceNamed } from "./services.ts";
import { isFriday } from "./calendar.ts";

/** How much there is of everything, so that tests and people see at a glance whether it makes sense. */
export interface Summary {
  readonly changes: number;
  readonly reviews: number;
  readonly deployments: number;
  readonly productionDeployments: number;
  readonly waves: number;
  readonly incidents: number;
  readonly openIncidents: number;
  readonly changeRequests: number;
  readonly releases: number;
  readonly tags: number;
  readonly tests: number;
  readonly waveCounts: Readonly<Record<string, number>>;
}

export function summarise(world: World): Summary {
  return {
    changes: world.changes.length,
    reviews: world.changes.reduce((sum, { reviews }) => sum + reviews.length, 0),
    deployments: world.deployments.length,
    productionDeployments: world.deployments.filter(({ environment }) => environment !== "staging").length,
    waves: world.waves.length,
    incidents: world.incidents.length,
    openIncidents: world.incidents.filter(({ resolvedAt }) => resolvedAt === undefined || resolvedAt >= AS_OF)
      .length,
    changeRequests: world.changeRequests.length,
    releases: world.releases.length,
    tags: world.tags.length,
    tests: world.tests.length,
    waveCounts: countBy(world.waves, ({ service }) => service.name),
  };
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Median days from first commit to merge of what was merged in a time: a rough check of the story, not the metric. */
export function medianDaysToMerge(
  changes: readonly Change[],
  services: readonly string[],
  from: Instant,
  until: Instant,
): number {
  const wanted: readonly Service[] = services.map(serviceNamed);
  const days = changes
    .filter(
      ({ services: touched, mergedAt }) =>
        touched.some((service) => wanted.includes(service)) && from <= mergedAt && mergedAt < until,
    )
    .map(({ firstCommitAt, mergedAt }) => (mergedAt - firstCommitAt) / DAY)
    .sort((one, other) => one - other);
  return days[Math.floor(days.length / 2)] ?? Number.NaN;
}

/** Share of a service's waves after which an incident of it began within some hours, on Fridays and on other days. */
export function shareHurt(world: World, name: string): { friday: number; otherDay: number } {
  const service = serviceNamed(name);
  const begins = world.incidents
    .filter((incident) => incident.service === service)
    .map(({ startedAt }) => startedAt);
  const share = (wanted: boolean) => {
    const waves = world.waves.filter((wave) => wave.service === service && isFriday(wave.liveAt) === wanted);
    return (
      waves.filter(({ liveAt }) => begins.some((at) => liveAt <= at && at < liveAt + 3 * HOUR)).length /
      waves.length
    );
  };
  return { friday: share(true), otherDay: share(false) };
}
