import { berlin, DAY, type Instant, local } from "./clock.ts";
import type { Service } from "./services.ts";

export interface Window {
  readonly id: string;
  readonly kind: "freeze" | "blackout" | "maintenance" | "stabilisation" | "peak";
  readonly scope: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly reason: string;
}

const YEAR_ENDS: readonly Window[] = [
  { from: "2024-12-16", until: "2025-01-06" },
  { from: "2025-12-15", until: "2026-01-07" },
].map(({ from, until }) => ({
  id: `FRZ-${from.slice(0, 4)}`,
  kind: "freeze",
  scope: "",
  startsAt: berlin(from),
  endsAt: berlin(until),
  reason: "Year-end freeze: no change but emergencies",
}));

/** Ledger and reporting stand still while the books of a quarter are closed. */
const QUARTER_CLOSES: readonly Window[] = [
  "2024-10",
  "2025-01",
  "2025-04",
  "2025-07",
  "2025-10",
  "2026-01",
  "2026-04",
].flatMap((month) =>
  ["ledger", "regulatory-reporting"].map((scope): Window => {
    const first = berlin(`${month}-01`);
    return {
      id: `CLS-${month}-${scope}`,
      kind: "blackout",
      scope,
      startsAt: first - 2 * DAY,
      endsAt: first + 3 * DAY,
      reason: "Books of the quarter are closed",
    };
  }),
);

/** The quarterly release train leaves on a Saturday evening. */
export interface Train {
  readonly name: string;
  readonly departsAt: Instant;
}

export const trains: readonly Train[] = [
  { name: "2024.3", day: "2024-09-14" },
  { name: "2024.4", day: "2024-11-23" },
  { name: "2025.1", day: "2025-03-15" },
  { name: "2025.2", day: "2025-06-14" },
  { name: "2025.3", day: "2025-09-13" },
  { name: "2025.4", day: "2025-11-22" },
  { name: "2026.1", day: "2026-03-14" },
  { name: "2026.2", day: "2026-06-13" },
].map(({ name, day }) => ({ name, departsAt: berlin(day, "20:00") }));

const STABILISATIONS: readonly Window[] = trains.map(({ name, departsAt }) => ({
  id: `STB-${name}`,
  kind: "stabilisation",
  scope: "core-banking",
  startsAt: departsAt + DAY / 2,
  endsAt: departsAt + 4 * DAY,
  reason: `Watching train ${name}`,
}));

export const windows: readonly Window[] = [...YEAR_ENDS, ...QUARTER_CLOSES, ...STABILISATIONS].sort(
  (one, other) => one.startsAt - other.startsAt || (one.id < other.id ? -1 : 1),
);

/** Weekends of most payments. Nothing is forbidden then, so nothing waits for their end. */
export const peaks: readonly Window[] = [
  ["2024-11-29", "2024-12-03"],
  ["2025-11-28", "2025-12-02"],
].map(([from = "", until = ""]) => ({
  ...{ id: `PEAK-${from.slice(0, 4)}`, kind: "peak", scope: "", reason: "Black Friday to Cyber Monday" },
  ...{ startsAt: berlin(from), endsAt: berlin(until) },
}));

/** Whether planned deployments of the service have to wait. */
export function isClosed(service: Service, at: Instant): boolean {
  return windows.some(
    ({ scope, startsAt, endsAt }) =>
      (scope === "" || scope === service.name) && startsAt <= at && at < endsAt,
  );
}

export const isFriday = (at: Instant) => local(at).weekday === 5;

export interface Milestone {
  readonly id: string;
  readonly name: string;
  readonly plannedAt: Instant;
  readonly actualAt: Instant | undefined;
  readonly scope: string;
}

export const milestones: readonly Milestone[] = [
  {
    id: "M-1",
    name: "Instant transfers for everybody",
    plannedAt: berlin("2024-10-07"),
    actualAt: berlin("2024-10-09"),
    scope: "payments",
  },
  {
    id: "M-2",
    name: "Onboarding launched",
    plannedAt: berlin("2025-06-16"),
    actualAt: berlin("2025-07-01"),
    scope: "onboarding",
  },
  {
    id: "M-3",
    name: "Cards moved to the processor",
    plannedAt: berlin("2025-09-30"),
    actualAt: berlin("2025-10-31"),
    scope: "cards-legacy",
  },
  {
    id: "M-4",
    name: "Channels takes over mobile-api and notifications",
    plannedAt: berlin("2025-11-17"),
    actualAt: berlin("2025-11-17"),
    scope: "channels",
  },
  {
    id: "M-5",
    name: "Audit of change management",
    plannedAt: berlin("2026-05-04"),
    actualAt: berlin("2026-05-04"),
    scope: "",
  },
  {
    id: "M-6",
    name: "API version 3 replaces version 2",
    plannedAt: berlin("2026-09-01"),
    actualAt: undefined,
    scope: "mobile-api",
  },
];
