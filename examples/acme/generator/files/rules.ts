import { stringify } from "yaml";
import { releaseRehearsals } from "../adherence/releases.ts";
import { isoUtc, START } from "../clock.ts";
import { people, type Person } from "../people.ts";
import type { World } from "../records.ts";
import { csv, type TextFile } from "./text.ts";

const RULES = [
  { id: "standard", path: "template", change_type: "standard" },
  { id: "normal", path: "peer", change_type: "normal", approvals: 1, valid_hours: 336 },
  {
    id: "normal-high",
    path: "board",
    role: "change-board",
    change_type: "normal",
    risk: "high",
    approvals: 1,
    valid_hours: 240,
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

const policy = (id: string, record_class: string, keep_for: number, service = "") => ({
  id,
  record_class,
  keep_for,
  keep_unit: "years",
  service,
  basis: "Retention schedule 4.2",
  owner: "gadeyemi",
});

const POLICIES = [
  policy("R-1", "deployment log", 7),
  ...["payments", "ledger", "identity"].map((service) =>
    policy(`R-2-${service}`, "change request", 7, service),
  ),
  ...["ledger", "regulatory-reporting"].map((service) => policy(`R-3-${service}`, "artifact", 2, service)),
  policy("R-3-core-banking", "artifact", 1, "core-banking"),
];

export function retentionFile(): TextFile {
  return { name: "retention.yaml", text: stringify(POLICIES) };
}

/** Operations sit on the board and decide in emergencies. Some grants ended, and nobody asked for them again. */
export const ENDED: Readonly<Record<string, string>> = {
  "upetersen emergency-approver": "2025-12-31T23:00:00Z",
  "praman developer": "2026-04-30T22:00:00Z",
  "hdahl developer": "2026-06-10T22:00:00Z",
};

const rolesOf = ({ team }: Person) =>
  team === "operations" ? ["change-board", "emergency-approver", "operations"] : ["developer"];

/** Who may decide on changes, and who may deploy what. */
export function roleGrantsFile(): TextFile {
  const rows = people
    .filter(({ isBot }) => !isBot)
    .flatMap((person) =>
      rolesOf(person).map((role) => ({
        person: person.login,
        role,
        scope: role === "developer" ? person.team : "",
        granted_from: isoUtc(Math.max(START, person.activeFrom ?? START)),
        granted_until: ENDED[`${person.login} ${role}`] ?? "",
      })),
    );
  return { name: "role-grants.csv", text: csv(rows) };
}

/** After the migration of 13 May 2025 the way back is tried first, and does not work at once. */
const REHEARSALS = [
  ["RB-01", "2025-05-26T12:00:00Z", "2025-05-26T12:40:00Z", "failed"],
  ["RB-02", "2025-05-26T14:00:00Z", "2025-05-26T14:12:00Z", "passed"],
  ["RB-03", "2025-06-03T08:00:00Z", "2025-06-03T08:09:00Z", "passed"],
  ["RB-04", "2025-06-10T08:00:00Z", "2025-06-10T08:11:00Z", "passed"],
] as const;

export function rehearsalsFile(world: World): TextFile {
  const migrations = REHEARSALS.map(([id, started_at, finished_at, outcome]) => ({
    id,
    service: "ledger",
    version: "",
    procedure: "Postings into a table per year",
    environment: "STG",
    started_at,
    finished_at,
    outcome,
    includes_database: true,
    backup_at: "",
    actor: "jbrandt",
  }));
  return { name: "rehearsals.csv", text: csv([...migrations, ...releaseRehearsals(world)]) };
}
