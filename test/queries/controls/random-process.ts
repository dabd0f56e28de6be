import fc from "fast-check";
import { entities, type EntityName } from "../../../collectors/files/entities.ts";
import type { History, Table } from "../../support/history.ts";

type Row = Readonly<Record<string, string>>;
type Rows = Partial<Record<EntityName, readonly Row[]>>;

/** Two services' deployments and whatever proves, or does not prove, how they came about. */
export interface Process {
  readonly services: readonly [string, string];
  readonly complete: readonly EntityName[];
  readonly rows: Rows;
  /** A kind of record, and which of four parts of its records, that a test may take away. */
  readonly cut: { readonly entity: EntityName; readonly part: number };
  readonly disconnected: EntityName;
}

/** Kinds of record whose absence can only hurt. */
const SUPPORTING = [
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
const OTHERS = ["calendar_window", "action", "incident", "change_request", "test_result"] as const;

const START = Date.parse("2026-01-05T09:00:00Z");

const at = (hours: number) => new Date(START + Math.round(hours * 60) * 60_000).toISOString();
const perhaps = fc.boolean();
const lead = fc.integer({ min: -5, max: 60 });

/** One deployment and all that goes with it; each part may be there or not, in time or not. */
const episode = fc.record({
  isFirst: perhaps,
  pause: fc.integer({ min: 1, max: 120 }),
  status: fc.constantFrom("success", "success", "success", "failure"),
  type: fc.constantFrom("normal", "normal", "standard", "emergency"),
  risk: fc.constantFrom("low", "high", ""),
  hasRequest: fc.constantFrom(true, true, true, false),
  deployer: fc.constantFrom("ana", "ben", ""),
  approval: fc.option(
    fc.record({
      lead: fc.integer({ min: -30, max: 30 }),
      role: fc.constantFrom("emergency-approver", "peer", ""),
    }),
  ),
  plan: fc.option(fc.record({ lead, isWhole: perhaps })),
  readiness: fc.option(fc.record({ lead, isWhole: perhaps })),
  rehearsal: fc.option(fc.record({ lead, environment: fc.constantFrom("staging", "production") })),
  bakes: fc.option(fc.constantFrom(10, 40)),
  probe: fc.option(
    fc.record({
      isTest: perhaps,
      after: fc.constantFrom(0.3, 1),
      outcome: fc.constantFrom("passed", "passed", "failed"),
    }),
  ),
  review: fc.option(
    fc.record({ after: fc.integer({ min: 0, max: 500 }), isWhole: perhaps, hasAction: perhaps }),
  ),
  runbook: fc.option(fc.integer({ min: 0, max: 80 })),
  incident: fc.option(fc.record({ lead: fc.integer({ min: -2, max: 3 }), isNamed: perhaps })),
  isFrozen: fc.constantFrom(true, false, false, false),
  hasItem: perhaps,
  isArchived: perhaps,
});
type Episode = typeof episode extends fc.Arbitrary<infer One> ? One : never;

const process = fc.record({
  episodes: fc.array(episode, { minLength: 3, maxLength: 7 }),
  complete: fc.subarray<EntityName>([...SUPPORTING, ...OTHERS, "retention_policy"]),
  cut: fc.record({ entity: fc.constantFrom<EntityName>(...SUPPORTING), part: fc.nat(3) }),
  disconnected: fc.constantFrom<EntityName>(...SUPPORTING, ...OTHERS),
});

/** Building the model takes the same time for one process as for many: they stand side by side. */
export const processes: fc.Arbitrary<Process[]> = fc
  .array(process, { minLength: 12, maxLength: 12 })
  .map((all) =>
    all.map(({ episodes, ...rest }, index) => {
      const services = [`api${index}`, `web${index}`] as const;
      return { ...rest, services, rows: rowsOf(episodes, services, `${index}x`) };
    }),
  );

function rowsOf(episodes: readonly Episode[], services: Process["services"], mark: string): Rows {
  let clock = 0;
  const parts = episodes.map((one, index) => {
    clock += one.pause;
    return told(one, one.isFirst ? services[0] : services[1], `${mark}${index}`, clock);
  });
  const kinds = [...new Set(parts.flatMap((part) => Object.keys(part)))] as EntityName[];
  return {
    ...Object.fromEntries(kinds.map((kind) => [kind, parts.flatMap((part) => part[kind] ?? [])])),
    role_grant: services.map((scope) => ({
      person: "eva",
      role: "emergency-approver",
      scope,
      granted_from: at(0),
    })),
    retention_policy: [
      { id: `R${mark}`, record_class: "artifact", keep_for: "1", keep_unit: "years", service: services[0] },
    ],
  };
}

const yes = (is: boolean) => (is ? "true" : "false");
const only = (is: boolean, rows: Rows): Rows => (is ? rows : {});

/** What the records say of one deployment. */
function told(one: Episode, service: string, id: string, began: number): Rows {
  return {
    ...execution(one, service, id, began),
    ...only(one.hasRequest, authorisation(one, service, id, began)),
    ...preparation(one, service, id, began),
    ...aftermath(one, service, id, began),
  };
}

const execution = (one: Episode, service: string, id: string, began: number): Rows => ({
  deployment: [
    {
      id: `d${id}`,
      service,
      environment: "production",
      started_at: at(began),
      finished_at: at(began + 0.2),
      status: one.status,
      version: `1.${id}`,
      deployer: one.deployer,
      pipeline_run: `r${id}`,
      change_requests: one.hasRequest ? `C${id}` : "",
    },
  ],
  ...(one.bakes !== null && {
    rollout_step: [
      { from: began, until: began + one.bakes / 60 },
      { from: began + one.bakes / 60, until: began + 2 },
    ].map(({ from, until }, step) => ({
      id: `s${id}-${step}`,
      deployment: `d${id}`,
      strategy: "canary",
      started_at: at(from),
      finished_at: at(until),
      outcome: "passed",
    })),
  }),
  ...probes(one, service, id, began),
});

function probes({ probe }: Episode, service: string, id: string, began: number): Rows {
  if (probe === null) return {};
  const { outcome } = probe;
  const ended = at(began + probe.after);
  return probe.isTest
    ? {
        test_result: [
          {
            id: `t${id}`,
            service,
            suite: "smoke",
            kind: "smoke",
            environment: "production",
            finished_at: ended,
            outcome,
          },
        ],
      }
    : { evidence: [{ id: `e${id}`, kind: "smoke_test", subject: `d${id}`, service, at: ended, outcome }] };
}

const authorisation = (one: Episode, service: string, id: string, began: number): Rows => ({
  change_request: [
    {
      id: `C${id}`,
      type: one.type,
      risk: one.risk,
      service,
      created_at: at(began - 48),
      planned_start: at(began - 1),
      planned_end: at(began + 1),
      incidents: one.incident?.isNamed === true ? `I${id}` : "",
    },
  ],
  ...(one.approval !== null && {
    change_request_approval: [
      {
        id: `a${id}`,
        change_request: `C${id}`,
        approver: "eva",
        role: one.approval.role,
        decision: "approved",
        decided_at: at(began - one.approval.lead),
      },
    ],
  }),
  ...(one.plan !== null && {
    rollback_plan: [
      {
        id: `p${id}`,
        change_request: `C${id}`,
        recorded_at: at(began - one.plan.lead),
        covers_application: "true",
        covers_configuration: yes(one.plan.isWhole),
        triggers: "errors",
        success_metrics: "sales",
      },
    ],
  }),
  ...(one.readiness !== null && {
    readiness_review: [
      {
        id: `n${id}`,
        change_request: `C${id}`,
        reviewed_at: at(began - one.readiness.lead),
        reviewer: "ben",
        outcome: "ready",
        has_rollback_plan: "true",
        has_communication_plan: "true",
        has_support_cover: "true",
        has_monitoring: yes(one.readiness.isWhole),
      },
    ],
  }),
});

const preparation = (one: Episode, service: string, id: string, began: number): Rows => ({
  ...(one.rehearsal !== null && {
    rollback_rehearsal: [
      {
        id: `h${id}`,
        service,
        version: `1.${id}`,
        environment: one.rehearsal.environment,
        finished_at: at(began - one.rehearsal.lead),
        outcome: "passed",
      },
    ],
  }),
  ...only(one.isFrozen, {
    calendar_window: [
      { id: `w${id}`, kind: "freeze", scope: service, starts_at: at(began - 1), ends_at: at(began + 1) },
    ],
  }),
});

const aftermath = (one: Episode, service: string, id: string, began: number): Rows => ({
  ...(one.review !== null && {
    post_implementation_review: [
      {
        id: `v${id}`,
        service,
        version: `1.${id}`,
        change_request: one.hasRequest ? `C${id}` : "",
        held_at: at(began + one.review.after),
        reviewer: "ben",
        outcome: "successful",
        is_approved: yes(one.review.isWhole),
        tests_made_good: "true",
        documents_made_good: "true",
        anomalies: "none",
        feedback: one.review.isWhole ? "index" : "",
      },
    ],
    ...only(one.review.hasAction, {
      action: [
        { id: `A${id}`, title: "Index", service, review: `v${id}`, due_on: "2026-03-01", status: "open" },
      ],
    }),
  }),
  ...(one.runbook !== null && {
    runbook_revision: [{ id: `b${id}`, service, author: "ana", revised_at: at(began + one.runbook) }],
  }),
  ...(one.incident !== null && {
    incident: [
      {
        id: `I${id}`,
        service,
        started_at: at(began - one.incident.lead),
        caused_by: one.incident.isNamed ? `d${id}` : "",
        severity: "sev2",
        classification: "change",
      },
    ],
  }),
  ...only(one.hasItem, {
    configuration_item: [
      {
        id: `c${id}`,
        name: service,
        service,
        version: `1.${id}`,
        owner: "core",
        updated_at: at(began + 1),
      },
    ],
  }),
  ...only(one.isArchived, {
    archived_record: [
      { id: `z${id}`, record_class: "artifact", service, subject: `1.${id}`, recorded_at: at(began) },
    ],
  }),
});

export interface Asked {
  readonly complete?: (process: Process) => readonly EntityName[];
  readonly without?: (process: Process, entity: EntityName, row: number) => boolean;
  /** Rows beside those of the processes. */
  readonly beside?: Rows;
}

/** The history in which all processes stand side by side. */
export function historyOf(all: readonly Process[], asked: Asked = {}): History {
  const { complete = (one: Process) => one.complete, without = () => false, beside = {} } = asked;
  const kept = all.map((one) =>
    Object.fromEntries(
      Object.entries(one.rows).map(([entity, rows]) => [
        entity,
        rows.filter((_, row) => !without(one, entity as EntityName, row)),
      ]),
    ),
  );
  return {
    asOf: "2026-04-01T00:00:00Z",
    config: {
      services: Object.fromEntries(
        all.flatMap(({ services: [api, web] }) => [
          [api, { repository: api, tier: 1, upstream: [web] }],
          [web, { repository: web, tier: 2 }],
        ]),
      ),
      environments: { production: { kind: "production" }, staging: { kind: "staging" } },
    },
    complete: all.flatMap((one) => complete(one).map((entity) => ({ entity, services: [...one.services] }))),
    data: asData([...kept, beside]),
  };
}

function asData(parts: readonly Rows[]): History["data"] {
  const kinds = [...new Set(parts.flatMap((part) => Object.keys(part)))] as EntityName[];
  const filled = kinds.map((kind) => [kind, parts.flatMap((part) => part[kind] ?? [])] as const);
  return Object.fromEntries(
    filled.filter(([, rows]) => rows.length > 0).map(([kind, rows]) => [kind, asTable(kind, rows)]),
  );
}

function asTable(entity: EntityName, rows: readonly Row[]): Table {
  const columns = Object.keys(entities[entity].columns).filter((column) =>
    rows.some((row) => (row[column] ?? "") !== ""),
  );
  const lines = rows.map((row) => columns.map((column) => row[column] ?? "").join(" | "));
  return [columns.join(" | "), ...lines].join("\n");
}
