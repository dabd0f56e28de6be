import { propertyOf } from "../styles/names.ts";

/** Colours and type of a chart. The site hands in CSS variables, PDFs literal colours. */
export interface ChartTheme {
  readonly name: string;
  readonly ink: string;
  readonly muted: string;
  /** Scaffolding: axes and their ticks, which say nothing by themselves. */
  readonly line: string;
  /** What was before, and others: a year earlier, the mean of an industry, what stands out in nothing. */
  readonly past: string;
  /** What the chart is about, now. */
  readonly accent: string;
  /** A 95 % interval, and its edge, which those see who do not see the tint. */
  readonly tint: string;
  readonly edge: string;
  readonly paper: string;
  /** Left out: the page's own font is inherited. */
  readonly font?: string;
  readonly fontSize: number;
}

export const siteTheme: ChartTheme = {
  name: "site",
  ink: propertyOf("ink"),
  muted: propertyOf("muted"),
  line: propertyOf("line"),
  past: propertyOf("past"),
  accent: propertyOf("accent"),
  tint: propertyOf("tint"),
  edge: propertyOf("edge"),
  paper: propertyOf("paper"),
  fontSize: 13,
};

export const printTheme: ChartTheme = {
  name: "print",
  ink: "#1c1b19",
  muted: "#5f5c55",
  line: "#d8d4c9",
  past: "#8c877c",
  accent: "#6b2d5c",
  tint: "#e9dce5",
  edge: "#a5809b",
  paper: "#ffffff",
  font: "Source Sans 3",
  fontSize: 9,
};

/** What all charts have in common: no ground of their own, and room only where they ask for it. */
export const frame = (theme: ChartTheme) =>
  ({
    autosize: { type: "none" },
    background: "transparent",
    config: { view: { stroke: null }, aria: false, ...(theme.font ? { font: theme.font } : {}) },
  }) as const;

/** A text of the theme's size. */
export const textOf =
  (theme: ChartTheme) =>
  (more: object) =>
    ({ type: "text", fontSize: theme.fontSize, ...more }) as const;

/** The axis of charts with a line of text for each row, the first on top. */
export const rowAxis = (rows: number) =>
  ({
    field: "row",
    type: "quantitative",
    axis: null,
    scale: { domain: [-0.5, rows - 0.5], reverse: true, zero: false },
  }) as const;

/** Outer size in pixels and the room that labels take inside it. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const siteSize: ChartSize = { width: 480, height: 204, left: 52, right: 108, top: 16, bottom: 28 };
