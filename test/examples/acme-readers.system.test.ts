import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { acmeSite, type AcmeSite } from "./acme-site.ts";

/** Each reader's way through the bank's site, opened from a folder, in a real browser. */
let site: AcmeSite;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  site = await acmeSite();
  browser = await launchBrowser();
}, 400_000);
afterAll(() => browser.close());

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  complaints = [];
  page.on("console", (message) => complaints.push(`${page.url()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
});
afterEach(async () => {
  expect(complaints).toEqual([]);
  await page.close();
});

const open = (path: string, asked = "") => page.goto(pathToFileURL(join(site.output, path)).href + asked);
const rowsOf = async (table: string) =>
  (await page.locator(`${table} tbody tr:visible`).allInnerTexts()).map((text) => text.replace(/\s+/g, " "));

test("a leader finds the service with most failures, and why, in three clicks", async () => {
  await open("index.html");
  const answers = page.locator(".answers");
  expect(await answers.locator("dt").allInnerTexts()).toEqual([
    "Faster?",
    "Safer?",
    "Where is the risk?",
    "Are we in control?",
  ]);
  expect(await answers.innerText()).toContain("Notifications had 10 of the 38 failures with 47 of the 387 deployments");
  await answers.getByRole("link", { name: "Notifications" }).click();
  expect(await page.locator("h1").innerText()).toBe("Notifications");
  await page.locator("#failures tbody a[href*='incidents/']").first().click();
  const incident = page.locator("article:target");
  expect(await incident.innerText()).toContain("Cause");
  await incident.locator("a[href*='deployments/notifications/']").first().click();
  expect(await page.locator("article:target").innerText()).toContain("Changes");
});

test("a leader sees what changed in sentences that lead to their rows", async () => {
  await open("index.html");
  const told = page.locator("#changed li");
  expect(await told.count()).toBeGreaterThanOrEqual(4);
  await told.filter({ hasText: /^POP-01/ }).locator("a").click();
  expect(await page.locator("h1").innerText()).toContain("Every production deployment has a change record");
});

test.each(["index.html", "month.html", "week.html", "year.html", "rolling.html"])("%s prints on one page of A4", async (path) => {
  await open(path);
  // As wide as the sheet without its margins. A line that is cut off is more than five pixels.
  await page.setViewportSize({ width: 703, height: 1000 });
  await page.emulateMedia({ media: "print" });
  const cut = "[...document.querySelectorAll('.overview *')].filter((part) => getComputedStyle(part).overflowY === 'hidden' && part.scrollHeight > part.clientHeight + 5)";
  expect(await page.evaluate(`${cut}.map((part) => part.textContent)`)).toEqual([]);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = pdf.toString("latin1");
  expect(text.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  expect(/\/MediaBox \[0 0 (\d+)[\d.]* (\d+)/.exec(text)?.slice(1)).toEqual(["594", "841"]);
});

test("from the organisation down to an incident and back up again, by links alone and with scripts off", async () => {
  const quiet = await browser.newContext({ javaScriptEnabled: false });
  const walker = await quiet.newPage();
  const follow = async (link: string, heading: RegExp) => {
    await walker.locator(link).first().click();
    expect(await walker.locator("h1").innerText()).toMatch(heading);
  };
  await walker.goto(pathToFileURL(join(site.output, "index.html")).href);
  await follow("#teams a[href='teams/core.html']", /^Core Banking$/);
  await follow("#services a[href$='services/statements.html']", /^Statements$/);
  await follow("#failures tbody a[href*='deployments/statements/']", /^Statements: deployments in /);
  // The release of a deployment that failed, and from there a deployment, a change and an incident.
  await follow("article:target h3 a[href*='releases/statements/']", /^Statements \d/);
  const release = walker.url();
  await follow("#deployments tbody th a", /^Statements: deployments in /);
  const deployment = await walker.locator("article:target").getAttribute("id");
  await walker.goto(release);
  await follow("#changes tbody th a[href*='deployments/statements/']", /^Statements: deployments in /);
  const change = walker.locator("dd:target");
  expect(await change.locator("a").first().getAttribute("href")).toBe(new URL(walker.url()).hash);
  const article = walker.locator("article:has(dd:target)");
  expect(await article.getAttribute("id")).toBe(deployment);
  await article.locator("a[href*='incidents/']").first().click();
  expect(await walker.locator("article:target").innerText()).toContain("Cause");
  // And back: incident, deployment, release, service, team, organisation.
  await follow("article:target a[href*='deployments/statements/']", /^Statements: deployments in /);
  await follow("article:target h3 a[href*='releases/statements/']", /^Statements \d/);
  await follow("nav.bar a[href$='services/statements.html']", /^Statements$/);
  await follow("nav.bar a[href$='teams/core.html']", /^Core Banking$/);
  await follow("nav.bar a[href$='index.html']", /^Delivery at Acme Bank$/);
  await quiet.close();
});

test("a leader compares a quarter with a year earlier, and the teams with each other's past", async () => {
  await open("index.html");
  expect(await page.locator("#changed").innerText()).toContain("Notifications worse: failed more often");
  await page.locator(".overview a[href='teams.html#moved']").click();
  // Worked out by hand from the table of metrics: see test/queries/reports/move.test.ts for the rule.
  expect(await rowsOf("#moved table")).toContainEqual(expect.stringMatching(/^Channels Deployment frequency .*better$/));
  await page.locator("#moved a[href='compare/q1-2026.html']").click();
  expect(await page.locator("h1").innerText()).toBe("Q1 2026 side by side");
  expect(await rowsOf("#teams table")).toHaveLength(5);
});

test("an auditor finds the pack of a given release, and what it is verified with", async () => {
  await open("index.html");
  await page.getByRole("link", { name: "Search" }).click();
  await page.locator("#search input").fill("statements 2026.2.2");
  const found = page.locator("#found a").first();
  await found.filter({ hasText: "Statements 2026.2.2" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/releases\/statements\//);
  expect(await page.locator("h1").innerText()).toContain("2026.2.2");
  expect(await page.locator("a[href$='statements-2026.2.2/pack.pdf']").count()).toBe(1);
  expect(await page.locator("a[href$='statements-2026.2.2/VERIFY.md']").count()).toBe(1);
});

test("a list that comes late leaves the keyboard at the result that was gone to", async () => {
  await open("search.html");
  await page.locator("#search input").fill("statements 2026.2.2");
  await page.locator("#found a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const chosen = await page.evaluate("document.activeElement.href");
  expect(chosen).toMatch(/releases\/statements\//);
  // As a list that is asked for 200 ms after the last key does.
  const shown = await page.locator("#found a").first().elementHandle();
  await page.evaluate("document.querySelector('#search input').dispatchEvent(new Event('input', { bubbles: true }))");
  expect(await shown.evaluate((link) => link.isConnected)).toBe(false);
  expect(await page.evaluate("document.activeElement.href")).toBe(chosen);
});

test("search finds by words and by number, newest or not, and keeps what was asked in the address", async () => {
  await open("search.html", "#aut-01");
  const first = page.locator("#found a").first();
  await first.waitFor();
  expect(await first.innerText()).toBe("AUT-01 Approved before deployment");
  const field = page.locator("#search input");
  await field.fill("#1");
  await page.locator("#found li", { hasText: /^#1 / }).first().waitFor();
  expect(await page.locator("#found small").first().innerText()).toMatch(/^change, /);
  // Of that month, in another word than the record's.
  await field.fill("outage october 2025 iban");
  await page.locator("#found a", { hasText: "IBAN checks is unavailable" }).first().waitFor();
  expect(await page.locator("#found small").first().innerText()).toMatch(/^incident, Payments, \d+ October 2025$/);
  await field.fill("nothing is called so");
  await page.locator("output", { hasText: "Nothing found" }).waitFor();
  await field.fill("");
  expect(await page.locator("#found li").count()).toBe(0);
  await field.fill("notifications");
  // Asked of the page: the browser tells of a changed address later.
  expect(await page.evaluate("location.hash")).toBe("#notifications");
  await field.press("Enter");
  await page.waitForURL(/services\/notifications\.html/);
});

test("tables sort by value, one way and the other, and filter", async () => {
  await open("index.html");
  const heads = page.locator("#services thead th");
  const lead = heads.filter({ hasText: "Lead time" });
  await lead.getByRole("button").click();
  expect(await lead.getAttribute("aria-sort")).toBe("ascending");
  const ascending = await rowsOf("#services");
  // Days before weeks, and what has no data last.
  expect(ascending[0]).toContain("Identity");
  expect(ascending.at(-2)).toMatch(/ w n = /);
  expect(ascending.at(-1)).toContain("no data");
  await lead.getByRole("button").press("Enter");
  expect(await lead.getAttribute("aria-sort")).toBe("descending");
  const descending = await rowsOf("#services");
  expect(descending.at(-1)).toContain("no data");
  expect(descending.slice(0, -1)).toEqual(ascending.slice(0, -1).toReversed());
  expect(await page.locator("#services tfoot").innerText()).toContain("All facts");
  await page.getByRole("searchbox", { name: "Filter Services" }).fill("channels");
  expect((await rowsOf("#services")).every((row) => row.includes("Channels"))).toBe(true);
  expect(await page.locator("#services output").innerText()).toMatch(/^4 of 14 rows$/);
});
