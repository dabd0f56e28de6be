import { decimal, seriesMeasure, valueOf } from "../format.ts";
import type { Clock, Measure } from "../format.ts";
import type { AnnotationRow, FigureRow } from "../rows.ts";
import { t } from "../text/message.ts";
import { periodTicks, SHORTEST, valueTicks } from "./axis.ts";
import type { Draw } from "./render.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";
import { trendSpecification } from "./trend.ts";
import type { TrendPoint } from "./trend.ts";

/** From this many points on, only those that the line cannot show are marked. */
const MANY_POINTS = 20;
/** Facts below which a median has no interval and a point is drawn hollow. */
const FEW_FACTS = 6;
/** A band may reach this many times beyond all values; further it is cut, or it would flatten the line. */
const BAND_REACH = 2;

/** One metric of one scope over its periods, oldest first. Empty without any value. */
export async function trendChart(
  figures: readonly FigureRow[],
  annotations: readonly AnnotationRow[],
  clock: Clock,
  theme: ChartTheme,
  size: ChartSize,
  draw: Draw,
): Promise<string> {
  const [first] = figures;
  if (!first || !figures.some(({ value }) => value !== null)) return "";
  const measure = seriesMeasure(figures);
  const points = trendPoints(figures, measure ? 0 : SHORTEST);
  const { low, high } = reach(points);
  const yTicks = valueTicks(
    points
      .flatMap((point) => [
        point.value,
        point.earlier,
        clamp(point.low, low, high),
        clamp(point.high, low, high),
      ])
      .filter((value) => value !== null),
    measure,
  );
  const [floor, ceiling] = [yTicks[0]?.at ?? 0, yTicks.at(-1)?.at ?? Infinity];
  const series = points.map((point) => ({
    ...point,
    low: clamp(point.low, floor, ceiling),
    high: clamp(point.high, floor, ceiling),
  }));
  return draw(trendSpecification(measure ? "linear" : "log", theme, size), {
    series,
    alone: series.filter((point) => point.isAlone && point.low !== null),
    filled: series.filter(({ dot }) => dot === "filled"),
    hollow: series.filter(({ dot }) => dot === "hollow"),
    last: lastLabel(figures, series, measure),
    lastEarlier: earlierLabel(figures, series, floor, ceiling),
    xTicks: periodTicks(figures, first.period_kind, clock),
    annotations: annotationMarks(figures, annotations),
    bounds: [{ at: 0 }, { at: Math.max(1, figures.length - 1) }],
    yTicks,
  }, {
    way: "across",
    // The table behind it begins with the newest.
    places: series.map(({ x, value }) => (value === null ? null : ([x, value] as const))).toReversed(),
  });
}

/** What the axis has to show: all values, and bands as far as they may reach. */
function reach(points: readonly TrendPoint[]): { low: number; high: number } {
  const values = points.flatMap(({ value, earlier }) => [value, earlier]).filter((value) => value !== null);
  const highest = Math.max(...values);
  return { low: Math.min(...values) / BAND_REACH, high: highest > 0 ? highest * BAND_REACH : Infinity };
}

function clamp(value: number | null, low: number, high: number): number | null {
  return value === null ? null : Math.min(Math.max(value, low), high);
}

function trendPoints(figures: readonly FigureRow[], floor: number): TrendPoint[] {
  const place = (value: number | null) => clamp(value, floor, Infinity);
  const has = (index: number) => (figures[index]?.value ?? null) !== null;
  const end = figures.findLastIndex((_, index) => has(index));
  // The past is drawn as far as there is a present to compare.
  const earlier = (x: number) => (x > end ? null : place(figures[x]?.year_earlier ?? null));
  return figures.map((figure, x) => {
    const isAlone = has(x) && !has(x - 1) && !has(x + 1);
    const isBegun = figure.role === "current";
    const isMarked = has(x) && (isAlone || figures.length <= MANY_POINTS || x === figures.length - 1);
    return {
      x,
      value: place(figure.value),
      line: isBegun ? null : place(figure.value),
      low: has(x) && !isBegun ? place(figure.interval_low) : null,
      high: has(x) && !isBegun ? place(figure.interval_high) : null,
      earlier: isBegun ? null : earlier(x),
      dot: !isMarked ? "none" : figure.n < FEW_FACTS || isBegun ? "hollow" : "filled",
      isAlone,
    };
  });
}

/** Where annotations lie: one moment is a hairline, what lasted reaches from `at` to `to`. */
function annotationMarks(figures: readonly FigureRow[], annotations: readonly AnnotationRow[]): object[] {
  return annotations.flatMap(({ is_drawn, period_start: period, happened_at, ended_at, label }) => {
    const index = figures.findIndex(({ period_start }) => period_start === period);
    if (!is_drawn || index < 0) return [];
    const at = placeInTime(figures, happened_at);
    return [{ at, to: ended_at === null ? at : placeInTime(figures, ended_at), label, isLate: index > figures.length / 2 }];
  });
}

/** The point of a period stands for its middle. */
function placeInTime(figures: readonly FigureRow[], instant: string): number {
  const time = Date.parse(instant);
  const index = Math.max(0, figures.findLastIndex(({ period_start }) => Date.parse(period_start) <= time));
  const [start, end] = [figures[index]?.period_start ?? "", figures[index]?.period_end ?? ""].map((edge) => Date.parse(edge));
  const part = (time - (start ?? 0)) / ((end ?? 1) - (start ?? 0)) - 0.5;
  return Math.min(Math.max(index + part, 0), figures.length - 1);
}

function lastLabel(
  figures: readonly FigureRow[],
  points: readonly TrendPoint[],
  measure: Measure | undefined,
): object[] {
  const at = points.findLastIndex(({ value }) => value !== null);
  const [figure, point] = [figures[at], points[at]];
  if (!figure || !point || figure.value === null) return [];
  // The axis has a measure of time already.
  const words = measure && figure.unit === "per day" ? decimal(figure.value / measure.factor) : valueOf(figure, measure);
  return [{ ...point, label: figure.role === "current" ? t("chart.so-far", { value: words }) : words }];
}

/** Names the grey line where its name would not lie on the label of the accent line. */
function earlierLabel(
  figures: readonly FigureRow[],
  points: readonly TrendPoint[],
  floor: number,
  ceiling: number,
): object[] {
  const point = points.findLast(({ line }) => line !== null);
  if (!point || point.earlier === null || figures.length < 2) return [];
  const { earlier } = point;
  const labelled = [point.value, points.findLast(({ value }) => value !== null)?.value ?? null];
  const isFar = labelled.every(
    (value) =>
      value === null ||
      (floor > 0
        ? Math.abs(Math.log(earlier / value) / Math.log(ceiling / floor))
        : Math.abs(earlier - value) / ceiling) > 0.11,
  );
  return isFar ? [{ ...point, label: t("chart.year-ago") }] : [];
}
