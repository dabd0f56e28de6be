import type { Charts } from "../data.ts";
import type { Clock } from "../format.ts";
import { forestChart } from "./forest.ts";
import { past, scale } from "./past.ts";
import { quickCheckChart } from "./quick-check.ts";
import { render, type Draw } from "./render.ts";
import { spark } from "./spark.ts";
import { stagesChart } from "./stages.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";
import { trendChart } from "./trend-chart.ts";
import { weekdaysChart } from "./weekdays.ts";

/** The charts of a site or document, all in one theme and size. */
export function makeCharts(clock: Clock, theme: ChartTheme, size: ChartSize, draw: Draw = render): Charts {
  return {
    trend: (figures, annotations = []) => trendChart(figures, annotations, clock, theme, size, draw),
    stages: (now, before) => stagesChart(now, before, theme, size, draw),
    weekdays: (weekdays) => weekdaysChart(weekdays, theme, size, draw),
    forest: (patterns) => forestChart(patterns, theme, size, draw),
    quickCheck: (checks) => quickCheckChart(checks, theme, size, draw),
    spark,
    past,
    scale,
  };
}
