import type { Readers, SiteRows } from "../../src/site/data.ts";
import { tableOf } from "../../src/site/machine-form/tables.ts";
import { METRICS } from "../../src/site/metrics.ts";
import type * as rows from "../../src/site/rows.ts";
import { queryFiles } from "../../src/warehouse/model.ts";
import { controlsOf } from "./fixture/controls.ts";
import { deploymentsOf, monthsOf } from "./fixture/deployments.ts";
import { factsOf as factsOfFigures } from "./fixture/facts.ts";
import { figuresOf } from "./fixture/figures.ts";
import { INCIDENT_MONTHS, INCIDENTS, incidentsOf } from "./fixture/incidents.ts";
import { AS_OF, HOSTILE, ORGANISATION, PROFILES, TEAMS } from "./fixture/profiles.ts";
import type { Profile } from "./fixture/profiles.ts";
import { releaseFactsOf } from "./fixture/release-facts.ts";
import { OWNERSHIP, RELEASE_LISTS } from "./fixture/releases.ts";
import { movesOf } from "./fixture/moves.ts";
import { overviewOf } from "./fixture/overview.ts";
import { practicesOf } from "./fixture/practices.ts";
import { retrospectiveLists, retrospectivesOf } from "./fixture/retrospectives.ts";
import { linksOf } from "./fixture/links.ts";
import { riskOf } from "./fixture/risk.ts";

export { HOSTILE };

const STAGES = ["coding", "pickup", "review", "no review", "merge to live"] as const;
const SHARES = [0.35, 0.2, 0.22, 0.03, 0.2];

function stagesOf(figures: readonly rows.FigureRow[]): rows.StageRow[] {
  return figures
    .filter(({ metric, value }) => metric === "change_lead_time" && value !== null)
    .flatMap(({ scope_kind, scope, period_kind, period_start, basis, value }) =>
      STAGES.map((stage, order) => ({
        scope_kind,
        scope,
        period_kind,
        period_start,
        basis,
        stage,
        stage_order: order,
        value_seconds: Math.round((value ?? 0) * (SHARES[order] ?? 0)),
        share: SHARES[order] ?? 0,
      })),
    );
}

const MEANS = [4.8, 5.5, 8.1, 7.4, 7.8];

function checksOf(scope_kind: rows.ScopeKind, scope: string, hasData: boolean): rows.QuickCheckRow[] {
  return METRICS.map(({ key }, index) => ({
    scope_kind,
    scope,
    metric: key,
    score: hasData ? ([8, 6, 8.9, 7.4, 9.4][index] ?? 0) : null,
    industry: "All industries",
    industry_mean: MEANS[index] ?? 0,
    period_label: "until 2026-06-30",
  }));
}

const WHOLE: Profile = {
  service: "",
  title: "",
  team: null,
  perDay: 9.4,
  leadDays: 1.3,
  failRate: 0.08,
  since: 0,
  hasIncidents: true,
};

const FIGURES: readonly rows.FigureRow[] = [
  ...figuresOf({ kind: "organisation", name: ORGANISATION }, WHOLE, 7),
  ...figuresOf({ kind: "team", name: "money" }, { ...WHOLE, perDay: 2.2, leadDays: 2.8 }, 8),
  ...figuresOf({ kind: "team", name: "storefront" }, { ...WHOLE, perDay: 7.1, leadDays: 0.9 }, 9),
  ...PROFILES.flatMap((profile, index) =>
    figuresOf({ kind: "service", name: profile.service }, profile, 20 + index),
  ),
];

const HEADLINES: readonly rows.HeadlineRow[] = FIGURES.filter(
  ({ metric, role, scope_kind }) =>
    metric === "change_fail_rate" && role === "latest" && scope_kind !== "service",
).map((row) => ({
  scope_kind: row.scope_kind,
  scope: row.scope,
  period_kind: row.period_kind,
  period_label: row.period_label,
  previous_label: row.previous_label,
  speed: "worse",
  safety: "unclear",
  worse: ["Payments (change lead time)"],
  better: [],
  failures: row.numerator,
  deployments: row.n,
  most_failures_in: "Payments",
  most_failures: 3,
  most_failures_deployments: 20,
}));

/** Facts of a service, for the quarters that pages list. */
export const factsOf = (service: string): rows.ServiceFacts => factsOfFigures(FIGURES, service);

/** What is read part by part. */
export const readers: Readers = {
  facts: (service) => Promise.resolve(factsOf(service)),
  releaseFacts: (service) => Promise.resolve(releaseFactsOf(service)),
  deployments: (service) => Promise.resolve(deploymentsOf(factsOf(service))),
  retrospectivesOf: () => Promise.resolve(retrospectivesOf(HOSTILE)),
  incidents: (month) => Promise.resolve(incidentsOf(month, factsOf("payments").waves)),
};

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Fridays stand out; too few went live on Saturdays. */
const WEEKDAYS: readonly rows.WeekdayRow[] = DAYS.map((weekday_name, index) => {
  const [n, failed] = index === 5 ? [2, 1] : [90, index === 4 ? 20 : 6];
  const isRated = n >= 10;
  return {
    service: "payments",
    weekday: index + 1,
    weekday_name,
    n,
    failed,
    value: isRated ? failed / n : null,
    interval_low: isRated ? failed / n / 2 : null,
    interval_high: isRated ? failed / n + 0.06 : null,
    n_of_service: 452,
    failed_of_service: 45,
    first_live_at: "2024-01-03T10:00:00Z",
    last_live_at: "2026-11-02T10:00:00Z",
    is_shown: true,
  };
});

/** A service has a new owner, beside what lasted two months and has no room on the drawing; the team has a hostile event. */
const ANNOTATIONS: readonly rows.AnnotationRow[] = (["quarter", "month"] as const).flatMap((period_kind) =>
  [
    { scope_kind: "service" as const, scope: "payments", kind: "ownership", label: "new owner", text: "new owner: Money", ended_at: null, is_drawn: true },
    { scope_kind: "service" as const, scope: "payments", kind: "other", label: "moved", text: HOSTILE, ended_at: "2026-07-16T22:00:00Z", is_drawn: false },
    { scope_kind: "team" as const, scope: "money", kind: "other", label: HOSTILE, text: HOSTILE, ended_at: "2026-07-16T22:00:00Z", is_drawn: true },
  ].map((row) => ({
    ...row,
    period_kind,
    period_start: period_kind === "quarter" ? "2026-04-01T00:00:00Z" : "2026-05-01T00:00:00Z",
    happened_at: "2026-05-16T22:00:00Z",
  })),
);

const MOVED: rows.RestatementRow = {
  position: 1,
  figures: 2,
  publication: 3,
  as_of: AS_OF,
  from_as_of: "2026-10-01T04:00:00Z",
  metric: "change_lead_time",
  scope_kind: "service",
  scope: "payments",
  period_kind: "quarter",
  period_start: "2026-06-30T22:00:00Z",
  period_label: "Q3 2026",
  unit: "seconds",
  old_basis: "first commit",
  old_value: 354_240,
  old_n: 91,
  old_status: "ok",
  new_basis: "first commit",
  new_value: 371_520,
  new_n: 103,
  new_status: "ok",
  kinds: ["late data"],
  reasons: ["late or corrected data: 12 deployment records from drop"],
};

const RESTATEMENTS: readonly rows.RestatementRow[] = [
  MOVED,
  {
    ...MOVED,
    position: 2,
    metric: "deployment_days_per_week",
    scope: HOSTILE,
    unit: "days per week",
    new_value: null,
    new_n: 0,
    new_status: "withdrawn",
    kinds: ["local rule"],
    reasons: [`local rule ${HOSTILE} added`],
  },
];

const STEPS: readonly rows.StepRow[] = [
  {
    position: 1,
    publication: 3,
    as_of: AS_OF,
    from_as_of: "2026-10-01T04:00:00Z",
    product_version: "0.1.0",
    from_product_version: "0.1.0",
    is_configuration_changed: true,
    figures: 2,
    quarter_figures: 2,
    services: 2,
    kinds: ["late data", "local rule"],
    kind_figures: [1, 1],
  },
];

/** Made-up rows: ordinary, sparse, empty and hostile ones. Plausible, not computed. */
export function fixtureRows(): SiteRows {
  return {
    context: {
      organisation: ORGANISATION,
      time_zone: "Europe/Berlin",
      as_of: AS_OF,
      version: "0.1.0",
      industry: "All industries",
    },
    figures: FIGURES,
    stages: stagesOf(FIGURES),
    quickChecks: [
      ...checksOf("organisation", ORGANISATION, true),
      ...TEAMS.flatMap(({ team }) => checksOf("team", team, true)),
      ...PROFILES.flatMap(({ service, perDay }) => checksOf("service", service, perDay > 0)),
    ],
    services: PROFILES.map((one, index) => ({
      service: one.service,
      title: one.title,
      repository: one.service === HOSTILE ? null : `northwind/${one.service}`,
      tier: (index % 3) + 1,
      regulated: index === 0 ? ["sox", "pci"] : [],
      upstream: index === 2 ? ["payments", "search"] : [],
      team: one.team,
      team_title: TEAMS.find(({ team }) => team === one.team)?.title ?? null,
      first_live_at: one.perDay ? "2024-01-03T10:00:00Z" : null,
      last_live_at: one.perDay ? "2026-11-09T16:20:00Z" : null,
      retired_at: one.service === "customs-forms" ? "2026-10-30T23:00:00Z" : null,
      waiting: one.perDay > 1 ? 12 : 0,
      oldest_waiting_seconds: one.perDay > 1 ? 864_000 : null,
      open_failures: one.service === "shop" ? 1 : 0,
      activity_rank: index + 1,
    })),
    teams: TEAMS,
    ownership: OWNERSHIP,
    headlines: HEADLINES,
    ...movesOf(FIGURES),
    overview: overviewOf(FIGURES),
    ...RELEASE_LISTS,
    sources: [
      {
        source: "git",
        collector: "git",
        is_collected: true,
        collected_until: null,
        records: 48_210,
        rejected: 0,
        newest_at: "2026-11-10T08:59:00Z",
        stale_seconds: 1860,
      },
      {
        source: "drop",
        collector: "files",
        is_collected: true,
        collected_until: "2026-11-09T04:00:00Z",
        records: 2_981,
        rejected: 2,
        newest_at: "2026-11-02T08:59:00Z",
        stale_seconds: 693_060,
      },
    ],
    streams: [
      // More than the page lists.
      ...Array.from({ length: 200 }, (_, index) => ({
        ...{ source: "git", stream: `stream_${index}`, records: index, is_collected: true, collected_until: null, rejected: 0, oldest_at: null, newest_at: null },
      })),
      {
        source: "git",
        stream: "commit",
        records: 48_000,
        is_collected: true,
        collected_until: null,
        rejected: 0,
        oldest_at: "2022-01-01T00:00:00Z",
        newest_at: "2026-11-10T08:59:00Z",
      },
      {
        source: "git",
        stream: "ref",
        records: 210,
        is_collected: true,
        collected_until: null,
        rejected: 0,
        oldest_at: null,
        newest_at: null,
      },
      {
        source: "drop",
        stream: "incident",
        records: 2_981,
        is_collected: true,
        collected_until: null,
        rejected: 2,
        oldest_at: "2024-01-01T00:00:00Z",
        newest_at: "2026-11-02T08:59:00Z",
      },
    ],
    rejected: [
      {
        source: "drop",
        stream: "incident",
        file: "incidents.csv",
        line: 17,
        column_name: "started_at",
        reason: "expected a time with offset, such as 2026-01-31T12:00:00Z",
        row_text: "INC-17,payments,yesterday",
      },
      {
        source: "drop",
        stream: "incident",
        file: "incidents.csv",
        line: 94,
        column_name: null,
        reason: "12 columns, expected 11",
        row_text: HOSTILE.repeat(4),
      },
    ],
    runs: [
      {
        run_id: "41",
        source: "git",
        started_at: AS_OF,
        finished_at: "2026-11-10T09:31:12Z",
        status: "ok",
        records: 212,
        deleted: 3,
        rejected: 0,
        ...{ calls: null, points: null, retries: null, waited_seconds: null },
        message: null,
      },
      {
        run_id: "41",
        source: "drop",
        started_at: AS_OF,
        finished_at: "2026-11-10T09:31:20Z",
        status: "failed",
        records: 0,
        deleted: 0,
        rejected: 2,
        ...{ calls: 1_312, points: 140, retries: 2, waited_seconds: 3 },
        message: `network: ${HOSTILE}`,
      },
    ],
    issues: [
      {
        kind: "Deployments of an unknown service",
        subject: HOSTILE,
        rows: 14,
        effect: "Not in any figure.",
        remedy: "Add the service to quarterdeck.yaml or name it in `paths`.",
        line_to_add: "services:\n  payments:\n    repository: acme/payments",
      },
      {
        kind: "Events after as-of",
        subject: "incident",
        rows: 1,
        effect: "Never used.",
        remedy: "Check the clock of the source.",
        line_to_add: null,
      },
    ],
    evidence: {
      deployments: 4012,
      failed: 311,
      never_live: 7,
      retried: 6,
      deployed_services: 7,
      first_deployment_month: "2024-01",
      incidents: 62,
      open_incidents: 3,
      incidents_with_cause: 11,
      first_incident_month: "2026-08",
      has_deployment_approvals: false,
      has_change_requests: true,
      has_pipeline_runs: true,
      has_calendar_windows: false,
      has_incident_coverage: true,
    },
    weekdays: WEEKDAYS,
    incidentLinks: linksOf(HOSTILE),
    practices: practicesOf(HOSTILE),
    retrospectives: retrospectiveLists(HOSTILE),
    process: controlsOf(HOSTILE, factsOf("payments").waves),
    risk: riskOf(HOSTILE, factsOf("payments").waves),
    annotations: ANNOTATIONS,
    deploymentMonths: monthsOf(factsOf),
    incidentMonths: INCIDENT_MONTHS,
    openIncidents: INCIDENTS.filter(({ is_open }) => is_open).toReversed(),
    chain: { batches: 118, is_verified: true, head_sha256: "9f2c4e".padEnd(64, "a1b2c3"), problem: null },
    judgements: [
      {
        position: 1,
        kind: "exclusion",
        what: "deployment pipeline:4711",
        reason: "load test",
        decided_by: "Ada Lovelace",
        is_withheld: false,
        decided_at: "2026-10-02",
      },
      { position: 2, kind: "other", what: HOSTILE, reason: null, decided_by: null, is_withheld: false, decided_at: null },
    ],
    publication: {
      publication: 3,
      is_look_back: false,
      as_of: AS_OF,
      base_as_of: "2026-10-01T04:00:00Z",
    },
    steps: STEPS,
    restatements: RESTATEMENTS,
    restated: RESTATEMENTS.slice(0, 1).map((row) => ({ ...row, period_kind: "quarter" })),
    changesBetween: [
      {
        position: 1,
        changes: 2,
        publication: 3,
        as_of: AS_OF,
        from_as_of: "2026-10-01T04:00:00Z",
        kind: "configuration",
        what: "metrics.exclude_deployments[]",
        old_value: null,
        new_value: HOSTILE,
      },
      {
        position: 2,
        changes: 2,
        publication: 3,
        as_of: AS_OF,
        from_as_of: "2026-10-01T04:00:00Z",
        kind: "local rule",
        what: "metrics.change_lead_time",
        old_value: "0123456789ab",
        new_value: "ba9876543210",
      },
    ],
    queries: ["model.wave", "metrics.lead_time_fact", "metrics.metric"].map((relation) => ({
      relation,
      title: `Title of ${relation}`,
      description: "What it is.",
      grain: "one row per thing",
      rule: null,
      version: "1",
      is_local: false,
      file: `queries/${relation.replace(".", "/")}.sql`,
      sql: "select\n  wave_id, '<b>' as hostile\nfrom model.deployment\norder by wave_id",
    })),
    published: queryFiles()
      .filter(({ layer }) => layer === "publish")
      .map((file) => tableOf(file, [], 3)),
  };
}
