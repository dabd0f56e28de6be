import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { z } from "zod";
import { parseConfig } from "../config/load.ts";
import { packageRoot } from "../package-root.ts";

const text = z.string().regex(/^\S[^\p{Cc}]*$/u, "expected one line of text");

/** Where a practice is answered: at least one place, of any kind. */
const practice = z
  .strictObject({
    title: text.max(120),
    controls: z.array(text).default([]),
    /** Of queries/practices. */
    measures: z.array(text).default([]),
    /** Of the five metrics. */
    metrics: z.array(text).default([]),
    /** Addresses of pages, with an anchor where only a part of the page answers. */
    pages: z.array(text).default([]),
    /** `<pack>: <title of a section>`. */
    packs: z.array(text).default([]),
    /** Documents of the product, for what it is rather than reports. */
    product: z.array(text).default([]),
    /** What of the practice nobody can report on, and why. */
    out_of_scope: text.optional(),
  })
  .refine(
    ({ controls, measures, metrics, pages, packs, product }) =>
      [controls, measures, metrics, pages, packs, product].some(({ length }) => length > 0),
    "expected at least one place that answers for the practice",
  );

const schema = z.strictObject({
  modules: z.record(
    z.string().regex(/^[AB][1-9]$/),
    z.strictObject({ title: text.max(60), practices: z.record(z.string().regex(/^[AB][1-9]\.[1-9]$/), practice) }),
  ),
});

export interface Practice extends z.output<typeof practice> {
  readonly practice: string;
  readonly module: string;
  readonly module_title: string;
}

let supplied: readonly Practice[] | undefined;

/** The practices of release management that the product answers for, in their order. */
export const practices = (): readonly Practice[] =>
  (supplied ??= globSync("*.yaml", { cwd: join(packageRoot, "practices"), expandDirectories: false })
    .sort()
    .flatMap(practicesOf));

function practicesOf(file: string): Practice[] {
  const shownAs = join("practices", file);
  const { modules } = parseConfig(readFileSync(join(packageRoot, shownAs), "utf8"), shownAs, schema, undefined);
  return Object.entries(modules).flatMap(([module, { title, practices: listed }]) =>
    Object.entries(listed).map(([id, rest]) => ({ practice: id, module, module_title: title, ...rest })),
  );
}

/** As raw.control_catalogue keeps them. */
export const practiceEntries = (): object[] =>
  practices().map((entry, index) => ({
    practice: entry.practice,
    position: index + 1,
    module: entry.module,
    module_title: entry.module_title,
    title: entry.title,
    out_of_scope: entry.out_of_scope ?? null,
    places: placesOf(entry),
  }));

const KINDS = [
  ["control", "controls"],
  ["measure", "measures"],
  ["metric", "metrics"],
  ["page", "pages"],
  ["pack", "packs"],
  ["product", "product"],
] as const;

const placesOf = (entry: Practice) => KINDS.flatMap(([kind, list]) => entry[list].map((place) => ({ kind, place })));
