import { stringify } from "yaml";
import { csv, type TextFile } from "./text.ts";

const RULES = [
  { id: "standard", path: "template", change_type: "standard" },
  { id: "normal", path: "peer", change_type: "normal", approvals: 1, valid_hours: 168 },
  {
    id: "normal-high",
    path: "board",
    role: "change-board",
    change_type: "normal",
    risk: "high",
    approvals: 1,
    valid_hours: 72,
  },
  {
    id: "emergency",
    path: "emergency",
    role: "emergency-approver",
    change_type: "emergency",
    approvals: 1,
    late_hours: 24,
  },
];

/** Which approval a change needs, as it stands under version control. */
export function approvalMatrixFile(): TextFile {
  return {
    name: "approval-matrix.yaml",
    text: `# Which approval a change needs\n${stringify({ rules: RULES })}`,
  };
}

const POLICIES = [
  {
    id: "R-1",
    record_class: "deployment log",
    keep_for: 7,
    keep_unit: "years",
    basis: "Retention schedule 4.2",
    owner: "gadeyemi",
  },
  {
    id: "R-2",
    record_class: "change request",
    keep_for: 7,
    keep_unit: "years",
    basis: "Retention schedule 4.2",
    owner: "gadeyemi",
  },
  {
    id: "R-3",
    record_class: "artifact",
    keep_for: 24,
    keep_unit: "months",
    basis: "Retention schedule 4.5",
    owner: "adesai",
  },
];

export function retentionFile(): TextFile {
  return { name: "retention.yaml", text: stringify(POLICIES) };
}

const GRANTS = [
  ["gadeyemi", "change-board", "", "2024-07-01T00:00:00Z", ""],
  ["cmoretti", "change-board", "", "2024-07-01T00:00:00Z", ""],
  ["ralbrecht", "emergency-approver", "", "2024-07-01T00:00:00Z", ""],
  ["upetersen", "emergency-approver", "", "2024-07-01T00:00:00Z", "2025-12-31T23:00:00Z"],
] as const;

/** Who sits where changes are decided. */
export function roleGrantsFile(): TextFile {
  const rows = GRANTS.map(([person, role, scope, granted_from, granted_until]) => ({
    person,
    role,
    scope,
    granted_from,
    granted_until,
  }));
  return { name: "role-grants.csv", text: csv(rows) };
}

/** After the migration of 13 May 2025 the way back is tried first, and does not work at once. */
const REHEARSALS = [
  ["RB-01", "2025-05-26T12:00:00Z", "2025-05-26T12:40:00Z", "failed"],
  ["RB-02", "2025-05-26T14:00:00Z", "2025-05-26T14:12:00Z", "passed"],
  ["RB-03", "2025-06-03T08:00:00Z", "2025-06-03T08:09:00Z", "passed"],
  ["RB-04", "2025-06-10T08:00:00Z", "2025-06-10T08:11:00Z", "passed"],
] as const;

export function rehearsalsFile(): TextFile {
  const rows = REHEARSALS.map(([id, started_at, finished_at, outcome]) => ({
    id,
    service: "ledger",
    procedure: "Postings into a table per year",
    environment: "STG",
    started_at,
    finished_at,
    outcome,
    includes_database: true,
    actor: "jbrandt",
  }));
  return { name: "rehearsals.csv", text: csv(rows) };
}
