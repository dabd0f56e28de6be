import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
  type Color,
} from "culori";
import { globSync } from "tinyglobby";
import { describe, expect, test } from "vitest";
import { printTheme, siteTheme } from "../../src/site/charts/theme.ts";
import { withShortNames } from "../../src/site/styles/names.ts";

const css = readFileSync(join(import.meta.dirname, "../../src/site/styles/site.css"), "utf8");
const blocks = [...css.matchAll(/:root \{([^}]*)\}/g)].map(
  ([, block = ""]) =>
    Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value])) as Record<string, string>,
);
const palettes = Object.entries({ light: blocks[0], dark: blocks[1], printed: { ...blocks[0], ...blocks[2] }, "in documents": { ...printTheme } }) as [
  string,
  Record<string, string>,
][];

const SIGHTS: readonly [string, (color: Color) => Color][] = [
  ["all cones", (color) => color],
  ["protanopia", filterDeficiencyProt(1)],
  ["deuteranopia", filterDeficiencyDeuter(1)],
  ["tritanopia", filterDeficiencyTrit(1)],
];

const distance = differenceCiede2000();
const seen = (value: string | undefined, through: (color: Color) => Color) => {
  const color = parse(value ?? "");
  if (!color) throw new Error(`no colour: ${value ?? ""}`);
  return through(color);
};

test("there are three palettes on pages, with the same meanings", () => {
  expect(blocks).toHaveLength(3);
  // Paper has those of light, but for its ground and greys.
  for (const [, block] of palettes.slice(0, 3)) expect(Object.keys(block)).toEqual(Object.keys(blocks[0] ?? {}));
});

describe.each(palettes)("colours %s", (_, palette) => {
  const { paper = "" } = palette;
  const given = (names: readonly string[]) => names.filter((name) => palette[name] !== undefined);

  test("of text keep 4.5:1 to the ground, of marks 3:1", () => {
    for (const name of given(["ink", "muted", "accent", "better", "worse"]))
      expect(wcagContrast(palette[name] ?? "", paper), name).toBeGreaterThanOrEqual(4.5);
    for (const name of given(["past", "edge"])) expect(wcagContrast(palette[name] ?? "", paper), name).toBeGreaterThanOrEqual(3);
  });

  // 10 is told at a glance; what one chart or sentence sets against each other lies twice as far apart.
  test.each(SIGHTS)("are told apart with %s", (_, through) => {
    const meanings = given(["accent", "past", "better", "worse"]);
    for (const [index, one] of meanings.entries())
      for (const other of meanings.slice(index + 1)) {
        const isOpposed = (one === "accent" && other === "past") || (one === "better" && other === "worse");
        expect(distance(seen(palette[one], through), seen(palette[other], through)), `${one}, ${other}`).toBeGreaterThan(isOpposed ? 20 : 10);
      }
  });
});

test("charts use the colours of their theme and no other", () => {
  const known = new Set([...Object.values(printTheme).map(String), "none", "transparent"]);
  const drawings = globSync("*.svg", { cwd: join(import.meta.dirname, "charts") });
  expect(drawings.length).toBeGreaterThan(10);
  for (const file of drawings) {
    const svg = readFileSync(join(import.meta.dirname, "charts", file), "utf8");
    const used = [...svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour ?? "");
    expect(used.filter((colour) => !known.has(colour)), file).toEqual([]);
  }
});

test("pages name colours where they are given a meaning and nowhere else", () => {
  expect(css.replace(/:root \{[^}]*\}/g, "").match(/#[0-9a-f]{3,8}\b|rgb|hsl|oklch/gi)).toBeNull();
  const { ink, muted, line, past, accent, tint, edge, paper } = siteTheme;
  for (const colour of [ink, muted, line, past, accent, tint, edge, paper]) expect(withShortNames(Object.keys(blocks[0] ?? {}).map((name) => `--${name}`).join(" ")).split(" ")).toContain(/^var\((--\w+)\)$/.exec(colour)?.[1]);
});
