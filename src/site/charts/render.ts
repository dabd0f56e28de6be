import * as vega from "vega";
import { compile } from "vega-lite";
import type { TopLevelSpec } from "vega-lite";

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
  const svg = slim(await view.toSVG());
  const places = placesOf(view, marks);
  view.finalize();
  return svg.replace("<svg ", `<svg data-${marks.way}="${places}" `);
}

/** `12,80;;64,72`: in pixels of the picture. */
function placesOf(view: vega.View, { places }: Marks): string {
  const { left = 0, top = 0 } = view.padding() as { left?: number; top?: number };
  const [x, y] = ["x", "y"].map((name) => view.scale(name) as (value: number) => number);
  return places
    .map((place) => (place && x && y ? [x(place[0]) + left, y(place[1]) + top].map(Math.round).join(",") : ""))
    .join(";");
}

/**
 * Takes out what a page has no use for: classes, per-mark roles, empty groups and style attributes (a
 * strict content security policy refuses those), and digits that no screen can show.
 */
export function slim(svg: string): string {
  let text = svg.replace(/<[^>]*>/g, slimTag).replace(INVISIBLE, "");
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replace(/<g(?: [^>]*)?\/>|<g(?: [^>]*)?><\/g>/g, "");
  }
  return withOneFont(text);
}

const TEXT = /<text [^>]*>/g;

/** The font of the first text stands on the picture, and all that have the same inherit it. */
function withOneFont(svg: string): string {
  const [font] = / font-family="[^"]*" font-size="[^"]*"/.exec(svg.match(TEXT)?.[0] ?? "") ?? [];
  if (font === undefined) return svg;
  return svg.replace(TEXT, (tag) => tag.replace(font, "")).replace("<svg ", `<svg${font} `);
}

/** Backgrounds that Vega draws for groups without fill or stroke, lines without paint, paths of nothing, labels that had no room. */
const INVISIBLE =
  /<text[^>]*(?:\/>|><\/text>)|<path(?![^>]* (?:fill|stroke)=)[^>]*\/?>(?:<\/path>)?|<path[^>]* d=""[^>]*\/?>(?:<\/path>)?|<line[^>]* opacity="0"[^>]*\/>/g;

function slimTag(tag: string): string {
  return tag
    .replace(/ (?:class|style|aria-[a-z]+|role|pointer-events|xmlns:xlink|version)="[^"]*"/g, "")
    .replace(/ opacity="1"/g, "")
    .replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (digits) => String(Math.round(Number(digits) * 10) / 10 || 0));
}
