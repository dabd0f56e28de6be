import { berlin, DAY, HOUR, isoUtc } from "../clock.ts";
import { csv, type TextFile } from "./text.ts";

/** Flag, its service, and the days on which it was switched: on, off, on ... */
const FLAGS = [
  ["instant-transfer", "payments", "2024-10-09", "2025-02-03"],
  ["instant-transfer-limits", "payments", "2025-01-13", "2025-03-10"],
  ["new-onboarding", "onboarding", "2025-07-01", "2025-08-04", "2025-08-11"],
  ["dark-mode", "web-banking", "2025-03-03"],
  ["account-overview", "web-banking", "2025-09-08", "2025-10-20"],
  ["savings-goals", "web-banking", "2026-02-09", "2026-04-13"],
  ["request-to-pay", "payments", "2026-03-16", "2026-05-18"],
  ["push-approval", "mobile-api", "2025-05-12", "2025-06-30"],
  // Nobody took it out when the old limits went: a stale flag.
  ["old-limits", "mobile-api", "2024-09-02"],
  ["api-v3", "mobile-api", "2026-05-11"],
] as const;

/** Flag, its service, and which share of users had it from which day on; 0 = taken out. */
const GRADUAL = [
  ["term-deposits", "core-banking", ["2025-09-22", 0.05], ["2025-10-06", 0.5], ["2025-10-20", 1], ["2025-12-01", 0]],
  ["statement-chart", "statements", ["2026-03-23", 0.1], ["2026-04-20", 0.5], ["2026-05-11", 1], ["2026-06-15", 0]],
] as const;

export function flagsFile(): TextFile {
  const gradual = GRADUAL.flatMap(([name, service, ...steps]) =>
    steps.map(([day, share]) => ({ name, service, at: isoUtc(berlin(day, "10:00")), is_on: share > 0, share: share > 0 ? share : "" })),
  );
  const whole = FLAGS.flatMap(([name, service, ...days]) =>
    days.map((day, index) => ({ name, service, at: isoUtc(berlin(day, "10:00")), is_on: index % 2 === 0, share: "" })),
  );
  return { name: "flags.csv", text: csv([...whole, ...gradual]) };
}

/** Id, service, name, what was measured, without and with it, what was decided, and when. */
const EXPERIMENTS = [
  ["X-1", "web-banking", "Shorter transfer form", "completed transfers", 0.81, 0.86, "keep", "2024-12-02"],
  ["X-2", "web-banking", "Account overview first", "visits that go on", 0.44, 0.41, "drop", "2025-10-20"],
  ["X-3", "onboarding", "Identity check before address", "applications completed", 0.52, 0.6, "keep", "2025-09-15"],
  ["X-4", "mobile-api", "Approval by push", "approvals within a minute", 0.63, 0.78, "keep", "2025-06-30"],
  ["X-5", "payments", "Ask before instant transfers", "payments taken back", 0.012, 0.011, "drop", "2026-02-23"],
  ["X-6", "web-banking", "Savings goals on the first page", "savings plans opened", 0.031, 0.039, "keep", "2026-04-13"],
  ["X-7", "payments", "Request to pay", "invoices paid in time", 0.7, 0.74, "keep", "2026-05-18"],
  ["X-8", "onboarding", "Video instead of letter", "applications completed", 0.6, 0.62, "extend", "2026-06-08"],
  ["X-9", "statements", "Chart on the statement", "statements opened", 0.34, 0.39, "keep", "2026-05-11"],
  ["X-10", "core-banking", "Term deposits on the first page", "deposits opened", 0.021, 0.022, "drop", "2025-11-03"],
] as const;

/** What the team that ran it says of the difference: 95 % interval, and the flag that it went by. */
const INTERVALS: Readonly<Record<string, readonly [number, number, string]>> = {
  "X-3": [0.051, 0.109, ""],
  "X-7": [0.012, 0.068, "request-to-pay"],
  "X-8": [-0.011, 0.051, ""],
  "X-9": [0.021, 0.079, "statement-chart"],
  "X-10": [-0.003, 0.005, "term-deposits"],
};

export function experimentsFile(): TextFile {
  const rows = EXPERIMENTS.map(([id, service, name, metric, control, variant, decision, day]) => ({
    ...{ id, service, name, metric, control_value: control, variant_value: variant, decision },
    decided_at: isoUtc(berlin(day, "14:00")),
    difference_low: INTERVALS[id]?.[0] ?? "",
    difference_high: INTERVALS[id]?.[1] ?? "",
    flag: INTERVALS[id]?.[2] ?? "",
  }));
  return { name: "experiments.csv", text: csv(rows) };
}

const WEEKS = 103;
const TEAMS = ["payments", "core", "channels"] as const;

/** Staging is booked for acceptance, each team on its day; in every sixth week two of them want the same. */
export function bookingsFile(): TextFile {
  const monday = berlin("2024-07-08", "09:00");
  const rows = Array.from({ length: WEEKS }, (_, week) =>
    TEAMS.map((team, place) => {
      const isTaken = week % 6 === 5 && place === 1;
      const startsAt = monday + week * 7 * DAY + (isTaken ? 4 * HOUR : place * DAY);
      return {
        ...{ id: `B-${week + 1}-${place + 1}`, environment: "STG", team, purpose: "acceptance" },
        ...{ starts_at: isoUtc(startsAt), ends_at: isoUtc(startsAt + 8 * HOUR) },
      };
    }),
  ).flat();
  return { name: "bookings.csv", text: csv(rows) };
}
