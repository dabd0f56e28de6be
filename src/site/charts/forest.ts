import type { TopLevelSpec } from "vega-lite";
import { decimal } from "../format.ts";
import type { RiskPatternRow } from "../rows.ts";
import type { Draw } from "./render.ts";
import { frame, rowAxis, textOf } from "./theme.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";

const ROW = 26;
const LEFT = 236;
const RIGHT = 110;
/** Room for a name as widths are estimated, which is half as much again as they are. */
const NAME = 340;
const FOOT = 26;
/** Intervals that reach further are cut there: what lies beyond is too uncertain to be drawn to scale. */
const FROM = 0.25;
const TO = 8;
const TICKS = [FROM, 0.5, 1, 2, 4, TO].map((at) => ({ at, label: at < 1 ? `1/${1 / at}` : String(at) }));

/** Relative risks with their intervals beside the line of no difference, on a scale of factors. Empty without any. */
export async function forestChart(
  patterns: readonly RiskPatternRow[],
  theme: ChartTheme,
  size: ChartSize,
  draw: Draw,
): Promise<string> {
  const drawn = patterns.filter(({ is_drawn }) => is_drawn);
  if (!drawn.length) return "";
  const rows = drawn.map((pattern, row) => ({ row, name: pattern.name, ...drawnFrom(pattern) }));
  const [found, others] = [true, false].map((isFound) =>
    rows.filter((_, row) => (drawn[row]?.verdict === "found") === isFound),
  );
  return draw(
    specificationOf(theme, { ...size, width: 680 }, rows.length),
    { rows, found: found ?? [], others: others ?? [], ticks: TICKS, even: [{ at: 1 }] },
    { way: "down", places: patterns.map((pattern) => placeOf(rows[drawn.indexOf(pattern)])) },
  );
}

const placeOf = (row: { value: number; row: number } | undefined) => (row ? ([row.value, row.row] as const) : null);

const within = (value: number) => Math.min(TO, Math.max(FROM, value));

function drawnFrom({ adjusted_risk, adjusted_low, adjusted_high }: RiskPatternRow) {
  const [risk, low, high] = [adjusted_risk ?? 1, adjusted_low ?? 1, adjusted_high ?? 1];
  return {
    value: within(risk),
    low: within(low),
    high: within(high),
    label: `${decimal(risk)}  (${decimal(low)} to ${decimal(high)})`,
  };
}

function specificationOf(theme: ChartTheme, { width }: ChartSize, rows: number): TopLevelSpec {
  const height = rows * ROW;
  const y = rowAxis(rows);
  const x = (field: string) =>
    ({
      field,
      type: "quantitative",
      axis: null,
      scale: { type: "log", domain: [FROM, TO], nice: false },
    }) as const;
  const text = textOf(theme);
  const point = (fill: string) => ({ type: "point", fill, stroke: fill, size: 42, opacity: 1 }) as const;
  const rule = (data: string, stroke: string) =>
    ({
      data: { name: data },
      mark: { type: "rule", stroke },
      encoding: { x: x("at"), y: { value: 0 }, y2: { value: height } },
    }) as const;
  // What was found stands out by its weight too, for those who do not tell the colours apart.
  const name = (data: string, fontWeight: string) => ({
    data: { name: data },
    mark: text({ align: "right", baseline: "middle", dx: -10, limit: NAME, fill: theme.ink, fontWeight }),
    encoding: { x: { value: 0 }, y, text: { field: "name" } },
  });
  return {
    width: width - LEFT - RIGHT,
    height,
    padding: { left: LEFT, right: RIGHT, top: 4, bottom: FOOT },
    ...frame(theme),
    layer: [
      rule("ticks", theme.line),
      rule("even", theme.muted),
      {
        data: { name: "ticks" },
        mark: text({ align: "center", baseline: "top", fill: theme.muted }),
        encoding: { x: x("at"), y: { value: height + 7 }, text: { field: "label" } },
      },
      {
        data: { name: "rows" },
        mark: { type: "rule", stroke: theme.past, strokeWidth: 2 },
        encoding: { x: x("low"), x2: { field: "high" }, y },
      },
      {
        data: { name: "found" },
        mark: { type: "rule", stroke: theme.accent, strokeWidth: 3 },
        encoding: { x: x("low"), x2: { field: "high" }, y },
      },
      { data: { name: "rows" }, mark: point(theme.past), encoding: { x: x("value"), y } },
      { data: { name: "found" }, mark: point(theme.accent), encoding: { x: x("value"), y } },
      name("others", "normal"),
      name("found", "bold"),
      {
        data: { name: "rows" },
        mark: text({ align: "left", baseline: "middle", dx: 10, fill: theme.muted }),
        encoding: { x: { value: width - LEFT - RIGHT }, y, text: { field: "label" } },
      },
    ],
  } as unknown as TopLevelSpec;
}
