import { berlin, isoUtc } from "../clock.ts";
import { STAGING_DEVIATIONS } from "./planning.ts";
import { csv, type TextFile } from "./text.ts";

const ACTIONS = [
  [
    "A-01",
    "Run migrations apart from the deployment that needs them",
    "lferrer",
    "payments",
    "2025-06-30",
    "done",
    "change_fail_rate",
    "2025-05-20",
  ],
  [
    "A-02",
    "Rehearse the rollback of every migration in staging",
    "jbrandt",
    "payments",
    "2025-07-31",
    "done",
    "failed_deployment_recovery_time",
    "2025-05-20",
  ],
  [
    "A-03",
    "Move fraud-check incidents to the new tool",
    "isolberg",
    "risk",
    "2025-09-30",
    "done",
    "change_fail_rate",
    "2025-07-08",
  ],
  [
    "A-04",
    "Give the notification runners more memory",
    "msorensen",
    "platform",
    "2025-12-15",
    "dropped",
    "deployment_frequency",
    "2025-10-14",
  ],
  [
    "A-05",
    "Two reviewers per service instead of a pool of all",
    "cweiss",
    "channels",
    "2026-03-31",
    "open",
    "change_lead_time",
    "2026-01-20",
  ],
  [
    "A-06",
    "Rebuild the notification pipeline on the shared runners",
    "msorensen",
    "channels",
    "2026-03-31",
    "done",
    "deployment_frequency",
    "2026-01-20",
  ],
  [
    "A-07",
    "Agree who says yes to a deployment in the freeze",
    "aokoye",
    "payments",
    "2026-02-28",
    "done",
    "change_fail_rate",
    "2026-01-13",
  ],
  [
    "A-08",
    "Compare interest of last and next release before a train departs",
    "bcosta",
    "core",
    "2026-06-05",
    "done",
    "change_fail_rate",
    "2026-03-24",
  ],
  [
    "A-09",
    "No web-banking deployment after noon on Fridays",
    "cweiss",
    "channels",
    "2026-07-15",
    "open",
    "change_fail_rate",
    "2026-04-14",
  ],
  [
    "A-10",
    "Review emergency changes in the weekly meeting",
    "ralbrecht",
    "platform",
    "2026-05-31",
    "open",
    "deployment_rework_rate",
    "2026-04-14",
  ],
] as const;

const ACTION_COLUMNS = ["id", "title", "owner", "team", "due_on", "status", "metric", "decided_on"] as const;

/** Of one retrospective: what it wanted to move did, what it wanted besides did not. */
const LATER_ACTIONS = [
  {
    ...{ id: "A-11", title: "Let finished changes of core banking ride with the next small release", team: "core" },
    ...{ owner_role: "release manager", due_on: "2026-05-15", status: "done", closed_on: "2026-05-12" },
    ...{ metric: "change_lead_time", direction: "down", quarter: "2026-Q1", decided_on: "2026-04-09" },
  },
  {
    ...{ id: "A-12", title: "Rehearse the statement run on last month's data before each release", team: "core" },
    ...{ owner_role: "statements team lead", due_on: "2026-06-20", status: "open" },
    ...{ metric: "change_fail_rate", direction: "down", target: "0.1", quarter: "2026-Q1", decided_on: "2026-04-09" },
  },
] as const;

/** What retrospectives decided. */
export function actionsFile(): TextFile {
  const later = LATER_ACTIONS.flatMap((row) => Object.keys(row)).filter((column) => !ACTION_COLUMNS.some((one) => one === column));
  const empty = asRow([...ACTION_COLUMNS, ...new Set(later)], []);
  const rows = [...ACTIONS.map((row) => asRow(ACTION_COLUMNS, row)), ...LATER_ACTIONS];
  return { name: "actions.csv", text: csv(rows.map((row) => ({ ...empty, ...row }))) };
}

const EXEMPTIONS = [
  [
    "X-01",
    "ENV-01",
    "regulatory-reporting",
    "mbellini",
    "ralbrecht",
    "Staging was rebuilt",
    "Second reviewer on every deployment",
    "2025-02-03T00:00:00Z",
    "2025-03-31T22:00:00Z",
  ],
  [
    "X-02",
    "TST-02",
    "identity",
    "zlaurent",
    "gadeyemi",
    "Acceptance suite moves to another tool",
    "Manual acceptance, signed by the product owner",
    "2025-09-01T00:00:00Z",
    "2025-11-30T23:00:00Z",
  ],
  ["X-03", "WIN-01", "ledger", "aokoye", "aokoye", "Correction of fees", "", "2026-03-30T00:00:00Z", ""],
  [
    "X-04",
    "POP-01",
    "identity",
    "zlaurent",
    "gadeyemi",
    "The desk could not be reached",
    "Request written the day after",
    "2026-01-11T23:00:00Z",
    "2026-01-13T23:00:00Z",
  ],
  [
    "X-05",
    "AUT-02",
    "CHG0030598",
    "skowalski",
    "cmoretti",
    "The board did not meet",
    "Decided by telephone, with minutes",
    "2025-09-01T00:00:00Z",
    "2025-10-31T00:00:00Z",
  ],
  [
    "X-06",
    "SOD-04",
    "R104476",
    "praman",
    "upetersen",
    "Nobody else on call",
    "Watched by operations",
    "2026-05-01T00:00:00Z",
    "2026-05-31T00:00:00Z",
  ],
  [
    "X-07",
    "ENV-01",
    "R101882",
    "jbrandt",
    "gadeyemi",
    "Staging was rebuilt",
    "Tried on a copy of production",
    "2025-04-01T00:00:00Z",
    "2025-05-01T00:00:00Z",
  ],
  [
    "X-08",
    "ART-03",
    "regulatory-reporting@2026.1.2",
    "mbellini",
    "adesai",
    "The builder kept no record that day",
    "Built again and compared, byte by byte",
    "2026-04-28T22:00:00Z",
    "2026-05-15T22:00:00Z",
  ],
  [
    "X-09",
    "WIN-02",
    "R100335",
    "lferrer",
    "gadeyemi",
    "The window was typed in wrongly",
    "Agreed by mail beforehand",
    "2024-08-01T00:00:00Z",
    "2024-09-01T00:00:00Z",
  ],
  [
    "X-10",
    "DEP-02",
    "R104594",
    "mtanaka",
    "cmoretti",
    "Test accounts were locked",
    "Watched by hand for an hour",
    "2026-05-25T22:00:00Z",
    "2026-05-27T22:00:00Z",
  ],
  [
    "X-11",
    "EMG-02",
    "CHG0030059",
    "tzielinski",
    "gadeyemi",
    "Holidays of all who could review",
    "Looked at in the daily meeting",
    "2024-08-12T22:00:00Z",
    "2024-08-31T22:00:00Z",
  ],
  [
    "X-12",
    "PIR-02",
    "regulatory-reporting@2026.1.1",
    "fauer",
    "gadeyemi",
    "The documentation moved house",
    "Notes in the ticket of the release",
    "2026-03-19T23:00:00Z",
    "2026-03-31T22:00:00Z",
  ],
] as const;

const EXEMPTION_COLUMNS = [
  "id",
  "control",
  "scope",
  "requested_by",
  "approver",
  "reason",
  "compensating_control",
  "valid_from",
  "valid_until",
] as const;

/** Exemptions as they should be, and one that somebody gave to themselves without an end. */
export function exemptionsFile(): TextFile {
  return { name: "exemptions.csv", text: csv([...EXEMPTIONS.map((row) => asRow(EXEMPTION_COLUMNS, row)), ...stagingDeviations()]) };
}

const stagingDeviations = () =>
  STAGING_DEVIATIONS.map(([id, from, until, reason]) => {
    const row = [id, "ENV-02", "staging", "praman", "gadeyemi", reason, "Named in every report of a test"];
    return asRow(EXEMPTION_COLUMNS, [...row, isoUtc(berlin(from)), isoUtc(berlin(until))]);
  });

function asRow(columns: readonly string[], values: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? ""]));
}
