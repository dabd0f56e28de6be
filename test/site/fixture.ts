import type { SiteRows } from "../../src/site/data.ts";
import { METRICS } from "../../src/site/metrics.ts";
import type * as rows from "../../src/site/rows.ts";
import { factsOf as factsOfFigures } from "./fixture/facts.ts";
import { figuresOf } from "./fixture/figures.ts";
import { AS_OF, HOSTILE, ORGANISATION, PROFILES, TEAMS } from "./fixture/profiles.ts";
import type { Profile } from "./fixture/profiles.ts";

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

/** Facts of a service, for the quarters that pages list. */
export const factsOf = (service: string): rows.ServiceFacts => factsOfFigures(FIGURES, service);

/** Made-up rows: ordinary, sparse, empty and hostile ones. Plausible, not computed. */
export function fixtureRows(): SiteRows {
  return {
    context: {
      organisation: ORGANISATION,
      time_zone: "Europe/Berlin",
      as_of: AS_OF,
      run_id: "41",
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
    })),
    teams: TEAMS,
    sources: [
      {
        source: "git",
        collector: "git",
        last_collected_at: AS_OF,
        last_status: "ok",
        message: null,
        records: 48_210,
        deleted: 3,
        rejected: 0,
        newest_at: "2026-11-10T08:59:00Z",
        stale_seconds: 1860,
      },
      {
        source: "drop",
        collector: "files",
        last_collected_at: AS_OF,
        last_status: "failed",
        message: `network: ${HOSTILE}`,
        records: 2_981,
        deleted: 0,
        rejected: 2,
        newest_at: "2026-11-02T08:59:00Z",
        stale_seconds: 693_060,
      },
    ],
    streams: [
      {
        source: "git",
        stream: "commit",
        records: 48_000,
        versions: 48_000,
        deleted: 0,
        rejected: 0,
        oldest_at: "2022-01-01T00:00:00Z",
        newest_at: "2026-11-10T08:59:00Z",
      },
      {
        source: "git",
        stream: "ref",
        records: 210,
        versions: 900,
        deleted: 3,
        rejected: 0,
        oldest_at: null,
        newest_at: null,
      },
      {
        source: "drop",
        stream: "incident",
        records: 2_981,
        versions: 3_100,
        deleted: 0,
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
        rejected: 0,
        message: null,
      },
      {
        run_id: "41",
        source: "drop",
        started_at: AS_OF,
        finished_at: "2026-11-10T09:31:20Z",
        status: "failed",
        records: 0,
        rejected: 2,
        message: "network: connection refused",
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
    chain: { batches: 118, is_verified: true, head_sha256: "9f2c4e".padEnd(64, "a1b2c3"), problem: null },
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
  };
}
