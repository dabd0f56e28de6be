import { createHash } from "node:crypto";
import { durationUnits } from "../format.ts";
import { marks } from "../locale.ts";
import { CATALOGUE, type Catalogue } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import SHORT from "./short.json" with { type: "json" };

/** A script or style as it stands in pages, and how their policy names it. */
export interface Inline {
  readonly code: string;
  readonly source: string;
}

export interface InlineScript extends Inline {
  /** What it puts into the page that the style speaks of: `.told`, `button`. */
  readonly makes: readonly string[];
}

export const named = (code: string): Inline => ({ code, source: `'sha256-${createHash("sha256").update(code).digest("base64")}'` });

/** A script with what it says in place of `WORDS`; braces are filled in by the script. */
function inline(code: string, makes: readonly string[], words: Readonly<Record<string, unknown>> = {}): InlineScript {
  const said = JSON.stringify(words).replaceAll("<", "\\u003c");
  return { ...named(code.replace("(WORDS)", () => `(${said})`)), makes };
}

/** Made once for the words of a build, not on each of thousands of pages. */
export function oncePerCatalogue<Made>(make: () => Made): () => Made {
  const known = new WeakMap<Catalogue, Made>();
  return () => {
    const made = known.get(CATALOGUE.current) ?? make();
    known.set(CATALOGUE.current, made);
    return made;
  };
}

/** Of pages with tables. */
const tablesScript = oncePerCatalogue(() =>
  inline(SHORT.tables, ["button", "[aria-sort]", ".filter", "input", "output", "[hidden]"], {
    filter: t("table.filter"),
    filterOf: t("table.filter-of", { heading: "{heading}" }),
    filterTable: t("table.filter-it"),
    shown: t("table.rows-shown", { shown: "{shown}", rows: "{rows}" }),
    ...marks(),
    seconds: durationUnits(),
  }),
);

/** Of pages with charts: it says what tables beside them say. */
const CHARTS: InlineScript = inline(SHORT.charts, [".told", ".at", "b", "div", "dl", "dt", "dd", "[hidden]"]);

/** The scripts that a page has use for. */
export const scriptsOf = (html: string): InlineScript[] => [
  ...(html.includes("<table") ? [tablesScript()] : []),
  ...(html.includes(' class="chart"') ? [CHARTS] : []),
];

/** Of the page that searches; it asks for more scripts, which are lists. */
export const searchScript = (): InlineScript =>
  inline(SHORT.search, ["li", "a", "small", "[hidden]"], {
    alike: t("search.alike").split(";").map((group) => group.trim().split(" ")),
    looking: t("search.looking"),
    nothing: t("search.nothing-found"),
    found: t("search.found", { found: "{found}" }),
    foundMore: t("search.found-more", { found: "{found}", most: "{most}" }),
  });
