import type { TopLevelSpec } from "vega-lite";
import { duration } from "../format.ts";
import type { StageRow } from "../rows.ts";
import type { Draw } from "./render.ts";
import { frame, rowAxis } from "./theme.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";

const ROW = 30;

/** Where the lead time goes: one bar a stage, a grey mark where it was in the period before. */
export async function stagesChart(
  now: readonly StageRow[],
  before: readonly StageRow[],
  theme: ChartTheme,
  size: ChartSize,
  draw: Draw,
): Promise<string> {
  const shown = now.filter(({ value_seconds, share }) => value_seconds !== null && share !== null);
  if (!shown.length) return "";
  const rows = shown.map((stage, row) => ({
    row,
    name: stage.stage,
    from: 0,
    value: stage.value_seconds ?? 0,
    label: `${duration(stage.value_seconds ?? 0)}  ·  ${Math.round((stage.share ?? 0) * 100)}\u202f%`,
    before: before.find((earlier) => earlier.stage === stage.stage)?.value_seconds ?? null,
    end: Math.max(
      stage.value_seconds ?? 0,
      before.find((earlier) => earlier.stage === stage.stage)?.value_seconds ?? 0,
    ),
  }));
  const specification = stagesSpecification(theme, { ...size, height: rows.length * ROW + 8 }, rows.length);
  return draw(
    specification,
    { stages: rows, before: rows.filter((row) => row.before !== null) },
    { way: "down", places: rows.map(({ value, row }) => [value, row]) },
  );
}

function stagesSpecification(theme: ChartTheme, size: ChartSize, rows: number): TopLevelSpec {
  const left = 104;
  const width = size.width - left - 110;
  const y = rowAxis(rows);
  const x = { field: "value", type: "quantitative", axis: null, scale: { zero: true, nice: false } } as const;
  const text = (more: object) =>
    ({ type: "text", fontSize: theme.fontSize, baseline: "middle", ...more }) as const;
  return {
    width,
    height: rows * ROW,
    padding: { left, right: 110, top: 4, bottom: 4 },
    ...frame(theme),
    layer: [
      {
        data: { name: "stages" },
        mark: { type: "rule", stroke: theme.accent, strokeWidth: 9 },
        encoding: { x: { ...x, field: "from" }, x2: { field: "value" }, y },
      },
      {
        data: { name: "before" },
        mark: { type: "tick", color: theme.past, thickness: 2, size: 20, orient: "vertical" },
        encoding: { x: { ...x, field: "before" }, y },
      },
      {
        data: { name: "stages" },
        mark: text({ align: "right", dx: -10, fill: theme.ink }),
        encoding: { x: { value: 0 }, y, text: { field: "name" } },
      },
      {
        data: { name: "stages" },
        mark: text({ align: "left", dx: 10, fill: theme.muted }),
        encoding: { x: { ...x, field: "end" }, y, text: { field: "label" } },
      },
    ],
  } as unknown as TopLevelSpec;
}
