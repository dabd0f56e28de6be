import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releasePath } from "../../src/site/links.ts";
import { launchBrowser } from "../support/browser.ts";
import { buildFixture, readPages } from "./build-fixture.ts";
import { HOSTILE } from "./fixture.ts";

let folder = "";
let browser: Browser;
let server: Server;
let base = "";
let walked: string[] = [];

beforeAll(async () => {
  ({ folder } = await buildFixture());
  const paths = [...(await readPages(folder)).keys()];
  // One service's pages of rows are like all others.
  walked = paths.filter(
    (path) =>
      !/^(rows|deployments)\//.test(path) ||
      path.startsWith("deployments/payments") ||
      path.startsWith("rows/payments") ||
      /^rows\/[^/]+\.html$/.test(path),
  );
  browser = await launchBrowser();
  server = createServer((request, response) => void serve(request.url ?? "", response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}/some/where/`;
}, 90_000);

afterAll(async () => {
  await browser.close();
  server.close();
  await rm(dirname(folder), { recursive: true, force: true });
});

async function serve(url: string, response: ServerResponse): Promise<void> {
  const path = url.replace("/some/where/", "");
  const body = await readFile(join(folder, path)).catch(() => undefined);
  response.writeHead(body ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(body);
}

/** What a page complains about or asks for while it is opened. */
function watch(page: Page): { complaints: string[]; requests: string[] } {
  const seen = { complaints: [] as string[], requests: [] as string[] };
  page.on("console", (message) => seen.complaints.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => seen.complaints.push(`${page.url()}: ${error.message}`));
  page.on("request", (request) => seen.requests.push(request.url()));
  return seen;
}

describe.each(["file", "sub-path of a host"])("opened from a %s", (place) => {
  test("no page complains or asks for anything else", async () => {
    const root = place === "file" ? `${pathToFileURL(folder).href}/` : base;
    const page = await browser.newPage();
    const seen = watch(page);
    for (const path of walked) await page.goto(root + path);
    expect(seen.complaints).toEqual([]);
    expect(seen.requests.filter((url) => !url.startsWith(root) && !url.startsWith("data:"))).toEqual([]);
    expect(new Set(seen.requests.filter((url) => url.startsWith(root))).size).toBe(walked.length);
    await page.close();
  }, 120_000);
});

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const VIOLATIONS = `axe.run({ resultTypes: ["violations"] }).then(({ violations }) =>
  violations.map(({ id, impact, nodes }) => impact + " " + id + ": " + nodes[0].html.slice(0, 120)))`;

/** One of each kind of page. */
const CHECKED = [
  "index.html",
  "search.html",
  "services/payments.html",
  "services/payments/week.html",
  "services/new-thing.html",
  "definitions.html",
  "data.html",
  "restatements.html",
  "risk.html",
  "links.html",
  "rows/change-fail-rate.html",
  "rows/payments/change-lead-time/q3-2026.html",
  "services.html",
  "teams.html",
  "releases.html",
  releasePath("payments", "2026.10.1"),
  releasePath(HOSTILE, HOSTILE),
  releasePath("a".repeat(120), "1".repeat(90)),
  "deployments.html",
  "deployments/payments/2026-10.html",
  "incidents.html",
  "incidents/2026-09.html",
];

test.each([
  ["light", 1440],
  ["light", 390],
  ["dark", 1440],
] as const)(
  "nobody is shut out in %s mode at %i pixels",
  async (colorScheme, width) => {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 900 },
      bypassCSP: true,
    });
    const page = await context.newPage();
    const found: string[] = [];
    for (const path of CHECKED) {
      await page.goto(pathToFileURL(join(folder, path)).href);
      await page.addScriptTag({ path: AXE });
      found.push(...(await page.evaluate<string[]>(VIOLATIONS)).map((text) => `${path}: ${text}`));
    }
    expect(found).toEqual([]);
    await context.close();
  },
  120_000,
);

test.each([1440, 768, 390, 320])(
  "nothing is cut off at %i pixels",
  async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    for (const path of CHECKED) {
      await page.goto(pathToFileURL(join(folder, path)).href);
      expect(
        await page.evaluate("document.documentElement.scrollWidth - innerWidth"),
        path,
      ).toBeLessThanOrEqual(0);
    }
    await page.close();
  },
  60_000,
);
