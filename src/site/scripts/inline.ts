import { createHash } from "node:crypto";
import charts from "./charts.js?raw";
import { durationUnits } from "../format.ts";
import { marks } from "../locale.ts";
import { CATALOGUE, type Catalogue } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import search from "./search.js?raw";
import tables from "./tables.js?raw";

/** A script or style as it stands in pages, and how their policy names it. */
export interface InlineScript {
  readonly code: string;
  readonly source: string;
}

export const named = (code: string): InlineScript => ({ code, source: `'sha256-${createHash("sha256").update(code).digest("base64")}'` });

/** Notes and indents are for us. */
function short(code: string): string {
  const lines = code.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("//")).join("\n");
}

/** A script with what it says in place of `WORDS`; braces are filled in by the script. */
function inline(code: string, words: Readonly<Record<string, unknown>> = {}): InlineScript {
  const said = JSON.stringify(words).replaceAll("<", "\\u003c");
  return named(code.replace("(WORDS)", () => `(${said})`));
}

const [TABLES, SEARCH] = [short(tables), short(search)];

/** Made once for the words of a build, not on each of thousands of pages. */
function oncePerCatalogue(make: () => InlineScript): () => InlineScript {
  const made = new WeakMap<Catalogue, InlineScript>();
  return () => {
    const script = made.get(CATALOGUE.current) ?? make();
    made.set(CATALOGUE.current, script);
    return script;
  };
}

/** Of every page. */
export const tablesScript = oncePerCatalogue(() =>
  inline(TABLES, {
    filter: t("table.filter"),
    filterOf: t("table.filter-of", { heading: "{heading}" }),
    filterTable: t("table.filter-it"),
    shown: t("table.rows-shown", { shown: "{shown}", rows: "{rows}" }),
    ...marks(),
    seconds: durationUnits(),
  }),
);

/** Of pages with charts: it says what tables beside them say. */
export const CHARTS: InlineScript = inline(short(charts));

/** Of the page that searches; it asks for more scripts, which are lists. */
export const searchScript = (): InlineScript =>
  inline(SEARCH, {
    alike: t("search.alike").split(";").map((group) => group.trim().split(" ")),
    looking: t("search.looking"),
    nothing: t("search.nothing-found"),
    found: t("search.found", { found: "{found}" }),
    foundMore: t("search.found-more", { found: "{found}", most: "{most}" }),
  });
