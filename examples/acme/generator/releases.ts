import { DAY, MINUTE } from "./clock.ts";
import type { Intent } from "./deploy.ts";
import { trains } from "./calendar.ts";
import { afterWork } from "./office-hours.ts";
import { membersOf } from "./people.ts";
import type { Wave, World } from "./records.ts";
import { teamOf } from "./services.ts";
import type { Simulation } from "./simulation.ts";

/** Versions are announced; a commit without a version is not a release. */
export function announceRelease(world: World, wave: Wave, { train, step, title, at }: Intent): void {
  if (wave.version === undefined) return;
  world.releases.push({
    service: wave.service,
    version: wave.version,
    head: wave.head,
    title,
    kind: step === "train" ? "strategic" : step === "urgent" ? "emergency" : "operational",
    train,
    plannedAt: trains.find(({ name }) => name === train)?.departsAt ?? at,
    publishedAt: wave.completedAt,
  });
}

/** The library's release is a tag; every other minor version is tried as a release candidate first. */
export function tagRelease(
  simulation: Simulation,
  { service, at, head, step }: Intent,
  version: string,
): void {
  const { draw, world } = simulation;
  const tagger = draw.pick(membersOf(teamOf(service, at), at));
  const candidateAt = afterWork(at - 2 * DAY, 1);
  if (
    step === "planned" &&
    draw.chance(0.5) &&
    candidateAt > head.change.mergedAt &&
    candidateAt < at - 10 * MINUTE
  ) {
    world.tags.push({ name: `v${version}-rc.1`, head, taggedAt: candidateAt, tagger });
  }
  world.tags.push({ name: `v${version}`, head, taggedAt: at, tagger });
}
