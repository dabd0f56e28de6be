import { readElement, writeElement, type Element } from "./element.ts";
import { outline, runsIn, tenths } from "./outline.ts";

/** Classes and roles of marks, and style attributes, which a strict content security policy refuses. */
const NEEDLESS = new Set(["class", "style", "role", "pointer-events", "xmlns:xlink", "version"]);

/** What is so anyway. */
const DEFAULTS: Readonly<Record<string, string>> = { opacity: "1", "stroke-miterlimit": "4", "text-anchor": "start", "font-weight": "normal" };

/** What those within a group have of it, unless they say otherwise. */
const INHERITED = ["fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor", "font-weight"];

/**
 * A picture as Vega makes it, without what a page has no use for; it looks the same.
 * @param grain of lines, in tenths of a pixel
 */
export function slim(svg: string, grain = 1): string {
  const picture = readElement(svg);
  clean(picture);
  nameFontOnce(picture);
  picture.children = picture.children.flatMap((child) => slimmed(child, grain));
  return writeElement(picture);
}

function clean({ attributes, children }: Element): void {
  for (const [key, value] of attributes) {
    if (NEEDLESS.has(key) || key.startsWith("aria-") || DEFAULTS[key] === value) attributes.delete(key);
    else if (value.includes(".")) attributes.set(key, value.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (digits) => String(tenths(Number(digits)) / 10)));
  }
  for (const child of children) if (typeof child !== "string") clean(child);
}

/** The font of the first text stands on the picture, and all that have the same inherit it. */
function nameFontOnce(picture: Element): void {
  const texts = textsIn(picture);
  const [family, size] = fontOf(texts[0]);
  if (family === undefined || size === undefined) return;
  const own = [...picture.attributes];
  picture.attributes.clear();
  for (const [key, value] of [["font-family", family], ["font-size", size], ...own] as const) picture.attributes.set(key, value);
  for (const text of texts) {
    const font = fontOf(text);
    if (font[0] !== family || font[1] !== size) continue;
    text.attributes.delete("font-family");
    text.attributes.delete("font-size");
  }
}

const fontOf = (text: Element | undefined) => ["font-family", "font-size"].map((key) => text?.attributes.get(key));

const textsIn = (element: Element): Element[] =>
  element.children.filter((child) => typeof child !== "string").flatMap((child) => (child.name === "text" ? [child] : textsIn(child)));

/** What is left of an element: itself, in other words; what it holds; or nothing. */
function slimmed(element: Element | string, grain: number): (Element | string)[] {
  if (typeof element === "string") return [element];
  if (element.name === "g") return group(element, grain);
  if (isInvisible(element)) return [];
  if (element.name === "text") return [placed(element)];
  return [shape(element, grain)];
}

/** Labels that had no room, backgrounds that Vega draws for groups without paint, lines without paint or length, paths of nothing. */
function isInvisible({ name, attributes, children }: Element): boolean {
  if (name === "text") return children.length === 0;
  if (name === "line") return attributes.get("opacity") === "0" || (attributes.get("x2") === "0" && attributes.get("y2") === "0");
  return name === "path" && (!attributes.get("d") || !(attributes.has("fill") || attributes.has("stroke")));
}

const TRANSLATED = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/;

/** Where an element begins, in tenths; nothing where it is turned or stretched. */
function placeOf({ attributes }: Element): [number, number] | undefined {
  const transform = attributes.get("transform");
  if (transform === undefined) return [0, 0];
  const [, x, y] = TRANSLATED.exec(transform) ?? [];
  return x === undefined || y === undefined ? undefined : [tenths(Number(x)), tenths(Number(y))];
}

function placed(text: Element): Element {
  const place = placeOf(text);
  const { attributes } = text;
  if (place === undefined || attributes.has("x") || attributes.has("y")) return text;
  const [x, y] = place.map((value) => String(value / 10)) as [string, string];
  attributes.delete("transform");
  return { ...text, attributes: new Map([["x", x], ["y", y], ...attributes]) };
}

const CIRCLE = /^M([\d.]+),0A\1,\1,0,1,1,-[\d.]+,0A\1,\1,0,1,1,\1,0$/;

function shape(element: Element, grain: number): Element {
  const place = placeOf(element);
  if (place === undefined || element.children.length > 0) return element;
  const { transform: _, x2 = "0", y2 = "0", d, ...rest } = Object.fromEntries(element.attributes);
  const [x, y] = place;
  const made = (name: string, own: Readonly<Record<string, string>>): Element => ({ name, attributes: new Map(Object.entries({ ...own, ...rest })), children: [] });
  if (element.name === "line" && !("x1" in rest || "y1" in rest))
    return made("path", { d: outline([{ places: [[x, y], [x + tenths(Number(x2)), y + tenths(Number(y2))]] }]) });
  if (element.name !== "path" || d === undefined) return element;
  const radius = CIRCLE.exec(d)?.[1];
  if (radius !== undefined) return made("circle", { cx: String(x / 10), cy: String(y / 10), r: radius });
  const runs = runsIn(d, place, grain);
  return runs === undefined ? element : made("path", { d: outline(runs) });
}

/** Says once for all within a group what they have in common; a group that says nothing is none. */
function group(element: Element, grain: number): (Element | string)[] {
  const { attributes } = element;
  if (attributes.get("transform") === "translate(0,0)") attributes.delete("transform");
  const children = joined(element.children.flatMap((child) => slimmed(child, grain)));
  const elements = children.filter((child) => typeof child !== "string");
  const [first] = elements;
  if (first === undefined) return [];
  if (elements.length > 1)
    for (const key of INHERITED) {
      const value = first.attributes.get(key);
      if (value === undefined || elements.some((child) => child.attributes.get(key) !== value)) continue;
      attributes.set(key, value);
      for (const child of elements) child.attributes.delete(key);
    }
  return attributes.size === 0 ? children : [{ ...element, children }];
}

/** Lines side by side with the same paint are one. */
function joined(children: readonly (Element | string)[]): (Element | string)[] {
  const all: (Element | string)[] = [];
  for (const child of children) {
    const last = all.at(-1);
    if (last !== undefined && typeof last !== "string" && typeof child !== "string" && isLine(last) && isLine(child) && paintOf(last) === paintOf(child))
      last.attributes.set("d", `${last.attributes.get("d")}${child.attributes.get("d")}`);
    else all.push(child);
  }
  return all;
}

const isLine = ({ name, attributes }: Element): boolean => name === "path" && !attributes.has("fill") && !attributes.has("opacity") && !attributes.has("transform");

const paintOf = ({ attributes }: Element): string => [...attributes].filter(([key]) => key !== "d").join(" ");
