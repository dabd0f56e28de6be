import { createServer } from "node:http";
import type { Server, ServerResponse } from "node:http";
import { readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { releasePath } from "../../src/site/links.ts";
import { slug } from "../../src/site/slug.ts";
import { violationsOf } from "../support/accessibility.ts";
import { launchBrowser } from "../support/browser.ts";
import { buildFixture, readPages } from "./build-fixture.ts";
import { fixtureRows, HOSTILE } from "./fixture.ts";

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
});

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
  });
});

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
      found.push(...(await violationsOf(page, colorScheme)).map((text) => `${path}: ${text}`));
    }
    expect(found).toEqual([]);
    await context.close();
  },
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
);

describe("a chart tells its values", () => {
  const open = async (options: Parameters<Browser["newContext"]>[0] = {}, path = "services/payments.html") => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, path)).href);
    const chart = page.locator("#change-lead-time .chart").first();
    return { context, page, chart, told: chart.locator(".told") };
  };
  const spoken = (chart: Locator) => chart.getAttribute("aria-valuetext");

  test("to keys: from the newest on, to both ends, and away with Escape", async () => {
    const { context, page, chart, told } = await open();
    expect(await told.isVisible()).toBe(false);
    await chart.focus();
    const newest = (await spoken(chart)) ?? "";
    // Period, value, interval, n and that it is not over yet, as the table behind it has them.
    expect(newest).toMatch(/^Q4 2026 \(part\); Median .+; n \d+/);
    expect((await told.innerText()).replaceAll(/\s+/g, " ")).toContain("Q4 2026 (part)");
    await page.keyboard.press("ArrowLeft");
    expect(await spoken(chart)).toMatch(/^Q3 2026; Median [\d.]+\sh; p90 .+; 95 % interval [\d.]+ to [\d.]+\sh; n \d+; .*Year before/);
    await page.keyboard.press("ArrowLeft");
    expect(await spoken(chart)).toMatch(/^Q2 2026; new owner and 1 more; Median/);
    await page.keyboard.press("Home");
    expect(await spoken(chart)).toMatch(/^Q1 2024; /);
    await page.keyboard.press("ArrowLeft");
    expect(await spoken(chart)).toMatch(/^Q1 2024; /);
    await page.keyboard.press("End");
    expect(await spoken(chart)).toBe(newest);
    await page.keyboard.press("Escape");
    expect(await told.isVisible()).toBe(false);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement === document.querySelector('#change-lead-time .chart')")).toBe(false);
    await context.close();
  });

  test("to a pointer: the nearest mark, which stays while the pointer is on what is told, until it leaves or Escape", async () => {
    const { context, page, chart, told } = await open();
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.locator("svg").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(box.x + 60, box.y + 100);
    expect(await told.innerText()).toContain("Q1 2024");
    const about = (await told.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(about.x + about.width / 2, about.y + about.height / 2, { steps: 8 });
    expect(await told.innerText()).toMatch(/Q\d 2024/);
    expect(await told.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await told.isVisible()).toBe(false);
    await page.mouse.move(box.x + 200, box.y + 20);
    expect(await told.isVisible()).toBe(true);
    await page.mouse.move(box.x + 900, box.y + 20);
    expect(await told.isVisible()).toBe(false);
    await context.close();
  });

  test("to a finger: it stays until another place is touched, and never reaches beyond a telephone", async () => {
    const { context, page, chart, told } = await open({ hasTouch: true, viewport: { width: 390, height: 844 } });
    await chart.scrollIntoViewIfNeeded();
    for (const part of [0.12, 0.5, 0.75]) {
      const box = (await chart.locator("svg").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      await page.touchscreen.tap(box.x + box.width * part, box.y + 40);
      expect(await told.isVisible()).toBe(true);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
    const days = page.locator("#weekdays .chart");
    for (const part of [0.1, 0.7]) {
      const box = (await days.locator("svg").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      await days.tap({ position: { x: box.width / 2, y: box.height * part } });
      const beyond = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      const about = (await days.locator(".told").boundingBox()) ?? { x: -1, width: 0 };
      expect([beyond, about.x >= 0, about.x + about.width <= 390]).toEqual([0, true, true]);
    }
    const { x, y } = (await page.locator("#change-lead-time h2").boundingBox()) ?? { x: 0, y: 0 };
    await page.touchscreen.tap(x + 5, y + 5);
    expect(await told.isVisible()).toBe(false);
    await context.close();
  });

  test("row by row where marks lie below one another, as the table behind has them whatever it is sorted by", async () => {
    const { context, page } = await open({}, "risk.html");
    const chart = page.locator("#tested .chart");
    await page.locator("#tested th button").first().click();
    await page.locator("#tested th button").first().click();
    await chart.focus();
    const names = [await spoken(chart)];
    await page.keyboard.press("ArrowDown");
    names.push(await spoken(chart));
    expect(names.map((text) => text?.split(";")[0])).toEqual(fixtureRows().risk.patterns.filter(({ is_drawn }) => is_drawn).map(({ name }) => name));
    await context.close();
  });

  test("hostile words as words", async () => {
    const { context, page, chart, told } = await open({}, `teams/${slug("money")}.html`);
    await chart.focus();
    for (let step = 0; step < 3 && !(await told.innerText()).includes("<img"); step += 1) await page.keyboard.press("ArrowLeft");
    expect(await told.innerText()).toContain("<img");
    expect(await page.locator(".told img").count()).toBe(0);
    await context.close();
  });

  test("nothing without scripts, where it is a picture beside its table", async () => {
    const { context, chart } = await open({ javaScriptEnabled: false });
    expect(await chart.getAttribute("role")).toBe("img");
    expect(await chart.getAttribute("tabindex")).toBeNull();
    await context.close();
  });
});
