import { colours } from "../layout/theme.ts";
import type { LeadTimeRow, LeadTimeSummaryRow } from "./data.ts";
import { duration, some } from "./words.ts";

const WIDTH = 471;
const MARGIN = 14;
/** Room for the median's label above the points. */
const TOP = 26;
const LEVEL = 7;
const MOST_LEVELS = 12;

const TICKS: readonly (readonly [number, string])[] = [
  [60, "1 min"],
  [3600, "1 h"],
  [86_400, "1 d"],
  [604_800, "1 w"],
  [2_629_800, "1 month"],
  [31_557_600, "1 year"],
];

export interface Drawing {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly alt: string;
}

/** Every change as a point on a logarithmic axis of time, and their median: few enough that each can be seen. */
export function leadTimeFigure(
  rows: readonly LeadTimeRow[],
  { median_seconds: median, n }: LeadTimeSummaryRow,
): Drawing {
  const scale = logScale(rows.map(({ lead_seconds }) => lead_seconds));
  const points = stacked(rows.map(({ lead_seconds }) => scale.x(lead_seconds)));
  const axis = TOP + 8 + LEVEL * Math.max(...points.map(({ level }) => level));
  const height = axis + 22;
  const parts = [
    `<line x1="0" y1="${axis}" x2="${WIDTH}" y2="${axis}" stroke="${colours.hairline}" stroke-width="0.8"/>`,
    ...scale.ticks.map(([seconds, label]) => tick(scale.x(seconds), axis, label)),
    ...points.map(
      ({ x, level }) =>
        `<circle cx="${x}" cy="${axis - 8 - level * LEVEL}" r="3.2" fill="${colours.accent}"/>`,
    ),
    medianMark(scale.x(median), axis, median),
  ];
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${parts.join("")}</svg>`,
    width: WIDTH,
    height,
    alt: `Lead time of ${some(n, "change")} on a logarithmic axis, from ${duration(Math.min(...rows.map((row) => row.lead_seconds)))} to ${duration(Math.max(...rows.map((row) => row.lead_seconds)))}; median ${duration(median)}.`,
  };
}

function logScale(values: readonly number[]) {
  const positive = values.map((value) => Math.max(value, 60));
  const low = Math.min(...positive, 3600);
  const high = Math.max(...positive, 604_800) * 1.15;
  const span = Math.log(high / low);
  const x = (value: number) =>
    round(MARGIN + ((WIDTH - 2 * MARGIN) * Math.log(Math.max(value, low) / low)) / span);
  return { x, ticks: TICKS.filter(([value]) => value >= low && value <= high) };
}

/** Points that would cover each other are put one above the other. */
function stacked(xs: readonly number[]): { x: number; level: number }[] {
  const lastAt: number[] = [];
  return [...xs]
    .sort((a, b) => a - b)
    .map((x) => {
      const free = lastAt.findIndex((last) => x - last >= LEVEL);
      const level = free === -1 ? Math.min(lastAt.length, MOST_LEVELS - 1) : free;
      lastAt[level] = x;
      return { x, level };
    });
}

function tick(x: number, axis: number, label: string): string {
  return `<line x1="${x}" y1="${axis}" x2="${x}" y2="${axis + 4}" stroke="${colours.muted}" stroke-width="0.8"/><text x="${x}" y="${axis + 15}" font-size="8" text-anchor="middle" fill="${colours.muted}">${label}</text>`;
}

function medianMark(x: number, axis: number, median: number): string {
  const isLeft = x > WIDTH - 90;
  return `<line x1="${x}" y1="4" x2="${x}" y2="${axis}" stroke="${colours.ink}" stroke-width="0.6"/><text x="${isLeft ? x - 4 : x + 4}" y="10" font-size="8" text-anchor="${isLeft ? "end" : "start"}" fill="${colours.ink}">median ${duration(median).replace("\u202f", " ")}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
