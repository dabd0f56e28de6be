import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { practices } from "../../src/practices/practices.ts";
import { METRICS } from "../../src/site/metrics.ts";
import { queryFiles } from "../../src/warehouse/model.ts";

const files = queryFiles();
const measures = files.flatMap(({ header }) => header.measure ?? []);

const isThere = (path: string) => existsSync(join(packageRoot, path));

/** One page of each group of measures is made from the group. */
const isPage = (page: string) => isThere(`src/site/pages/${page}.astro`) || (page.startsWith("practices/") && isThere(`queries/${page}`));

/** Whether a place exists, by its kind. */
const known = {
  controls: (place: string) => files.some(({ header }) => header.control === place),
  measures: (place: string) => measures.includes(place),
  metrics: (place: string) => METRICS.some(({ key }) => key === place),
  pages: (place: string) => isPage(place.replace(/\.html(#.*)?$/, "")),
  packs: (place: string) => isThere(`reports/${place.replace(": ", "/sections/")}.ts`),
  product: isThere,
};

const modules = (catalogue: string, count: number) =>
  Array.from({ length: count * 6 }, (_, at) => `${catalogue}${Math.floor(at / 6) + 1}.${(at % 6) + 1}`);

test("both catalogues are there whole: eight modules of six and seven modules of six", () => {
  expect(practices().map(({ practice }) => practice)).toEqual([...modules("A", 8), ...modules("B", 7)]);
});

test.each(practices().map((practice) => [practice.practice, practice] as const))("%s is answered somewhere that exists", (_, practice) => {
  const kinds = Object.keys(known) as (keyof typeof known)[];
  const places = kinds.flatMap((kind) => practice[kind].map((place) => ({ kind, place })));
  expect(places).not.toEqual([]);
  expect(places.filter(({ kind, place }) => !known[kind](place))).toEqual([]);
});

test("every measure answers for a practice", () => {
  const named = new Set(practices().flatMap((practice) => practice.measures));
  expect(measures.filter((measure) => !named.has(measure))).toEqual([]);
});
