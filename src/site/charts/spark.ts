import type { Drawn } from "../data.ts";
import { drawable, outline, tenths } from "./outline.ts";

const WIDTH = 64;
const HEIGHT = 18;
const EDGE = 3;

/** A word-sized line of a metric for a table cell; the figure beside it says the number. */
export function spark(figures: readonly Drawn[]): string {
  const values = figures.map(({ value, unit }) =>
    value === null ? null : unit === "seconds" ? Math.log(Math.max(60, value)) : value,
  );
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const isLog = figures[0]?.unit === "seconds";
  const [low, high] = [isLog ? Math.min(...known) : 0, Math.max(...known)];
  const x = (index: number) =>
    Math.round(EDGE + (index * (WIDTH - 2 * EDGE)) / Math.max(1, values.length - 1));
  const y = (value: number) =>
    Math.round(HEIGHT - EDGE - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * EDGE));
  const runs: (readonly [number, number])[][] = [];
  values.forEach((value, index) => {
    if (value === null) return;
    if (index === 0 || values[index - 1] === null) runs.push([]);
    runs.at(-1)?.push([tenths(x(index)), tenths(y(value))]);
  });
  const path = outline(runs.map((places) => ({ places: drawable(places) })));
  const last = values.findLastIndex((value) => value !== null);
  const dot = `<circle cx="${x(last)}" cy="${y(values[last] ?? 0)}" r="2"/>`;
  return `<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" aria-hidden="true"><path d="${path}"/>${dot}</svg>`;
}
