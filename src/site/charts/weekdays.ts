import type { TopLevelSpec } from "vega-lite";
import { count, percentMeasure, quantity } from "../format.ts";
import { weekdayName } from "../locale.ts";
import type { WeekdayRow } from "../rows.ts";
import { t } from "../text/message.ts";
import { evenTicks } from "./axis.ts";
import type { Draw } from "./render.ts";
import { frame, rowAxis, textOf } from "./theme.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";

const ROW = 30;
const LEFT = 92;
const RIGHT = 136;
const FOOT = 26;

/** The share of failed deployments by weekday: a point with its interval, from zero. Empty without any rate. */
export async function weekdaysChart(
  weekdays: readonly WeekdayRow[],
  theme: ChartTheme,
  size: ChartSize,
  draw: Draw,
): Promise<string> {
  const shown = weekdays.filter(({ value }) => value !== null);
  if (!shown.length) return "";
  const rows = shown.map((day, row) => ({
    row,
    name: weekdayName(day.weekday) ?? day.weekday_name,
    value: day.value ?? 0,
    low: day.interval_low ?? 0,
    high: day.interval_high ?? 0,
    label: `${quantity(day.value ?? 0, "ratio")}  ·  ${t("word.of", { part: count(day.failed), whole: count(day.n) })}`,
  }));
  const ticks = evenTicks(
    rows.map(({ high }) => high),
    percentMeasure(),
  );
  return draw(specificationOf(theme, size, rows.length), { days: rows, ticks }, {
    way: "down",
    places: weekdays.map((day) => (day.value === null ? null : [day.value, shown.indexOf(day)])),
  });
}

function specificationOf(theme: ChartTheme, { width }: ChartSize, rows: number): TopLevelSpec {
  const height = rows * ROW;
  const y = rowAxis(rows);
  const x = (field: string) =>
    ({ field, type: "quantitative", axis: null, scale: { zero: true, nice: false } }) as const;
  const text = textOf(theme);
  const data = { name: "days" };
  return {
    width: width - LEFT - RIGHT,
    height,
    padding: { left: LEFT, right: RIGHT, top: 4, bottom: FOOT },
    ...frame(theme),
    layer: [
      {
        data: { name: "ticks" },
        mark: { type: "rule", stroke: theme.line },
        encoding: { x: x("at"), y: { value: 0 }, y2: { value: height } },
      },
      {
        data: { name: "ticks" },
        mark: text({ align: "center", baseline: "top", fill: theme.muted }),
        encoding: { x: x("at"), y: { value: height + 7 }, text: { field: "label" } },
      },
      {
        data,
        mark: { type: "rule", stroke: theme.tint, strokeWidth: 9 },
        encoding: { x: x("low"), x2: { field: "high" }, y },
      },
      {
        data,
        mark: { type: "rule", stroke: theme.edge, strokeWidth: 1 },
        encoding: { x: x("low"), x2: { field: "high" }, y },
      },
      {
        data,
        mark: { type: "point", fill: theme.accent, stroke: theme.accent, size: 36, opacity: 1 },
        encoding: { x: x("value"), y },
      },
      {
        data,
        mark: text({ align: "right", baseline: "middle", dx: -10, fill: theme.ink }),
        encoding: { x: { value: 0 }, y, text: { field: "name" } },
      },
      {
        data,
        mark: text({ align: "left", baseline: "middle", dx: 12, fill: theme.muted }),
        encoding: { x: { value: width - LEFT - RIGHT }, y, text: { field: "label" } },
      },
    ],
  } as unknown as TopLevelSpec;
}
