import { count, duration, figureText, plural, SHARE_FROM } from "../format.ts";
import { metricText } from "../metrics.ts";
import type { CalendarRow, MeasureRow, PracticePlaceRow } from "../practice-rows.ts";
import type { MetricKey } from "../rows.ts";
import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import { named, type Names } from "./named.ts";

/** Groups of measures as pages name them, and what each answers; a folder of the organisation's own is called as it is. */
const AREAS: Names = {
  delivery: "practice-area.delivery",
  pipelines: "practice-area.pipelines",
  planning: "practice-area.planning",
  environments: "practice-area.environments",
  afterwards: "practice-area.afterwards",
  outcomes: "practice-area.outcomes",
};
const QUESTIONS: Names = {
  delivery: "practice-area.delivery-question",
  pipelines: "practice-area.pipelines-question",
  planning: "practice-area.planning-question",
  environments: "practice-area.environments-question",
  afterwards: "practice-area.afterwards-question",
  outcomes: "practice-area.outcomes-question",
};

export const areaTitle = (area: string): string => named(AREAS, area);
export const areaQuestion = (area: string): string =>
  Object.hasOwn(QUESTIONS, area) ? named(QUESTIONS, area) : t("practice-area.question", { area });

interface Value {
  readonly value: number | null;
  readonly unit: string | null;
  readonly n: number | null;
  readonly hits?: number | null;
}

/** `3.2 d`, `12.5 %`, `1 of 3`, `6.4 MB`; empty where there is none. Only a plan can be early: its time is below zero. */
export function amount({ value, unit, n, hits = null }: Value): string {
  if (value === null || unit === null) return "";
  if (unit === "ratio" && hits !== null && n !== null && n < SHARE_FROM)
    return t("word.of", { part: count(hits), whole: count(n) });
  if (unit === "seconds") return value < 0 ? `\u2212${duration(-value)}` : duration(value);
  return figureText(value, unit);
}

/** `1.9 d to 3.4 d`; empty where there is none. */
export function between(unit: string, low: number | null, high: number | null): string {
  if (low === null || high === null) return "";
  const said = (value: number) => amount({ value, unit, n: null });
  return t("range.plain", { low: said(low), high: said(high) });
}

const STATISTICS: Names = {
  median: "statistic.median",
  mean: "statistic.mean",
  share: "statistic.share",
  sum: "statistic.sum",
  count: "statistic.count",
};
export const statisticTitle = (statistic: string): string => named(STATISTICS, statistic);

/** What a measure says now, in one sentence; `undefined` where it has no fact. */
export function measureSentence(row: MeasureRow): string | undefined {
  if (row.value === null || row.n === null) return undefined;
  const label = row.period_label ?? "";
  const said = {
    facts: plural(row.n, row.fact, row.facts),
    period: row.is_current ? t("measure.so-far", { period: label }) : label,
    comparison: comparison(row),
  };
  if (row.statistic === "count") return t("measure.count", said);
  if (row.statistic === "share" && row.n < SHARE_FROM)
    return t("measure.share", { ...said, hits: count(row.hits ?? 0) });
  return t("measure.value", { ...said, statistic: statisticTitle(row.statistic), value: amount(row) });
}

/** No comparison with a quarter that is not over. */
function comparison(row: MeasureRow): string {
  if (row.previous_value === null || row.is_current) return "";
  const before = amount({
    value: row.previous_value,
    unit: row.unit,
    n: row.previous_n,
    hits: row.previous_hits,
  });
  return t(COMPARISONS[row.verdict], { before, period: row.previous_label ?? "" });
}

const COMPARISONS: Names<MeasureRow["verdict"]> = {
  better: "measure.better",
  worse: "measure.worse",
  unclear: "measure.unclear",
  "too few": "measure.too-few",
  none: "measure.not-compared",
};

/** What one place says of a practice now. */
export function answerOf(place: PracticePlaceRow): string {
  if (place.state === "switched off") return t("practice.switched-off");
  if (place.state === "listed") return listedWords(place.kind);
  if (place.state === "no data") return t("practice.no-data", { connect: place.connect ?? "" });
  const period = place.period_label ?? "";
  if (place.kind !== "control") return t("practice.in-period", { said: amount(place), period });
  const counts = [
    t("counted.pass", { n: place.passed ?? 0 }),
    t("counted.fail", { n: place.failed ?? 0 }),
    t("counted.unknown", { n: place.unknown ?? 0 }),
    ...((place.exempt ?? 0) > 0 ? [t("counted.exempt", { n: place.exempt ?? 0 })] : []),
  ];
  return t("practice.in-period", { said: counts.join(", "), period });
}

function listedWords(kind: PracticePlaceRow["kind"]): string {
  if (kind === "page") return t("practice.listed-on-page");
  if (kind === "pack") return t("practice.listed-in-pack");
  return kind === "product" ? t("practice.listed-with-product") : "";
}

/** Name of the place as a person knows it. */
export function placeTitle({ kind, place, place_title: title }: PracticePlaceRow): string {
  if (kind === "control") return title === null ? place : `${place} ${title}`;
  if (kind === "metric") return metricText(place as MetricKey).title;
  if (kind === "page") return t("practice.page", { page: named(PAGES, place) });
  if (kind === "pack") return packTitle(place);
  return title ?? place;
}

/** `release: scorecard` as `Release pack: scorecard`. */
function packTitle(place: string): string {
  const [, first = "", rest = "", section] = /^(\w)(\w*): (.*)$/.exec(place) ?? [];
  return section === undefined ? place : t("practice.pack", { pack: first.toUpperCase() + rest, section });
}

const PAGES: Readonly<Record<string, MessageKey>> = {
  "index.html": "section.overview",
  "adherence.html": "section.adherence",
  "deployments.html": "section.deployments",
  "emergency.html": "page-title.emergency",
  "exemptions.html": "page-title.exemptions",
  "links.html": "page-title.links",
  "packs.html": "section.packs",
  "practices/delivery.html#rigour": "page-title.rigour",
  "practices/environments.html#environments": "page-title.environments",
  "practices/outcomes.html#experiments": "page-title.experiments",
  "practices/outcomes.html#exposure": "page-title.exposure",
  "practices/pipelines.html#changes": "page-title.pipeline-changes",
  "practices/planning.html#calendar": "page-title.calendar",
  "practices/planning.html#together": "page-title.together",
  "paths.html": "page-title.paths",
  "releases.html": "section.releases",
  "retrospectives.html": "page-title.retrospectives",
  "retrospectives.html#what-if": "page-title.what-if",
  "risk.html": "section.risk",
  "services.html": "section.services",
  "teams.html": "section.teams",
};

const STATES: Names = {
  "on time": "calendar.on-time",
  late: "calendar.late",
  overdue: "calendar.overdue",
  planned: "calendar.planned",
};

/** What became of a planned date; a window is what it is. */
export function calendarState({ state, days_late: days }: CalendarRow): string {
  if (state === "window") return "";
  if (days === null || days === 0) return named(STATES, state);
  return days > 0 ? t("calendar.days-late", { days }) : t("calendar.days-early", { days: -days });
}
