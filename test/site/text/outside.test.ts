import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saying } from "../../../src/site/build.ts";
import type { SiteRows } from "../../../src/site/data.ts";
import { localeFor } from "../../../src/site/locale.ts";
import { ENGLISH, type MessageKey } from "../../../src/site/text/catalogue.ts";
import { launchBrowser } from "../../support/browser.ts";
import { marked, outsideMarks, textsIn } from "../../support/outside-marks.ts";
import { buildFixture, readPages } from "../build-fixture.ts";
import { fixtureRows, readers } from "../fixture.ts";
import { PACKS } from "../fixture/packs.ts";

const SERVICE = "payments";
/** Dates of the locale stand in a page by themselves. */
const DATE = /(\d{1,2}\. )?(Jan|Feb|März|Apr|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez|Januar|Februar|April|August|September|Oktober|November|Dezember)\.? \d{4}(, \d\d:\d\d)?/g;

/** One service has every kind of page. */
function fewRows(): SiteRows {
  const rows = fixtureRows();
  return {
    ...rows,
    services: rows.services.filter(({ service }) => service === SERVICE),
    deploymentMonths: rows.deploymentMonths.filter(({ service }) => service === SERVICE).slice(-2),
  };
}

const messages = Object.fromEntries(
  Object.entries(ENGLISH.messages).map(([key, message]) => [key, marked(message)]),
) as Record<MessageKey, string>;

const rows = fewRows();
let folder = "";
let pages = new Map<string, string>();

beforeAll(async () => {
  const catalogue = { locale: "de", formats: localeFor("de-DE"), messages };
  ({ folder } = await saying(catalogue, () => buildFixture(rows)));
  pages = await readPages(folder);
});

afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

test("tables sort by value, whatever marks numbers have", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, "rolling.html")).href);
    const table = page.locator("table[data-of='deployment-frequency']").first();
    const column = await table.locator("thead th").evaluateAll((heads) => heads.findIndex((head) => head.textContent.trim() === "⟦n⟧"));
    const numbers = () => table.locator(`tbody tr > :nth-child(${column + 1})`).evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));
    const value = (text: string) => Number(text.replace(".", ""));
    const before = await numbers();
    expect(before).toEqual(expect.arrayContaining([expect.stringMatching(/^\d{3}$/), expect.stringMatching(/^\d\.\d{3}$/)]));
    await table.locator("thead button").nth(column).evaluate((button: HTMLElement) => button.click());
    expect(await numbers()).toEqual(before.toSorted((a, b) => value(a) - value(b)));
  } finally {
    await browser.close();
  }
});

test("pages are in the language of the catalogue, with numbers and dates of the locale", () => {
  const page = pages.get(`services/${SERVICE}.html`) ?? "";
  expect(page).toContain('<html lang="de">');
  expect(page).toMatch(/\d{2}\. Nov\. 2026/);
  expect(page).toMatch(/\d,\d/);
  expect(page).not.toMatch(/\d{1,2} Nov 2026/);
});

// What is listed here waits to be moved into the catalogue: the list must get shorter, never longer. `-u` takes out what was moved.
test("pages say nothing that is neither in the catalogue nor in what was collected", async () => {
  const facts = await Promise.all([
    readers.facts(SERVICE),
    readers.releaseFacts(SERVICE),
    readers.deployments(SERVICE),
    readers.retrospectivesOf("money"),
    ...rows.incidentMonths.map(({ month }) => readers.incidents(month)),
  ]);
  const known = [...new Set(textsIn([rows, facts, PACKS]))].join("\n");
  const outside = [...pages.values()]
    .flatMap(outsideMarks)
    .filter((text) => !known.includes(text))
    .map((text) => text.replace(DATE, "#").replace(/\d[\d.,]*/g, "#"))
    .flatMap((text) => text.split(/(?<=[.;:]) /))
    .filter((text) => /\p{L}{2}/u.test(text));
  const listed = [...new Set(outside)].toSorted();
  await expect(`${listed.join("\n")}\n`).toMatchFileSnapshot("outside.txt");
});
