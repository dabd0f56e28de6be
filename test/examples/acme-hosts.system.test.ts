import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { serve, type Host } from "../support/hosts.ts";
import { acmeSite, type AcmeSite } from "./acme-site.ts";

/** The bank's site in each of the places that docs/publishing tells of. */
let site: AcmeSite;
let browser: Browser;

beforeAll(async () => {
  site = await acmeSite();
  browser = await launchBrowser();
}, 400_000);
afterAll(() => browser.close());

const PLACES: readonly (readonly [string, () => Promise<Host>])[] = [
  ["a folder", () => Promise.resolve({ root: `${pathToFileURL(site.output).href}/`, close: () => undefined })],
  ["the root of a web server", () => serve(site.output, "nginx")],
  ["a path of a web server", () => serve(site.output, "nginx", "/project/")],
  ["a deep path of a web server", () => serve(site.output, "nginx", "/a/b/c/")],
  ["a bucket without index documents", () => serve(site.output, "bucket")],
  ["a folder of a bucket", () => serve(site.output, "bucket", "/builds/2026-07-01/")],
];

describe.each(PLACES)("published in %s", (_, open) => {
  let host: Host;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    host = await open();
    page = await browser.newPage();
    page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    page.on("request", (request) => asked.push(request.url()));
  });
  afterAll(async () => {
    await page.close();
    host.close();
  });

  test("a reader goes from page to page by links, sorts, and finds by search", async () => {
    await page.goto(`${host.root}index.html`);
    const lead = page.locator("#services thead th").filter({ hasText: "Lead time" });
    await lead.getByRole("button").click();
    expect(await lead.getAttribute("aria-sort")).toBe("ascending");
    await page.locator(".answers").getByRole("link", { name: "Notifications" }).click();
    await page.waitForURL(`${host.root}services/notifications.html`);
    await page.locator("#failures tbody a[href*='incidents/']").first().click();
    expect(page.url().startsWith(`${host.root}incidents/`)).toBe(true);
    await page.locator("article:target a[href*='deployments/']").first().click();
    expect(page.url().startsWith(`${host.root}deployments/`)).toBe(true);
    await page.getByRole("link", { name: "Search" }).first().click();
    await page.locator("#search input").fill("statements 2026.2.2");
    await page.locator("#found a").first().filter({ hasText: "Statements 2026.2.2" }).waitFor();
    await page.locator("#search input").press("Enter");
    await page.waitForURL(/releases\/statements\//);
    const pack = await page.locator("a[href$='pack.pdf']").first().evaluate((link) => (link as unknown as { href: string }).href);
    expect(pack).toBe(`${host.root}packs/statements-2026.2.2/pack.pdf`);
    expect(complaints).toEqual([]);
    expect(asked.filter((address) => address !== "data:," && !address.startsWith(host.root))).toEqual([]);
  });

  test("packs, data, feed and calendar are where pages say, and nothing else is", async () => {
    await page.goto(`${host.root}releases.html`);
    const feed = await page.locator("link[rel=alternate]").evaluate((link) => (link as unknown as { href: string }).href);
    expect(feed).toBe(`${host.root}releases.atom`);
    if (host.root.startsWith("file:")) return;
    const files = ["packs/statements-2026.2.2/pack.pdf", "data/services.csv", "data/changes.parquet", "data/calendar.ics", "releases.atom", "search/index.js"];
    const statuses = await Promise.all([...files, "nosuch.html", "services/"].map(async (file) => (await page.request.get(host.root + file)).status()));
    expect(statuses).toEqual([...files.map(() => 200), 404, 404]);
  });
});

test("a web server answers the site's address without its slash, without a page, and hides what begins with a dot", async () => {
  const { root, close } = await serve(site.output, "nginx", "/project/");
  const page = await browser.newPage();
  await page.goto(root.slice(0, -1));
  expect([page.url(), await page.locator("h1").count()]).toEqual([root, 1]);
  expect((await page.request.get(`${root}.quarterdeck-site`)).status()).toBe(404);
  expect((await page.request.get(`${root}releases.atom`)).headers()["content-type"]).toBe("application/atom+xml; charset=utf-8");
  await page.close();
  close();
});
