import { decimal } from "../../src/site/format.ts";
import { colours } from "../layout/theme.ts";
import type { Drawing } from "../release/lead-time-figure.ts";
import type { ControlRow } from "./data.ts";

const WIDTH = 471;
const LABEL = 52;
const RIGHT = 92;
const ROW = 12;
const TOP = 18;

type Judged = ControlRow & { readonly rate: number; readonly rate_low: number; readonly rate_high: number };

/**
 * A row a control: the rate as a mark, the interval as a bar, the counts as words. Round marks have failures, square
 * ones none. The axis begins at or below the lowest limit, so that no interval is cut.
 */
export function adherenceFigure(controls: readonly ControlRow[]): Drawing | undefined {
  const judged = controls.filter((row): row is Judged => row.rate !== null);
  if (judged.length === 0) return undefined;
  const ticks = ticksOver(judged);
  const from = ticks[0] ?? 0;
  const x = (rate: number) => round(LABEL + ((WIDTH - LABEL - RIGHT) * (rate - from)) / (1 - from));
  const height = TOP + judged.length * ROW + 4;
  const parts = [
    ...ticks.map((rate) => tick(x(rate), rate, height)),
    ...judged.map((row, index) => rowOf(row, TOP + index * ROW + ROW / 2, x)),
  ];
  const lowest = judged.reduce((low, row) => (row.rate < low.rate ? row : low));
  return {
    svg: `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">${parts.join("")}</svg>`,
    width: WIDTH,
    height,
    alt: `Adherence of ${judged.length} controls with their 95 % intervals, on an axis from ${decimal(from * 100)} to 100 %. Lowest: ${lowest.control} with ${decimal(lowest.rate * 100)} %. All numbers stand in the table before.`,
  };
}

/** Fifths of what is drawn, down to a round number at or below the lowest limit. */
function ticksOver(judged: readonly Judged[]): number[] {
  const lowest = Math.min(...judged.flatMap(({ rate, rate_low }) => [rate, rate_low]));
  const from = Math.max(0, Math.min(90, Math.floor(lowest * 10) * 10));
  return [0, 1, 2, 3, 4, 5].map((index) => (from + ((100 - from) * index) / 5) / 100);
}

function tick(x: number, rate: number, height: number): string {
  return `<line x1="${x}" y1="${TOP - 2}" x2="${x}" y2="${height}" stroke="${colours.hairline}" stroke-width="0.5"/><text x="${x}" y="${TOP - 7}" font-size="7.5" text-anchor="middle" fill="${colours.muted}">${decimal(rate * 100)} %</text>`;
}

function rowOf(row: Judged, y: number, x: (rate: number) => number): string {
  const { control, rate_low, rate_high, passed, failed, unknown } = row;
  const tone = failed > 0 ? colours.worse : colours.accent;
  const words = `${failed} fail${unknown > 0 ? `, ${unknown} unknown` : ""} of ${passed + failed + unknown}`;
  return [
    `<text x="0" y="${y + 2.7}" font-size="7.5" fill="${colours.ink}">${control.replace(/[<>&]/g, "")}</text>`,
    `<line x1="${x(rate_low)}" y1="${y}" x2="${x(rate_high)}" y2="${y}" stroke="${failed > 0 ? colours.worseTint : colours.accentTint}" stroke-width="2.6"/>`,
    mark(row, y, x, tone),
    `<text x="${WIDTH - RIGHT + 8}" y="${y + 2.7}" font-size="7.5" fill="${colours.muted}">${words}</text>`,
  ].join("");
}

function mark({ rate, failed }: Judged, y: number, x: (rate: number) => number, tone: string): string {
  const at = x(rate);
  if (failed > 0) return `<circle cx="${at}" cy="${y}" r="2.8" fill="${tone}"/>`;
  return `<rect x="${at - 2.4}" y="${y - 2.4}" width="4.8" height="4.8" fill="${tone}"/>`;
}

const round = (value: number): number => Math.round(value * 100) / 100;
