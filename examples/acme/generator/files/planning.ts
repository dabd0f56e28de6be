import { lot } from "../adherence/audited.ts";
import { STAGING_DRIFTS } from "../adherence/environments.ts";
import { AS_OF, berlin, DAY, HOUR, type Instant, isoUtc, localDay, START } from "../clock.ts";
import type { Change, Release, World } from "../records.ts";
import { trains } from "../calendar.ts";
import { reviewedChanges } from "./code.ts";
import { csv, known, type Row, type TextFile } from "./text.ts";

/** Whom the work of a service waits for, when it does. */
const VENDORS: Readonly<Record<string, string>> = {
  onboarding: "Identity provider",
  payments: "Clearing house",
  "mobile-api": "App store",
  "credit-scoring": "Credit bureau",
};

/** The identity provider moved its test system in these months, and everybody who needed it waited. */
const isMoving = (at: Instant) => at >= berlin("2026-01-12") && at < berlin("2026-03-16");

function waitOf({ ticket, services, firstCommitAt, mergedAt }: Change): Row[] {
  const [service] = services;
  const vendor = VENDORS[service?.name ?? ""];
  if (ticket === undefined || service === undefined || vendor === undefined || ticket.createdAt >= AS_OF)
    return [];
  const isStuck = service.name === "onboarding" && isMoving(firstCommitAt);
  if (lot(`${ticket.id} waits`, isStuck ? 2 : 30) !== 0) return [];
  const startedAt = firstCommitAt - (isStuck ? 6 + lot(ticket.id, 5) : 1 + lot(ticket.id, 2)) * DAY;
  const endedAt = firstCommitAt + Math.round((mergedAt - firstCommitAt) * 0.6);
  if (startedAt >= AS_OF) return [];
  return [
    {
      ...{
        id: `VW-${ticket.id}`,
        ticket: ticket.id,
        vendor,
        started_at: isoUtc(startedAt),
        ended_at: known(endedAt, isoUtc) ?? "",
      },
      reason: isStuck ? "Test system is being moved" : "Answer of the vendor",
    },
  ];
}

const vendorWaitsFile = (world: World): TextFile => ({
  name: "vendor-waits.csv",
  text: csv(reviewedChanges(world).flatMap(waitOf)),
});

/** Trains that left later than they were first planned to: days, and why. */
const MOVED_TRAINS: Readonly<Record<string, readonly [days: number, cause: string, reason: string]>> = {
  "2024.4": [7, "defect", "Rounding of fees failed in the rehearsal"],
  "2025.2": [14, "approval", "The board asked for a second rehearsal of the migration"],
  "2025.4": [7, "capacity", "Channels took over two services in that week"],
  "2026.1": [7, "dependency", "Reporting waited for the rounding library"],
  "2026.2": [21, "vendor", "The clearing house moved its own date"],
};

function movedTrain({ service, version, train, plannedAt }: Release): Row[] {
  const [days, cause, reason] = MOVED_TRAINS[train ?? ""] ?? [];
  const departure = trains.find(({ name }) => name === train)?.departsAt;
  if (days === undefined || plannedAt !== departure || !version.endsWith(".0")) return [];
  const [before, decidedAt] = [plannedAt - days * DAY, plannedAt - (days + 4) * DAY];
  return [
    {
      ...{
        id: `MD-${service.code}-${version}`,
        service: service.name,
        version,
        milestone: "",
        cause,
        reason,
      },
      ...{ planned_at: isoUtc(before), moved_to: isoUtc(plannedAt), decided_at: isoUtc(decidedAt) },
    },
  ];
}

const MOVED_MILESTONES = [
  [
    "MD-M-2",
    "M-2",
    "2025-05-05",
    "2025-06-16",
    "2025-04-14",
    "vendor",
    "The identity provider had no test system yet",
  ],
  ["MD-M-3", "M-3", "2025-06-30", "2025-09-30", "2025-05-19", "scope", "Business cards came into scope"],
  [
    "MD-M-6",
    "M-6",
    "2026-06-01",
    "2026-09-01",
    "2026-04-20",
    "dependency",
    "Two partners still use version 2",
  ],
] as const;

function movedDatesFile(world: World): TextFile {
  const milestones = MOVED_MILESTONES.map(([id, milestone, before, after, decided, cause, reason]) => ({
    ...{ id, service: "", version: "", milestone, cause, reason },
    ...{
      planned_at: isoUtc(berlin(before)),
      moved_to: isoUtc(berlin(after)),
      decided_at: isoUtc(berlin(decided, "11:00")),
    },
  }));
  return { name: "moved-dates.csv", text: csv([...world.releases.flatMap(movedTrain), ...milestones]) };
}

/** Who takes over a new version of the library, after how many days; onboarding took one when it began, and none since. */
const FOLLOWERS = [
  ["web-banking", 12],
  ["mobile-api", 25],
] as const;

function pinnedVersionsFile({ tags }: World): TextFile {
  const versions = tags
    .filter(({ name, taggedAt }) => /^v\d+\.\d+\.\d+$/.test(name) && taggedAt < AS_OF)
    .map(({ name, taggedAt }) => ({ version: name.slice(1), taggedAt }))
    .sort((one, other) => one.taggedAt - other.taggedAt);
  const pin = (service: string, version: string, at: Instant) => ({
    ...{ service, component: "client-sdk", version, pinned_at: isoUtc(at) },
  });
  const followed = FOLLOWERS.flatMap(([service, days]) =>
    versions
      .filter(({ taggedAt }) => taggedAt + days * DAY < AS_OF)
      .map(({ version, taggedAt }) => pin(service, version, taggedAt + days * DAY)),
  );
  const begun = berlin("2025-07-01", "09:00");
  const first = versions.findLast(({ taggedAt }) => taggedAt < begun);
  const stayed = first === undefined ? [] : [pin("onboarding", first.version, begun)];
  return { name: "pinned-versions.csv", text: csv([...followed, ...stayed]) };
}

/** Each week the settings of staging are held against those of production. Since spring 2026 nobody takes what differs back. */
function comparisonsFile(): TextFile {
  const weeks = Math.ceil((AS_OF - START) / (7 * DAY));
  const rows = Array.from({ length: weeks }, (_, week) => {
    const at = START + week * 7 * DAY + 4 * HOUR;
    const open =
      (STAGING_DRIFTS.includes(week) ? 2 : 0) + (at >= berlin("2026-04-01") ? 3 : lot(`week ${week}`, 2));
    return {
      ...{ id: `CC-${localDay(at)}`, environment: "STG", compared_with: "PRD", checked_at: isoUtc(at) },
      ...{
        differences: 6 + open,
        accepted: 6,
        details: open > 2 ? "timeouts; rate limits" : "",
        tool: "settings-diff",
      },
    };
  });
  return { name: "configuration-comparisons.csv", text: csv(rows) };
}

/** From here on every fifth change of web banking has an environment of its own for its review, made by code. */
const REVIEWS_FROM = berlin("2025-02-03");

function reviewEnvironment({ number, services, openedAt, mergedAt }: Change): Row[] {
  if (services[0]?.name !== "web-banking" || number % 5 !== 0 || openedAt < REVIEWS_FROM || openedAt >= AS_OF)
    return [];
  // The job that takes them down failed for a week, and nobody looked.
  const isForgotten = openedAt >= berlin("2026-05-11") && openedAt < berlin("2026-05-18");
  return [
    {
      ...{ name: `review-${number}`, kind: "development", created_at: isoUtc(openedAt), is_ephemeral: true },
      ...{ removed_at: isForgotten ? "" : (known(mergedAt + HOUR, isoUtc) ?? ""), provisioned_by: "code" },
      code: "acme/web-banking/review-app",
    },
  ];
}

function environmentsFile(world: World): TextFile {
  const lasting = { removed_at: "", is_ephemeral: false };
  const rows = [
    { name: "staging", kind: "staging", created_at: "", ...lasting, provisioned_by: "hand", code: "" },
    {
      ...{ name: "load-test", kind: "test", created_at: isoUtc(berlin("2025-03-10")), ...lasting },
      ...{ provisioned_by: "code", code: "acme/infrastructure/load-test" },
    },
    ...reviewedChanges(world).flatMap(reviewEnvironment),
  ];
  return { name: "environments.csv", text: csv(rows) };
}

/** What the data centre writes to the bank, a month each. */
const COSTS = [
  ["staging", "2024-07-01", 2140],
  ["load-test", "2025-04-01", 3890],
] as const;

function billsFile(): TextFile {
  const months = Array.from(
    { length: 24 },
    (_, month) =>
      `${2024 + Math.floor((month + 6) / 12)}-${String(((month + 6) % 12) + 1).padStart(2, "0")}-01`,
  );
  const rows = COSTS.flatMap(([environment, from, amount]) =>
    months
      .filter((month) => month >= from)
      .map((month) => ({
        ...{ id: `BILL-${month.slice(0, 7)}-${environment}`, environment, billed_on: month },
        ...{ amount: amount + lot(`${environment} ${month}`, 400) + 0.5, currency: "EUR" },
      })),
  );
  return { name: "environment-bills.csv", text: csv(rows) };
}

/** What planning and environments leave behind, as people and jobs file it. */
export const planningFiles = (world: World): TextFile[] => [
  vendorWaitsFile(world),
  movedDatesFile(world),
  pinnedVersionsFile(world),
  comparisonsFile(),
  environmentsFile(world),
  billsFile(),
];

/** What staging may do otherwise than production, with leave. */
export const STAGING_DEVIATIONS = [
  ["X-13", "2024-09-02", "2024-11-30", "Half of the replicas, for want of machines"],
  ["X-14", "2025-01-13", "2025-04-30", "No second region"],
  ["X-15", "2025-06-02", "2025-08-31", "Old database, until the migration was tried"],
  ["X-16", "2026-02-02", "2026-07-15", "No second region"],
  ["X-17", "2026-05-04", "2026-07-31", "Rate limits of the load test"],
] as const;
