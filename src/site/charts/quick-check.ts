import type { TopLevelSpec } from "vega-lite";
import { metricText } from "../metrics.ts";
import type { QuickCheckRow } from "../rows.ts";
import type { Draw } from "./render.ts";
import { frame, rowAxis, textOf } from "./theme.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";

const ROW = 34;
const TICKS = [0, 2, 4, 6, 8, 10].map((at) => ({ at, label: String(at) }));

/** Score of each metric from 0 to 10 (a dot) beside the mean of the industry (a grey mark). */
export async function quickCheckChart(
  checks: readonly QuickCheckRow[],
  theme: ChartTheme,
  size: ChartSize,
  draw: Draw,
): Promise<string> {
  const rows = checks.map((check, row) => ({
    row,
    name: metricText(check.metric).title.replace("Failed deployment recovery", "Recovery"),
    score: check.score,
    mean: check.industry_mean,
    from: check.score === null ? null : Math.min(check.score, check.industry_mean),
    to: check.score === null ? null : Math.max(check.score, check.industry_mean),
  }));
  const scored = rows.filter(({ score }) => score !== null);
  return draw(quickCheckSpecification(rows.length, theme, size), { rows, scored, ticks: TICKS }, {
    way: "down",
    places: rows.map(({ score, row }) => (score === null ? null : [score, row])),
  });
}

function quickCheckSpecification(rows: number, theme: ChartTheme, size: ChartSize): TopLevelSpec {
  const left = 176;
  const right = 20;
  const height = rows * ROW;
  const y = rowAxis(rows);
  const x = (field: string) =>
    ({ field, type: "quantitative", axis: null, scale: { domain: [0, 10] } }) as const;
  const text = textOf(theme);
  return {
    width: size.width - left - right,
    height,
    padding: { left, right, top: 4, bottom: 24 },
    ...frame(theme),
    layer: [
      {
        data: { name: "ticks" },
        mark: { type: "rule", stroke: theme.line },
        encoding: { x: x("at"), y: { value: 0 }, y2: { value: height } },
      },
      {
        data: { name: "ticks" },
        mark: text({ baseline: "top", fill: theme.muted }),
        encoding: { x: x("at"), y: { value: height + 6 }, text: { field: "label" } },
      },
      {
        data: { name: "rows" },
        mark: text({ align: "right", baseline: "middle", dx: -12, fill: theme.ink }),
        encoding: { x: { value: 0 }, y, text: { field: "name" } },
      },
      {
        data: { name: "scored" },
        mark: { type: "rule", stroke: theme.past, strokeWidth: 1 },
        encoding: { x: x("from"), x2: { field: "to" }, y },
      },
      {
        data: { name: "rows" },
        mark: { type: "tick", color: theme.past, thickness: 3, size: 18, orient: "vertical" },
        encoding: { x: x("mean"), y },
      },
      {
        data: { name: "scored" },
        mark: { type: "point", fill: theme.accent, stroke: theme.accent, size: 70, opacity: 1 },
        encoding: { x: x("score"), y },
      },
    ],
  } as unknown as TopLevelSpec;
}
