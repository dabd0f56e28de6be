import { count, duration, figureText, plural, SHARE_FROM } from "../format.ts";
import { metricText } from "../metrics.ts";
import type { CalendarRow, MeasureRow, PracticePlaceRow } from "../practice-rows.ts";
import type { MetricKey } from "../rows.ts";

/** Groups of measures as pages name them; a folder of the organisation's own is called as it is. */
const AREAS: Readonly<Record<string, { title: string; question: string }>> = {
  delivery: { title: "Delivery shape", question: "In what shape do changes reach production?" },
  pipelines: { title: "Pipelines", question: "Where does the time of pipelines go?" },
  planning: { title: "Planning", question: "Does what is planned happen?" },
  environments: { title: "Environments", question: "Are environments used, and what they should be?" },
  afterwards: { title: "After release", question: "What becomes of a release once it is live?" },
  outcomes: { title: "Outcomes", question: "What did exposing it to users show?" },
};

export const areaTitle = (area: string): string => AREAS[area]?.title ?? area;
export const areaQuestion = (area: string): string => AREAS[area]?.question ?? `What is measured under ${area}?`;

interface Value {
  readonly value: number | null;
  readonly unit: string | null;
  readonly n: number | null;
  readonly hits?: number | null;
}

/** `3.2 d`, `12.5 %`, `1 of 3`, `6.4 MB`; empty where there is none. Only a plan can be early: its time is below zero. */
export function amount({ value, unit, n, hits = null }: Value): string {
  if (value === null || unit === null) return "";
  if (unit === "ratio" && hits !== null && n !== null && n < SHARE_FROM) return `${count(hits)} of ${count(n)}`;
  if (unit === "seconds") return value < 0 ? `\u2212${duration(-value)}` : duration(value);
  return figureText(value, unit);
}

/** `1.9 d to 3.4 d`; empty where there is none. */
export function between(unit: string, low: number | null, high: number | null): string {
  if (low === null || high === null) return "";
  return [low, high].map((value) => amount({ value, unit, n: null })).join(" to ");
}

const STATISTICS: Readonly<Record<string, string>> = {
  ...{ median: "Median", mean: "Mean", share: "Share", sum: "Sum", count: "Number" },
};
export const statisticTitle = (statistic: string): string => STATISTICS[statistic] ?? statistic;

/** What a measure says now, in one sentence; `undefined` where it has no fact. */
export function measureSentence(row: MeasureRow): string | undefined {
  if (row.value === null || row.n === null) return undefined;
  const period = `${row.period_label ?? ""}${row.is_current ? " so far" : ""}`;
  if (row.statistic === "count") return `${plural(row.n, row.fact, row.facts)} in ${period}${comparison(row)}.`;
  if (row.statistic === "share" && row.n < SHARE_FROM)
    return `${count(row.hits ?? 0)} of ${plural(row.n, row.fact, row.facts)} in ${period}${comparison(row)}.`;
  return `${statisticTitle(row.statistic)} ${amount(row)} of ${plural(row.n, row.fact, row.facts)} in ${period}${comparison(row)}.`;
}

/** No comparison with a quarter that is not over. */
function comparison(row: MeasureRow): string {
  if (row.previous_value === null || row.is_current) return "";
  const before = amount({ value: row.previous_value, unit: row.unit, n: row.previous_n, hits: row.previous_hits });
  return `, after ${before} in ${row.previous_label ?? ""}${VERDICTS[row.verdict]}`;
}

const VERDICTS = {
  ...{ better: ": better", worse: ": worse", unclear: ", which is not clear" },
  ...{ "too few": ", of too few to tell", none: "" },
};

/** What one place says of a practice now. */
export function answerOf(place: PracticePlaceRow): string {
  if (place.state === "switched off") return "switched off by configuration";
  if (place.state === "listed") return LISTED[place.kind] ?? "";
  if (place.state === "no data") return `no data: ${place.connect ?? ""}`;
  if (place.kind !== "control") return `${amount(place)} in ${place.period_label ?? ""}`;
  const counts = [
    `${count(place.passed ?? 0)} pass`,
    `${count(place.failed ?? 0)} fail`,
    `${count(place.unknown ?? 0)} unknown`,
    ...((place.exempt ?? 0) > 0 ? [`${count(place.exempt ?? 0)} exempt`] : []),
  ];
  return `${counts.join(", ")} in ${place.period_label ?? ""}`;
}

const LISTED: Readonly<Record<string, string>> = {
  ...{ page: "listed there", pack: "in the pack", product: "documented with the product" },
};

/** Name of the place as a person knows it. */
export function placeTitle({ kind, place, place_title: title }: PracticePlaceRow): string {
  if (kind === "control") return title === null ? place : `${place} ${title}`;
  if (kind === "metric") return metricText(place as MetricKey).title;
  if (kind === "page") return `Page ${PAGES[place] ?? place}`;
  if (kind === "pack") return place.replace(/^(\w)(\w*): (.*)$/, (_, first: string, rest: string, section: string) => `${first.toUpperCase()}${rest} pack: ${section}`);
  return title ?? place;
}

const PAGES: Readonly<Record<string, string>> = {
  "index.html": "Overview",
  "adherence.html": "Adherence",
  "deployments.html": "Deployments",
  "emergency.html": "Emergency changes",
  "exemptions.html": "Exemptions",
  "links.html": "Incident links",
  "packs.html": "Packs",
  "practices/delivery.html#rigour": "Rigour against speed",
  "practices/environments.html#environments": "Environments",
  "practices/outcomes.html#experiments": "Experiments",
  "practices/outcomes.html#exposure": "Exposure of features",
  "practices/pipelines.html#changes": "Before and after a change of a pipeline",
  "practices/planning.html#calendar": "Calendar",
  "practices/planning.html#together": "Released together at a peak",
  "paths.html": "Paths",
  "releases.html": "Releases",
  "retrospectives.html": "Retrospectives",
  "retrospectives.html#what-if": "What another rule would have done",
  "risk.html": "Risk",
  "services.html": "Services",
  "teams.html": "Teams",
};


/** What became of a planned date; a window is what it is. */
export function calendarState({ state, days_late: days }: CalendarRow): string {
  if (state === "window") return "";
  if (days === null || days === 0) return state;
  return days > 0 ? `${plural(days, "day", "days")} late` : `${plural(-days, "day", "days")} early`;
}
