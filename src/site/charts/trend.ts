import type { TopLevelSpec } from "vega-lite";
import { frame } from "./theme.ts";
import type { ChartSize, ChartTheme } from "./theme.ts";

/** One period of a series. `value` null = no data: the line breaks there. */
export interface TrendPoint {
  readonly x: number;
  readonly value: number | null;
  /** The value where the line goes: not to a period that has just begun. */
  readonly line: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The same period a year earlier. */
  readonly earlier: number | null;
  /** How the point itself is drawn: few facts = hollow, many = filled, or only the line. */
  readonly dot: "hollow" | "filled" | "none";
  /** No neighbour has a value, so that a line or ribbon could not show it. */
  readonly isAlone: boolean;
}

export interface Tick {
  readonly at: number;
  readonly label: string;
}

type Scale = "log" | "linear";
type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Height of the stroke at the top that says how long something lasted. */
const LASTED = 3;
const BREAK = "break-paths-filter-domains";

/**
 * A metric over time. Everything that differs between two trends is data, axes too: so the
 * specification is compiled once, and no text of a source can become an expression.
 */
export function trendSpecification(scale: Scale, theme: ChartTheme, size: ChartSize): TopLevelSpec {
  const x = {
    field: "x",
    type: "quantitative",
    axis: null,
    scale: { zero: false, nice: false, padding: 4 },
  } as const;
  const y = (field: string) =>
    ({ field, type: "quantitative", axis: null, scale: valueScale(scale) }) as const;
  const layers: Layer[] = [
    ...horizontalAxis(theme, size),
    ...verticalAxis(theme, size, scale),
    {
      data: { name: "series" },
      mark: { type: "area", fill: theme.tint, stroke: theme.edge, strokeWidth: 0.5, invalid: BREAK },
      encoding: { x, y: y("low"), y2: { field: "high" } },
    },
    {
      data: { name: "alone" },
      mark: { type: "rule", stroke: theme.tint, strokeWidth: 5 },
      encoding: { x, y: y("low"), y2: { field: "high" } },
    },
    {
      data: { name: "alone" },
      mark: { type: "rule", stroke: theme.edge, strokeWidth: 1 },
      encoding: { x, y: y("low"), y2: { field: "high" } },
    },
    {
      data: { name: "series" },
      mark: { type: "line", stroke: theme.past, strokeWidth: 1, invalid: BREAK },
      encoding: { x, y: y("earlier") },
    },
    {
      data: { name: "series" },
      mark: { type: "line", stroke: theme.accent, strokeWidth: 2, invalid: BREAK },
      encoding: { x, y: y("line") },
    },
    ...annotationLayers(theme, size),
    dots("filled", theme.accent, theme, x, y("value")),
    dots("hollow", theme.paper, theme, x, y("value")),
    lastLabel(theme, x, y("value")),
    pastLabel(theme, x, y("earlier")),
  ];
  return {
    width: size.width - size.left - size.right,
    height: size.height - size.top - size.bottom,
    padding: { left: size.left, right: size.right, top: size.top, bottom: size.bottom },
    ...frame(theme),
    layer: layers,
  };
}

type Encoding = NonNullable<Extract<Layer, { mark: unknown }>["encoding"]>;

function dots(name: string, fill: string, theme: ChartTheme, x: Encoding["x"], y: Encoding["y"]): Layer {
  const mark = { type: "point", fill, stroke: theme.accent, strokeWidth: 1.5, size: 26, opacity: 1 } as const;
  return { data: { name }, mark, encoding: { x, y } as Encoding };
}

function valueScale(type: Scale) {
  return type === "log" ? ({ type, nice: false } as const) : ({ type, nice: false, zero: true } as const);
}

function text(theme: ChartTheme, more: object): Extract<Layer, { mark: unknown }>["mark"] {
  return { type: "text", fontSize: theme.fontSize, ...more } as never;
}

function lastLabel(theme: ChartTheme, x: Encoding["x"], y: Encoding["y"]): Layer {
  const mark = text(theme, { align: "left", dx: 8, baseline: "middle", fill: theme.accent, fontWeight: 600 });
  return { data: { name: "last" }, mark, encoding: { x, y, text: { field: "label" } } as Encoding };
}

function pastLabel(theme: ChartTheme, x: Encoding["x"], y: Encoding["y"]): Layer {
  const mark = text(theme, { align: "left", dx: 8, baseline: "middle", fill: theme.muted });
  return { data: { name: "lastEarlier" }, mark, encoding: { x, y, text: { field: "label" } } as Encoding };
}

/** A hairline with a word, on the side of it that has room, and a stroke as long as it lasted. */
function annotationLayers(theme: ChartTheme, size: ChartSize): Layer[] {
  const x = { field: "at", type: "quantitative", axis: null } as const;
  const bottom = size.height - size.top - size.bottom;
  const word = (align: "left" | "right", filter: string): Layer => ({
    data: { name: "annotations" },
    transform: [{ filter }],
    mark: text(theme, { align, baseline: "alphabetic", dx: align === "left" ? 4 : -4, fill: theme.muted }),
    encoding: { x, y: { value: -3 }, text: { field: "label" } },
  });
  return [
    {
      data: { name: "annotations" },
      mark: { type: "rule", stroke: theme.muted, strokeWidth: LASTED },
      encoding: { x, x2: { field: "to" }, y: { value: 3 } },
    },
    {
      data: { name: "annotations" },
      mark: { type: "rule", stroke: theme.muted, strokeDash: [2, 2] },
      encoding: { x, y: { value: -11 }, y2: { value: bottom } },
    },
    word("left", "!datum.isLate"),
    word("right", "datum.isLate"),
  ];
}

function horizontalAxis(theme: ChartTheme, size: ChartSize): Layer[] {
  const x = { field: "at", type: "quantitative", axis: null } as const;
  const bottom = size.height - size.top - size.bottom;
  return [
    {
      data: { name: "bounds" },
      mark: { type: "rule", opacity: 0 },
      encoding: { x, y: { value: bottom }, y2: { value: bottom } },
    },
    {
      data: { name: "xTicks" },
      mark: { type: "rule", stroke: theme.line },
      encoding: { x, y: { value: bottom }, y2: { value: bottom + 5 } },
    },
    {
      data: { name: "xTicks" },
      mark: text(theme, { align: "center", baseline: "top", fill: theme.muted }),
      encoding: { x, y: { value: bottom + 9 }, text: { field: "label" } },
    },
  ];
}

function verticalAxis(theme: ChartTheme, size: ChartSize, scale: Scale): Layer[] {
  const y = { field: "at", type: "quantitative", axis: null, scale: valueScale(scale) } as const;
  const right = size.width - size.left - size.right;
  return [
    {
      data: { name: "yTicks" },
      mark: { type: "rule", stroke: theme.line },
      encoding: { y, x: { value: 0 }, x2: { value: right } },
    },
    {
      data: { name: "yTicks" },
      mark: text(theme, { align: "right", baseline: "middle", dx: -8, fill: theme.muted }),
      encoding: { y, x: { value: 0 }, text: { field: "label" } },
    },
  ];
}
