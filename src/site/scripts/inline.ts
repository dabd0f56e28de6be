import { createHash } from "node:crypto";
import charts from "./charts.js?raw";
import search from "./search.js?raw";
import tables from "./tables.js?raw";

/** A script as it stands in pages, and how their policy names it. */
export interface InlineScript {
  readonly code: string;
  readonly source: string;
}

/** Notes and indents are for us. */
function inline(code: string): InlineScript {
  const lines = code.split("\n").map((line) => line.trim());
  const short = lines.filter((line) => line !== "" && !line.startsWith("//")).join("\n");
  return { code: short, source: `'sha256-${createHash("sha256").update(short).digest("base64")}'` };
}

/** Of every page. */
export const TABLES = inline(tables);
/** Of pages with charts. */
export const CHARTS = inline(charts);
/** Of the page that searches; it asks for more scripts, which are lists. */
export const SEARCH = inline(search);
