import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { globSync } from "tinyglobby";

/** All pages of a site in a folder, by path. */
export function pagesOf(folder: string): ReadonlyMap<string, string> {
  const files = globSync("**/*.html", { cwd: folder }).toSorted();
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

/** Names that tell kinds of page apart; every other part of an address is the name of something. */
const WORDS = new Set([
  ...["team", "quarter", "quarter.html", "month.html", "week.html", "year.html", "rolling.html"],
  ...["deployment-frequency", "change-lead-time", "change-fail-rate"],
  ...["failed-deployment-recovery-time", "deployment-rework-rate"],
]);

/** `services/payments.html` -> `services/*`: pages of one kind are made by one template. */
export function kindOf(path: string): string {
  const [folder = "", ...rest] = path.split("/");
  const parts = rest.map((part) =>
    WORDS.has(part) ? part : WORDS.has(part.replace(/\.html$/, "")) ? "metric" : "*",
  );
  return [folder, ...parts.map((part) => (/-(frequency|time|rate)$/.test(part) ? "metric" : part))].join("/");
}

/** The heaviest and the lightest page of each kind. */
export function oneOfEachKind(pages: ReadonlyMap<string, string>): string[] {
  const kinds = Map.groupBy([...pages.keys()], kindOf);
  const weight = (path: string) => pages.get(path)?.length ?? 0;
  return [...kinds.values()].flatMap((paths) => {
    const sorted = paths.toSorted((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1));
    return [...new Set([sorted[0] ?? "", sorted.at(-1) ?? ""])];
  });
}

const ADDRESS = /<(\w+)[^>]*?\s(?:href|src)="([^"]*)"/g;

/** Addresses that a page names, apart from those of the web. */
export function ownAddresses(html: string): string[] {
  return [...html.matchAll(ADDRESS)]
    .map(([, , address = ""]) => address.replaceAll("&#38;", "&").replaceAll("&amp;", "&"))
    .filter((address) => !/^https?:/.test(address) && address !== "data:,");
}

/** Internal links of a site that lead to no file or no anchor. */
export function brokenLinks(folder: string, pages: ReadonlyMap<string, string>): string[] {
  const files = new Set(globSync("**/*", { cwd: folder }));
  const anchors = new Map([...pages].map(([path, html]) => [path, new Set(html.match(/(?<=\sid=")[^"]*/g))]));
  const broken: string[] = [];
  for (const [path, html] of pages) {
    for (const address of new Set(ownAddresses(html))) {
      const [file = "", anchor] = address.split("#");
      const target = file === "" ? path : posix.join(posix.dirname(path), file);
      const isThere = files.has(target) && (anchor === undefined || anchors.get(target)?.has(anchor));
      if (!isThere) broken.push(`${path}: ${address}`);
    }
  }
  return broken;
}

const SCRIPT = /<script>(.*?)<\/script>/gs;

/** The scripts that stand in a page. */
export const scriptsOf = (html: string): string[] => [...html.matchAll(SCRIPT)].map(([, code = ""]) => code);

/** A page without the scripts that its own policy names by their hash; others stay, for a test to find. */
export function withoutNamedScripts(html: string): string {
  const policy = policyOf(html);
  return html.replace(SCRIPT, (script, code: string) => {
    const hash = createHash("sha256").update(code).digest("base64");
    return policy.includes(`'sha256-${hash}'`) ? "" : script;
  });
}

export const policyOf = (html: string): string =>
  (/Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&#39;", "'");

interface FoundChart {
  readonly label: string;
  /** Places of its marks, one for each row of its tables; empty where a row has none. */
  readonly marks: readonly string[];
  /** Rows of the tables behind it. */
  readonly rows: number;
}

const CHART = /<div class="chart" role="img" aria-label="([^"]*)" data-of="([^"]*)"[^>]*>\s*<svg data-(?:across|down)="([^"]*)"/g;
const TABLE = /<table[^>]* data-of="([^"]*)"[^>]*>.*?<tbody>(.*?)<\/tbody>/gs;

/** The charts of a page, each with what stands in the tables behind it. */
export function chartsOf(html: string): FoundChart[] {
  const tables = [...html.matchAll(TABLE)].map(([, of, body = ""]) => ({ of, rows: body.match(/<tr(?! class="group")/g)?.length ?? 0 }));
  const found = [...html.matchAll(CHART)].map(([, label = "", of, places = ""]) => ({
    label,
    marks: places.split(";"),
    rows: tables.filter((table) => table.of === of).reduce((sum, { rows }) => sum + rows, 0),
  }));
  const drawn = html.match(/class="chart"/g)?.length ?? 0;
  if (found.length !== drawn) throw new Error(`${drawn} charts, of which ${found.length} say where their marks are`);
  return found;
}
