import { createServer } from "node:http";
import type { Server } from "node:http";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { violationsOf } from "../support/accessibility.ts";
import { launchBrowser } from "../support/browser.ts";
import { globSync } from "tinyglobby";
import {
  chartsOf,
  kindOf,
  oneOfEachKind,
  ownAddresses,
  pagesOf,
  policyOf,
  scriptsOf,
  withoutNamedScripts,
} from "../support/site-files.ts";
import { main } from "../../src/cli/main.ts";
import { blocksOf, shortened } from "../../src/site/styles/rules.ts";
import { recordedEffects } from "../cli/effects.ts";
import { acmeSite, type AcmeSite } from "./acme-site.ts";

let site: AcmeSite;
let pages: ReadonlyMap<string, string>;
let walked: string[];
let browser: Browser;
let server: Server;
let host: string;

beforeAll(async () => {
  site = await acmeSite();
  pages = pagesOf(site.output);
  walked = oneOfEachKind(pages);
  browser = await launchBrowser();
  server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? "").replace("/some/where/", ""));
    readFile(join(site.output, path)).then(
      (body) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  host = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/some/where/`;
}, 400_000);

afterAll(async () => {
  await browser.close();
  server.close();
});

const addressOf = (path: string) => pathToFileURL(join(site.output, path)).href;

/** Opens the walked pages one after the other. */
async function walk(options: BrowserContextOptions, look: (page: Page, path: string) => Promise<void>) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const path of walked) {
    await page.goto(addressOf(path));
    await look(page, path);
  }
  await context.close();
}

// A kind of page that is new belongs into this list, so that somebody has looked at it.
const KINDS = [
  ...["adherence.html", "controls/*", "emergency.html", "exemptions.html", "frameworks/*", "paths.html"],
  ...["practices.html", "practices/*"],
  ...["data.html", "definitions.html", "definitions/*", "deployments.html", "incidents.html", "index.html", "links.html", "month.html", "packs.html"],
  ...["releases.html", "restatements.html", "risk.html", "search.html", "services.html", "teams.html", "week.html"],
  ...["deployments/*/*", "incidents/*", "releases/*/*"],
  ...["rows/metric", "rows/*/metric", "rows/*/metric/*", "rows/team/*/metric"],
  ...["services/*", "services/*/month.html", "services/*/week.html", "services/*/year.html", "services/*/rolling.html"],
  ...["teams/*", "teams/*/month.html", "teams/*/week.html", "teams/*/year.html", "teams/*/rolling.html"],
  ...["retrospectives.html", "retrospectives/*/*"],
  ...["figures/quarter.html", "figures/month.html", "figures/week.html", "figures/year.html", "figures/rolling.html"],
  ...["compare/*", "year.html", "rolling.html"],
];

test("every kind of page is walked", () => {
  expect([...new Set([...pages.keys()].map(kindOf))].toSorted()).toEqual(KINDS.toSorted());
  expect(new Set(walked.map(kindOf)).size).toBe(KINDS.length);
});

describe("all pages", () => {
  test("`publish --check` finds no fault in links, requests, policies, weight, secrets and names, and no file that it does not know", async () => {
    const effects = recordedEffects(dirname(site.audiences));
    const code = await main(["publish", "--check", site.output, "--json"], effects);
    const { findings, looked_at, not_looked_at } = JSON.parse(effects.printed.out) as Record<"findings" | "looked_at" | "not_looked_at", unknown>;
    expect(findings).toEqual([]);
    expect(code).toBe(0);
    expect(looked_at).toMatchObject({ pages: pages.size, scripts: { count: 3 } });
    // Names were looked for.
    expect(JSON.stringify(not_looked_at)).not.toContain("database");
  });

  test("no page asks for anything from elsewhere, nor holds a script but those that its policy names", () => {
    for (const [path, html] of pages) {
      expect(withoutNamedScripts(html), path).not.toMatch(
        /<script|<iframe|<object|<embed|<img|<link rel="(?!icon"|alternate")|@import|url\(/,
      );
      expect(html, path).not.toMatch(/<[^>]*\s(on[a-z]+|style)=["']/);
      expect(
        ownAddresses(html).filter((address) => /^[a-z]+:|^\/|\\/i.test(address)),
        path,
      ).toEqual([]);
    }
  });

  test("scripts are 15 KB compressed in all, lists of search 100 KB each", () => {
    const scripts = new Set([...pages.values()].flatMap(scriptsOf));
    expect(scripts.size).toBe(3);
    expect([...scripts].reduce((sum, code) => sum + gzipSync(code).length, 0)).toBeLessThan(15 * 1024);
    const lists = globSync("search/*.js", { cwd: site.output });
    expect(lists).toContain("search/change-1.js");
    expect(lists.filter((file) => gzipSync(site.read(file)).length > 100 * 1024)).toEqual([]);
  });

  test("every page has the same strict policy, with the hashes of its one style and its scripts; search may ask for its lists", () => {
    const shapes = Map.groupBy(pages.keys(), (path) => policyOf(pages.get(path) ?? "").replaceAll(/'sha256-[^']{44}'/g, "HASH"));
    const shape = (scripts: string) =>
      `default-src 'none'; script-src ${scripts}; style-src HASH; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'`;
    expect([...shapes.keys()].toSorted()).toEqual(["'none'", "HASH", "HASH HASH", "HASH 'strict-dynamic'"].map(shape).toSorted());
    expect(shapes.get(shape("HASH 'strict-dynamic'"))).toEqual(["search.html"]);
    for (const [path, html] of pages) {
      const hasTable = html.includes("<table");
      const hasChart = html.includes('class="chart"');
      expect(scriptsOf(html).length, path).toBe(Number(hasTable) + Number(hasChart) + Number(path === "search.html"));
    }
  });

  test("every chart says what it shows in one sentence and has a table with a row for each of its marks", () => {
    const found = [...pages].flatMap(([path, html]) => chartsOf(html).map((chart) => ({ path, ...chart })));
    expect(new Set(found.map(({ path }) => kindOf(path)))).toEqual(
      new Set([
        ...["index.html", "month.html", "week.html", "year.html", "rolling.html", "risk.html", "controls/*", "retrospectives/*/*"],
        ...["services", "teams"].flatMap((kind) => [`${kind}/*`, ...["month", "week", "year", "rolling"].map((period) => `${kind}/*/${period}.html`)]),
      ]),
    );
    for (const { path, label, marks, rows } of found) {
      expect(label, path).toMatch(/^[A-Z].{20,}\.$/);
      expect(marks.filter(Boolean).length, path).toBeGreaterThan(0);
      expect(rows, `${path}: ${label}`).toBeGreaterThanOrEqual(marks.length);
    }
  });

  test("ids are used once on a page", () => {
    for (const [path, html] of pages) {
      const ids = html.match(/(?<=\sid=")[^"]*/g) ?? [];
      expect(ids.length, path).toBe(new Set(ids).size);
    }
  });
});

describe.each(["file", "sub-path of a host"])("opened from a %s", (place) => {
  test("no page complains or asks for anything else", async () => {
    const root = place === "file" ? `${pathToFileURL(site.output).href}/` : host;
    const page = await browser.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("request", (request) => requests.push(request.url()));
    for (const path of walked) await page.goto(root + path);
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => url !== "data:,")).toEqual(walked.map((path) => root + path));
    await page.close();
  });
});

/** All rules of the style, by condition and selector. */
const rulesIn = (css: string) => blocksOf(css).flatMap(({ condition, rules }) => rules.flatMap(({ selectors }) => selectors.map(({ text }) => [condition, text] as const)));
const RULES = rulesIn(shortened(readFileSync(new URL("../../src/site/styles/site.css", import.meta.url), "utf8")));
/** A selector without what a page is in only now and then, and without what is made by the rule itself. */
const lasting = (selector: string) => selector.replace(/^@page /, ".").replace(/,?:(?:hover|focus-visible|focus|target)|::(?:before|after)/g, "").replace(":not()", "") || "*";
const FOUND = `(${String((selectors: string[]) => selectors.map((selector) => document.querySelector(selector) !== null))})(${JSON.stringify(RULES.map(([, selector]) => lasting(selector)))})`;

test("a reader without scripts sees the same words, and no page lacks a rule of the style that finds something in it", async () => {
  const words = new Map<string, string>();
  const lacking: string[] = [];
  await walk({}, async (page, path) => {
    words.set(path, await page.locator("body").innerText());
    const own = new Set(rulesIn(/<style>(.*?)<\/style>/s.exec(pages.get(path) ?? "")?.[1] ?? "").map(String));
    const found = await page.evaluate<boolean[]>(FOUND);
    lacking.push(...RULES.filter((rule, at) => found[at] && !own.has(String(rule))).map((rule) => `${path}: ${String(rule)}`));
  });
  expect(lacking).toEqual([]);
  await walk({ javaScriptEnabled: false }, async (page, path) => {
    // Without scripts there is no field to search in.
    if (path !== "search.html") expect(await page.locator("body").innerText(), path).toBe(words.get(path));
  });
  expect(words.get("index.html")).toContain("Acme Bank shipped to production");
});

test.each(["light", "dark"] as const)(
  "nobody is shut out in %s mode",
  async (colorScheme) => {
    const found: string[] = [];
    await walk(
      { colorScheme, bypassCSP: true, viewport: { width: 1440, height: 900 } },
      async (page, path) => {
        found.push(...(await violationsOf(page, colorScheme)).map((text) => `${path}: ${text}`));
      },
    );
    expect(found).toEqual([]);
  },
  400_000,
);

test.each([1440, 768, 390])("nothing is cut off at %i pixels", async (width) => {
  await walk({ viewport: { width, height: 900 } }, async (page, path) => {
    const beyond = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(beyond, path).toBeLessThanOrEqual(0);
  });
});
