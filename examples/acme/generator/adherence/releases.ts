import { DAY, HOUR, isoUtc, MINUTE } from "../clock.ts";
import { csv, known, type TextFile } from "../files/text.ts";
import { membersOf } from "../people.ts";
import type { Release, World } from "../records.ts";
import { teamOf } from "../services.ts";
import { auditedReleases, lot } from "./audited.ts";
import { isWithheld } from "./planted.ts";

export const releaseId = ({ service, version }: Release) => `${service.name}@${version}`;

/** When the first attempt to put a release into production began. */
export function goOf(world: World, release: Release): number {
  const starts = world.deployments
    .filter(
      ({ service, version, environment }) =>
        service === release.service && version === release.version && environment !== "staging",
    )
    .map(({ startedAt }) => startedAt);
  return Math.min(...starts);
}

const memberOf = ({ service, version }: Release, at: number) => {
  const team = membersOf(teamOf(service, at), at);
  return team[lot(version, team.length)]?.login;
};

/** The way back of each train is tried in staging before it leaves. */
export function releaseRehearsals(world: World): Record<string, string | boolean>[] {
  return auditedReleases(world)
    .filter((release) => release.kind === "strategic" && !isWithheld("rehearsal", releaseId(release)))
    .map((release) => {
      const from = goOf(world, release) - 22 * MINUTE;
      return {
        id: `RB-${release.service.code}-${release.version}`,
        service: release.service.name,
        version: release.version,
        procedure: "Previous version",
        environment: "STG",
        started_at: isoUtc(from),
        finished_at: isoUtc(from + 9 * MINUTE),
        outcome: "passed",
        includes_database: true,
        backup_at: isoUtc(from - 5 * MINUTE),
        actor: memberOf(release, from) ?? "",
      };
    });
}

/** What operations read of a release, written on the day after it. */
export function runbookRevisionsFile(world: World): TextFile {
  const rows = auditedReleases(world)
    .filter((release) => !isWithheld("runbook", releaseId(release)))
    .map((release) => {
      const at = release.publishedAt + (2 + lot(release.version, 30)) * HOUR;
      return {
        id: `RBK-${release.service.code}-${release.version}`,
        kind: lot(release.version, 3) === 0 ? "no_change_needed" : "revision",
        service: release.service.name,
        version: release.version,
        path: `runbooks/${release.service.name}.md`,
        author: memberOf(release, at),
        revised_at: known(at, isoUtc),
      };
    });
  return {
    name: "runbook-revisions.csv",
    text: csv(rows.filter(({ revised_at }) => revised_at !== undefined)),
  };
}

/** The word of those who use it, given before a release goes out. */
export function acceptances(world: World): Record<string, string>[] {
  return auditedReleases(world)
    .filter((release) => !isWithheld("acceptance", releaseId(release)))
    .map((release) => ({
      id: `ACC-${release.service.code}-${release.version}`,
      kind: "acceptance",
      subject: releaseId(release),
      service: release.service.name,
      at: isoUtc(goOf(world, release) - DAY / 24),
      actor: "ralbrecht",
      outcome: "passed",
      attributes: JSON.stringify({ version: release.version }),
    }));
}
