import type { Banded } from "../data.ts";
import { drawable, outline, tenths } from "./outline.ts";

const WIDTH = 200;
const HEIGHT = 48;
const EDGE = 4;
/** A band may reach this many times beyond all values; further it is cut, or it would flatten the line. */
const REACH = 1.6;
const MANY = 40;

/**
 * A small chart of a figure over its own past: line, band of its intervals, the period before as a grey dot and the
 * latest as one of the accent. The words beside it say the numbers. Empty below two values.
 */
export function past(figures: readonly Banded[]): string {
  const isLog = figures[0]?.unit === "seconds";
  const known = figures.map(({ value }) => value).filter((value) => value !== null);
  if (known.length < 2) return "";
  const scaled = (value: number) => (isLog ? Math.log(Math.max(60, value)) : value);
  const highest = Math.max(...known);
  const low = isLog ? scaled(Math.min(...known) / REACH) : 0;
  const high = scaled(highest > 0 ? highest * REACH : 1);
  // In equal steps: what repeats weighs little.
  const step = Math.floor(((WIDTH - 2 * EDGE) * 10) / Math.max(1, figures.length - 1)) / 10;
  const x = (index: number) => Math.round((EDGE + index * step) * 10) / 10;
  const y = (value: number) =>
    roundTo(HEIGHT - EDGE - ((Math.min(Math.max(scaled(value), low), high) - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE), figures);
  const place = (at: number, value: number | null | undefined) => [tenths(x(at)), tenths(y(value ?? 0))] as const;
  const line = outline(runsOf(figures, hasValue).map((run) => ({ places: drawable(run.map((at) => place(at, figures[at]?.value))) })));
  const bands = runsOf(figures, hasBand)
    .filter((run) => run.length > 1)
    .map((run) => {
      const upper = run.map((at) => place(at, figures[at]?.interval_high));
      const lower = run.toReversed().map((at) => place(at, figures[at]?.interval_low));
      return { places: [...upper, ...lower], isClosed: true };
    });
  const band = outline(bands);
  const dots = [...figures.keys()].filter((at) => figures[at]?.value !== null).slice(-2);
  const circles = dots.map(
    (at, place) =>
      `<circle${place === dots.length - 1 ? "" : ' class="before"'} cx="${x(at)}" cy="${y(figures[at]?.value ?? 0)}" r="${place === dots.length - 1 ? 3 : 2.5}"/>`,
  );
  return `<svg class="past" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true">${band && `<path class="band" d="${band}"/>`}<path d="${line}"/>${circles.join("")}</svg>`;
}

/** Of a line of a finger's width nobody sees finer steps: half a pixel, or one where there are many. */
const roundTo = (value: number, figures: readonly unknown[]) => (figures.length > MANY ? Math.round(value) : Math.round(value * 2) / 2);

/** Places of neighbouring figures that have it: gaps are gaps. */
function runsOf(figures: readonly Banded[], has: (figure: Banded) => boolean): number[][] {
  const runs: number[][] = [];
  figures.forEach((figure, at) => {
    if (!has(figure)) return;
    const last = runs.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else runs.push([at]);
  });
  return runs;
}

const hasValue = ({ value }: Banded) => value !== null;
const hasBand = ({ value, interval_low: low, interval_high: high }: Banded) =>
  value !== null && low !== null && high !== null;

/** Where a score from 0 to 10 lies beside the mean of others: a dot and a grey mark. */
export function scale(score: number, mean: number): string {
  const at = (value: number) => Math.round(EDGE + (Math.min(Math.max(value, 0), 10) / 10) * (WIDTH - 2 * EDGE));
  return `<svg class="past" viewBox="0 0 ${WIDTH} 12" aria-hidden="true"><path class="axis" d="M${EDGE} 6H${WIDTH - EDGE}"/><path class="mean" d="M${at(mean)} 1V11"/><circle cx="${at(score)}" cy="6" r="3.5"/></svg>`;
}
