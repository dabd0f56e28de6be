import type { Archived } from "./archive-rows.ts";
import type { AudienceKind } from "./audience/audience.ts";
import type { ControlLists } from "./control-rows.ts";
import type {
  DeploymentMonthRow,
  EvidenceRow,
  IncidentEntry,
  IncidentMonthRow,
  IncidentRow,
  ServiceDeployments,
} from "./deployment-rows.ts";
import type { Clock } from "./format.ts";
import type { Scope } from "./links.ts";
import type { ListedPack } from "./pack-rows.ts";
import type { PublishedTable } from "./machine-form/published-table.ts";
import type { OverviewLists } from "./overview-rows.ts";
import type { PracticeLists } from "./practice-rows.ts";
import type { Retrospective, RetrospectiveLists } from "./retrospective-rows.ts";
import type * as releases from "./release-rows.ts";
import type * as rows from "./rows.ts";

/** Which habits go with failures. */
export interface Risk {
  readonly summary: rows.RiskSummaryRow;
  readonly patterns: readonly rows.RiskPatternRow[];
  /** Failed deployments behind the patterns found. */
  readonly deployments: readonly rows.RiskDeploymentRow[];
  readonly carried: readonly rows.ChangeRiskRow[];
  readonly rates: readonly rows.ScopeDifferenceRow[];
}

/** Everything that pages show, read before the first page is made. */
export interface SiteRows {
  readonly context: rows.ContextRow;
  readonly figures: readonly rows.FigureRow[];
  readonly comparisons: readonly rows.ComparisonRow[];
  readonly moves: readonly rows.MoveRow[];
  readonly headlines: readonly rows.HeadlineRow[];
  readonly overview: OverviewLists;
  readonly stages: readonly rows.StageRow[];
  readonly quickChecks: readonly rows.QuickCheckRow[];
  readonly services: readonly rows.ServiceRow[];
  readonly teams: readonly rows.TeamRow[];
  readonly ownership: readonly rows.OwnershipRow[];
  /** Newest first. */
  readonly releases: readonly releases.ReleaseRow[];
  readonly releaseQuarters: readonly releases.ReleaseQuarterRow[];
  readonly releaseTrains: readonly releases.ReleaseTrainRow[];
  readonly releaseSources: releases.ReleaseSources;
  readonly latestReleases: readonly rows.LatestReleaseRow[];
  readonly sources: readonly rows.SourceRow[];
  readonly streams: readonly rows.StreamRow[];
  readonly rejected: readonly rows.RejectedRow[];
  readonly runs: readonly rows.RunRow[];
  readonly issues: readonly rows.IssueRow[];
  readonly evidence: EvidenceRow;
  readonly weekdays: readonly rows.WeekdayRow[];
  readonly risk: Risk;
  readonly incidentLinks: IncidentLinks;
  readonly process: ControlLists;
  readonly practices: PracticeLists;
  readonly retrospectives: RetrospectiveLists;
  readonly annotations: readonly rows.AnnotationRow[];
  readonly deploymentMonths: readonly DeploymentMonthRow[];
  readonly incidentMonths: readonly IncidentMonthRow[];
  /** Oldest first. */
  readonly openIncidents: readonly IncidentRow[];
  readonly chain: rows.ChainRow;
  readonly judgements: readonly rows.JudgementRow[];
  readonly publication: rows.PublicationRow;
  readonly steps: readonly rows.StepRow[];
  readonly restatements: readonly rows.RestatementRow[];
  readonly restated: readonly rows.RestatedRow[];
  readonly changesBetween: readonly rows.ChangeBetweenRow[];
  readonly queries: readonly rows.QueryRow[];
  readonly published: readonly PublishedTable[];
}

export interface IncidentLinks {
  readonly summary: rows.LinkSummaryRow;
  readonly classes: readonly rows.LinkClassRow[];
  readonly causes: readonly rows.IncidentClassRow[];
  readonly records: readonly rows.RecordQualityRow[];
}

/** A value of a series, as a word-sized line needs it. */
export interface Drawn {
  readonly value: number | null;
  readonly unit: string;
}

/** A value of a series with its interval. */
export interface Banded extends Drawn {
  readonly interval_low: number | null;
  readonly interval_high: number | null;
}

export interface Charts {
  trend(figures: readonly rows.FigureRow[], annotations?: readonly rows.AnnotationRow[]): Promise<string>;
  weekdays(weekdays: readonly rows.WeekdayRow[]): Promise<string>;
  forest(patterns: readonly rows.RiskPatternRow[]): Promise<string>;
  stages(now: readonly rows.StageRow[], before: readonly rows.StageRow[]): Promise<string>;
  quickCheck(checks: readonly rows.QuickCheckRow[]): Promise<string>;
  spark(figures: readonly Drawn[]): string;
  past(figures: readonly Banded[]): string;
  scale(score: number, mean: number): string;
}

/** What is read only when a page of it is made. */
export interface Readers {
  readonly facts: (service: string) => Promise<rows.ServiceFacts>;
  /** What is known of each release of a service, by version. */
  readonly releaseFacts: (service: string) => Promise<ReadonlyMap<string, releases.ReleaseFacts>>;
  readonly deployments: (service: string) => Promise<ServiceDeployments>;
  /** Of a team, by quarter. */
  readonly retrospectivesOf: (team: string) => Promise<ReadonlyMap<string, Retrospective>>;
  /** Of the month in which they began, newest first. */
  readonly incidents: (month: string) => Promise<readonly IncidentEntry[]>;
}

/** What pages ask for. Facts come service by service, so that a large company fits in memory. */
export interface Site extends Omit<SiteRows, "restated" | "annotations" | "stages">, Readers {
  readonly title: string;
  /** Whom this site is for. */
  readonly audience: AudienceKind;
  /** The packs that lie beside the pages, by name of their folder. */
  readonly packs: readonly ListedPack[];
  /** Periods that are archived, and what is read from there. */
  readonly archived: Archived;
  readonly clock: Clock;
  readonly charts: Charts;
  /** Periods of a scope in order of time. */
  readonly periods: (
    scope: Scope,
    kind: rows.PeriodKind,
    metric: rows.MetricKey,
  ) => readonly rows.FigureRow[];
  readonly latest: (
    scope: Scope,
    kind: rows.PeriodKind,
    metric: rows.MetricKey,
  ) => rows.FigureRow | undefined;
  /** The page of the list of exemptions that has this one. */
  readonly exemptionPage: (exemptionId: string) => number;
  /** What was published of a scope's recent periods and reads differently now. */
  readonly restated: (
    scope: Scope,
    kind: rows.PeriodKind,
    metric: rows.MetricKey,
  ) => readonly rows.RestatedRow[];
  /** What happened in the periods of a scope. */
  readonly annotations: (scope: Scope, kind: rows.PeriodKind) => readonly rows.AnnotationRow[];
  /** Stages of lead times in the periods of a scope. */
  readonly stages: (scope: Scope, kind: rows.PeriodKind) => readonly rows.StageRow[];
}

export type SiteParts = SiteRows & Readers & Pick<Site, "title" | "audience" | "packs" | "archived" | "clock" | "charts">;

export function makeSite(parts: SiteParts): Site {
  const groups = byScope(parts.figures, ({ metric }) => metric);
  for (const group of groups.values()) group.sort((a, b) => (a.period_start < b.period_start ? -1 : 1));
  const periods: Site["periods"] = (scope, kind, metric) => groups.get(key(scope, kind, metric)) ?? [];
  const latest: Site["latest"] = (scope, kind, metric) =>
    periods(scope, kind, metric).find((row) => row.role === "latest");
  const [moved, events, stages] = [byScope(parts.restated, ({ metric }) => metric), byScope(parts.annotations), byScope(parts.stages)];
  const pages = new Map(parts.process.exemptions.map((row) => [row.exemption_id, row.list_page]));
  return {
    ...parts,
    periods,
    latest,
    restated: (scope, kind, metric) => moved.get(key(scope, kind, metric)) ?? [],
    annotations: (scope, kind) => events.get(key(scope, kind)) ?? [],
    stages: (scope, kind) => stages.get(key(scope, kind)) ?? [],
    exemptionPage: (exemptionId) => pages.get(exemptionId) ?? 1,
  };
}

type OfScope = Pick<rows.FigureRow, "scope_kind" | "scope" | "period_kind">;

/** Grouped once: to look through all rows on each page costs the square of the services. */
function byScope<Row extends OfScope>(all: readonly Row[], part: (row: Row) => string = () => ""): Map<string, Row[]> {
  return Map.groupBy(all, (row) => key({ kind: row.scope_kind, name: row.scope }, row.period_kind, part(row)));
}

function key(scope: Scope, kind: rows.PeriodKind, part = ""): string {
  return JSON.stringify([scope.kind, scope.name, kind, part]);
}

// Pages are bundled apart from the code that starts the build; both meet here.
const SITE = Symbol.for("quarterdeck.site");
type Shared = { [SITE]?: Site | undefined };

export function setSite(current: Site | undefined): void {
  (globalThis as Shared)[SITE] = current;
}

export function site(): Site {
  const current = (globalThis as Shared)[SITE];
  if (!current) throw new Error("pages are built by buildSite()");
  return current;
}
