import type { Charts } from "../data.ts";
import type { Clock } from "../format.ts";
import { forestChart } from "./forest.ts";
import { past, scale } from "./past.ts";
import { quickCheckChart } from "./quick-check.ts";
import { spark } from "./spark.ts";
import { stagesChart } from "./stages.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";
import { trendChart } from "./trend-chart.ts";
import { weekdaysChart } from "./weekdays.ts";

/** The charts of a site or document, all in one theme and size. */
export function makeCharts(clock: Clock, theme: ChartTheme, size: ChartSize): Charts {
  return {
    trend: (figures, annotations = []) => trendChart(figures, annotations, clock, theme, size),
    stages: (now, before) => stagesChart(now, before, theme, size),
    weekdays: (weekdays) => weekdaysChart(weekdays, theme, size),
    forest: (patterns) => forestChart(patterns, theme, size),
    quickCheck: (checks) => quickCheckChart(checks, theme, size),
    spark,
    past,
    scale,
  };
}
