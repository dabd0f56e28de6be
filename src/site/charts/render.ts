import * as vega from "vega";
import { compile } from "vega-lite";
import type { TopLevelSpec } from "vega-lite";
import { slim } from "./slim.ts";

/** Rows by the name of the data set that a specification reads. */
export type ChartData = Readonly<Record<string, readonly object[]>>;

/** Where the marks of a chart lie, in the units of its axes. */
interface Marks {
  /** Where the next mark lies: to the right, or below. */
  readonly way: "across" | "down";
  /** In the order of the rows of the table behind the chart; null where a row has no mark. */
  readonly places: readonly (readonly [x: number, y: number] | null)[];
}

// Estimated text widths are the same on every machine; measured ones depend on an installed canvas.
// The types do not know of it.
const { textMetrics } = vega as unknown as { textMetrics: { canvas(use: boolean): void } };
textMetrics.canvas(false);

const silent = vega.logger(vega.Error);
const parsed = new Map<string, vega.Runtime>();

/** Specifications hold no data, so few differ and each is compiled once. */
function runtimeOf(specification: TopLevelSpec): vega.Runtime {
  const key = JSON.stringify(specification);
  const known = parsed.get(key);
  if (known) return known;
  const runtime = vega.parse(compile(specification, { logger: silent }).spec);
  parsed.set(key, runtime);
  return runtime;
}

/** From so many marks on the line between two is so short that nobody sees half a pixel. */
const MANY = 40;

/** Draws a picture of what it is handed and nothing else. */
export type Draw = (specification: TopLevelSpec, data: ChartData, marks: Marks) => Promise<string>;

/**
 * Draws a specification with these rows as an SVG string, without a browser. The picture carries where its marks lie,
 * so that a script can tell the values of the table beside it.
 */
export async function render(specification: TopLevelSpec, data: ChartData, marks: Marks): Promise<string> {
  const view = new vega.View(runtimeOf(specification), { renderer: "none", logLevel: vega.Error });
  for (const [name, rows] of Object.entries(data))
    view.data(
      name,
      rows.map((row) => ({ ...row })),
    );
  const svg = slim(await view.toSVG(), marks.places.length > MANY ? 5 : 1);
  const places = placesOf(view, marks);
  view.finalize();
  return svg.replace("<svg ", `<svg data-${marks.way}="${places}" `);
}

/** `12,80;;52,-8`: in pixels of the picture, each from where the last mark lies, for many steps are the same. */
function placesOf(view: vega.View, { places }: Marks): string {
  const { left = 0, top = 0 } = view.padding() as { left?: number; top?: number };
  const [x, y] = ["x", "y"].map((name) => view.scale(name) as (value: number) => number);
  let last = [0, 0];
  return places
    .map((place) => {
      if (!place || !x || !y) return "";
      const here = [x(place[0]) + left, y(place[1]) + top].map(Math.round);
      const step = here.map((value, way) => value - (last[way] ?? 0));
      last = here;
      return step.join(",");
    })
    .join(";");
}
