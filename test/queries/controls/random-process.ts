import fc from "fast-check";
import type { z } from "zod";
import { entities, type EntityName } from "../../../collectors/files/entities.ts";
import type { configSchema } from "../../../src/config/schema.ts";
import type { History, Table } from "../../support/history.ts";

type Row = Readonly<Record<string, string>>;

/** A small company's deployments and whatever proves, or does not prove, how they came about. */
export interface ProcessHistory {
  readonly asOf: string;
  readonly config: Partial<z.input<typeof configSchema>>;
  readonly complete: readonly EntityName[];
  readonly rows: Partial<Record<EntityName, readonly Row[]>>;
}

/** Kinds of record whose absence can only hurt. */
export const SUPPORTING = [
  "change_request_approval",
  "readiness_review",
  "rollback_plan",
  "rollback_rehearsal",
  "rollout_step",
  "post_implementation_review",
  "runbook_revision",
  "configuration_item",
  "evidence",
  "role_grant",
  "archived_record",
] as const satisfies readonly EntityName[];

/** Kinds of record whose presence hurts, and those that many controls begin with. */
export const NEVER_SUPPORTING = ["calendar_window", "action", "incident", "change_request", "test_result"] as const satisfies readonly EntityName[];

const START = Date.parse("2026-01-05T09:00:00Z");
const AS_OF = "2026-04-01T00:00:00Z";

const at = (hours: number) => new Date(START + Math.round(hours * 60) * 60_000).toISOString();
const hours = (max: number) => fc.integer({ min: 0, max });
const perhaps = fc.boolean();

/** One deployment and all that goes with it; each part may be there or not, in time or not. */
const episode = fc.record({
  service: fc.constantFrom("api", "web"),
  pause: fc.integer({ min: 1, max: 120 }),
  status: fc.constantFrom("success", "success", "success", "failure"),
  type: fc.constantFrom("normal", "normal", "standard", "emergency"),
  risk: fc.constantFrom("low", "high", ""),
  hasRequest: fc.constantFrom(true, true, true, false),
  deployer: fc.constantFrom("ana", "ben", ""),
  approval: fc.option(fc.record({ lead: fc.integer({ min: -30, max: 30 }), role: fc.constantFrom("emergency-approver", "peer", "") })),
  plan: fc.option(fc.record({ lead: fc.integer({ min: -5, max: 60 }), isWhole: perhaps })),
  readiness: fc.option(fc.record({ lead: fc.integer({ min: -5, max: 60 }), isWhole: perhaps })),
  rehearsal: fc.option(fc.record({ lead: fc.integer({ min: -5, max: 60 }), environment: fc.constantFrom("staging", "production") })),
  step: fc.option(fc.record({ minutes: fc.constantFrom(10, 40) })),
  probe: fc.option(fc.record({ minutes: fc.constantFrom(5, 50), outcome: fc.constantFrom("passed", "passed", "failed") })),
  review: fc.option(fc.record({ after: hours(500), isWhole: perhaps, hasAction: perhaps })),
  runbook: fc.option(hours(80)),
  incident: fc.option(fc.record({ lead: fc.integer({ min: -2, max: 3 }), names: perhaps })),
  isFrozen: fc.constantFrom(true, false, false, false),
  item: perhaps,
});
type Episode = typeof episode extends fc.Arbitrary<infer One> ? One : never;

const history = fc.record({
  episodes: fc.array(episode, { minLength: 3, maxLength: 8 }),
  complete: fc.subarray([...SUPPORTING, ...NEVER_SUPPORTING, "retention_policy", "service_dependency"] as EntityName[]),
});

/** A random small history that says all of a process. */
export const processHistory: fc.Arbitrary<ProcessHistory> = history.map(({ episodes, complete }) => ({
  asOf: AS_OF,
  config: {
    services: { api: { repository: "api", tier: 1, upstream: ["web"] }, web: { repository: "web", tier: 2 } },
    environments: { production: { kind: "production" }, staging: { kind: "staging" } },
  },
  complete,
  rows: rowsOf(episodes),
}));

function rowsOf(episodes: readonly Episode[]): ProcessHistory["rows"] {
  let clock = 0;
  const parts = episodes.map((one, index) => {
    clock += one.pause;
    return told(one, String(index + 1), clock);
  });
  const kinds = [...new Set(parts.flatMap((part) => Object.keys(part)))] as EntityName[];
  return {
    ...Object.fromEntries(kinds.map((kind) => [kind, parts.flatMap((part) => part[kind] ?? [])])),
    role_grant: [{ person: "eva", role: "emergency-approver", granted_from: "2025-01-01T00:00:00Z" }],
    retention_policy: [{ id: "R1", record_class: "artifact", keep_for: "1", keep_unit: "years", service: "api" }],
  };
}

const flag = (is: boolean) => (is ? "true" : "false");

function told(one: Episode, id: string, began: number): ProcessHistory["rows"] {
  const version = `1.${id}`;
  const request = one.hasRequest ? `C${id}` : "";
  const about = { service: one.service, version };
  return {
    deployment: [
      { id: `d${id}`, service: one.service, environment: "production", started_at: at(began), finished_at: at(began + 0.2), status: one.status, version, deployer: one.deployer, pipeline_run: `r${id}`, change_requests: request },
    ],
    ...(one.hasRequest && {
      change_request: [
        { id: request, type: one.type, risk: one.risk, service: one.service, created_at: at(began - 48), planned_start: at(began - 1), planned_end: at(began + 1), incidents: one.incident?.names === true ? `I${id}` : "" },
      ],
      ...(one.approval !== null && {
        change_request_approval: [{ id: `a${id}`, change_request: request, approver: "eva", role: one.approval.role, decision: "approved", decided_at: at(began - one.approval.lead) }],
      }),
      ...(one.plan !== null && {
        rollback_plan: [
          { id: `p${id}`, change_request: request, recorded_at: at(began - one.plan.lead), covers_application: "true", covers_configuration: flag(one.plan.isWhole), triggers: "errors", success_metrics: "sales" },
        ],
      }),
      ...(one.readiness !== null && {
        readiness_review: [
          { id: `n${id}`, change_request: request, reviewed_at: at(began - one.readiness.lead), reviewer: "ben", outcome: "ready", has_rollback_plan: "true", has_communication_plan: "true", has_support_cover: "true", has_monitoring: flag(one.readiness.isWhole) },
        ],
      }),
    }),
    ...(one.rehearsal !== null && {
      rollback_rehearsal: [{ id: `h${id}`, ...about, environment: one.rehearsal.environment, finished_at: at(began - one.rehearsal.lead), outcome: "passed" }],
    }),
    ...(one.step !== null && {
      rollout_step: [
        { id: `s${id}a`, deployment: `d${id}`, strategy: "canary", started_at: at(began), finished_at: at(began + one.step.minutes / 60), outcome: "passed" },
        { id: `s${id}b`, deployment: `d${id}`, strategy: "canary", started_at: at(began + one.step.minutes / 60), finished_at: at(began + 2), outcome: "passed" },
      ],
    }),
    ...(one.probe !== null && {
      [Number(id) % 2 === 0 ? "test_result" : "evidence"]:
        Number(id) % 2 === 0
          ? [{ id: `t${id}`, service: one.service, suite: "smoke", kind: "smoke", environment: "production", finished_at: at(began + 0.2 + one.probe.minutes / 60), outcome: one.probe.outcome }]
          : [{ id: `e${id}`, kind: "smoke_test", subject: `d${id}`, at: at(began + 0.2 + one.probe.minutes / 60), outcome: one.probe.outcome }],
    }),
    ...(one.review !== null && {
      post_implementation_review: [
        { id: `v${id}`, ...about, ...(one.hasRequest && { change_request: request }), held_at: at(began + one.review.after), reviewer: "ben", outcome: "successful", is_approved: flag(one.review.isWhole), tests_made_good: "true", documents_made_good: "true", anomalies: "none", feedback: one.review.isWhole ? "index" : "" },
      ],
      ...(one.review.hasAction && { action: [{ id: `A${id}`, title: "Index", review: `v${id}`, due_on: "2026-03-01", status: "open" }] }),
    }),
    ...(one.runbook !== null && { runbook_revision: [{ id: `b${id}`, service: one.service, author: "ana", revised_at: at(began + one.runbook) }] }),
    ...(one.incident !== null && {
      incident: [{ id: `I${id}`, service: one.service, started_at: at(began - one.incident.lead), caused_by: one.incident.names ? `d${id}` : "", severity: "sev2", classification: "change" }],
    }),
    ...(one.isFrozen && { calendar_window: [{ id: `w${id}`, kind: "freeze", starts_at: at(began - 1), ends_at: at(began + 1) }] }),
    ...(one.item && { configuration_item: [{ id: `c${id}`, name: one.service, service: one.service, version, owner: "core", updated_at: at(began + 1) }] }),
  };
}

/** The rows as tables of text, those left out that a test takes away. */
export function tables({ rows }: ProcessHistory, without: (entity: EntityName, row: number) => boolean = () => false): History["data"] {
  const kept = Object.entries(rows).flatMap(([name, all]) => {
    const entity = name as EntityName;
    const rest = all.filter((_, index) => !without(entity, index));
    return rest.length === 0 ? [] : [[entity, asTable(entity, rest)] as const];
  });
  return Object.fromEntries(kept);
}

function asTable(entity: EntityName, rows: readonly Row[]): Table {
  const columns = Object.keys(entities[entity].columns).filter((column) => rows.some((row) => (row[column] ?? "") !== ""));
  return [columns.join(" | "), ...rows.map((row) => columns.map((column) => row[column] ?? "").join(" | "))].join("\n");
}
