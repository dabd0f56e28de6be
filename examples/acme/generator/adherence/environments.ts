import { DAY, HOUR, type Instant, isoUtc, localDay, START } from "../clock.ts";
import { AS_OF } from "../clock.ts";
import { csv, type TextFile } from "../files/text.ts";
import { isWithheld } from "./planted.ts";

const every = (days: number): Instant[] =>
  Array.from({ length: Math.ceil((AS_OF - START) / (days * DAY)) }, (_, index) => START + index * days * DAY);

/** Weeks in which staging was not what it is meant to be: somebody changed it by hand, and two or three scans found it so. */
export const STAGING_DRIFTS = [17, 18, 45, 46, 47, 71, 72, 95, 96, 100];

/** Staging is compared too; no control asks for that. */
const stagingScans = () =>
  every(7).map((week, index) => ({
    id: `DS-STG-${localDay(week)}`,
    environment: "STG",
    scanned_at: isoUtc(week + 3 * HOUR),
    baseline: "main",
    differences: STAGING_DRIFTS.includes(index) ? 2 : 0,
    unapproved: STAGING_DRIFTS.includes(index) ? 2 : 0,
    tool: "reconcile",
  }));

/** Each week production is compared with what it is meant to be. */
export function driftScansFile(): TextFile {
  const rows = every(7).flatMap((week) => {
    const at = week + 2 * HOUR;
    return ["PRD", "PRD-EU", "PRD-US"]
      .filter((environment) => !isWithheld("drift scan", `${environment} ${localDay(at)}`))
      .map((environment, place) => ({
        id: `DS-${environment}-${localDay(at)}`,
        environment,
        scanned_at: isoUtc(at + place * 300),
        baseline: "main",
        differences: 0,
        unapproved: 0,
        tool: "reconcile",
      }));
  });
  return { name: "drift-scans.csv", text: csv([...rows, ...stagingScans()]) };
}

const COPIED = ["ledger", "core-banking"];

const copies = () =>
  every(31).flatMap((month) =>
    COPIED.map((service, place) => {
      const at = month + 9 * DAY + (21 + place) * HOUR;
      return { id: `DC-${service}-${localDay(at).slice(0, 7)}`, service, at };
    }),
  );

/** Each month accounts are copied to staging, for tests with the shapes of real ones. */
export function dataCopiesFile(): TextFile {
  const rows = copies().map(({ id, service, at }) => ({
    id,
    service,
    dataset: `accounts of ${service}`,
    from_environment: "PRD",
    to_environment: "STG",
    copied_at: isoUtc(at),
    used_from: isoUtc(at + 12 * HOUR),
    has_personal_data: true,
    actor: "svc-pipeline",
  }));
  return { name: "data-copies.csv", text: csv(rows) };
}

export function maskingJobsFile(): TextFile {
  const rows = copies()
    .filter(({ id }) => !isWithheld("masking", id))
    .map(({ id, service, at }) => ({
      id: `MJ-${id.slice(3)}`,
      data_copy: id,
      environment: "STG",
      service,
      dataset: `accounts of ${service}`,
      method: "masking",
      started_at: isoUtc(at + HOUR),
      finished_at: isoUtc(at + 4 * HOUR),
      outcome: "passed",
      rows_changed: 410_022,
      tool: "masker",
      actor: "svc-pipeline",
    }));
  return { name: "masking-jobs.csv", text: csv(rows) };
}
