import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildFixture, publishedFiles, readPages } from "./build-fixture.ts";
import { chartsOf, withoutNamedScripts } from "../support/site-files.ts";
import { HOSTILE } from "./fixture.ts";

let folder = "";
let pages = new Map<string, string>();
const data = publishedFiles();

beforeAll(async () => {
  ({ folder } = await buildFixture());
  pages = await readPages(folder);
});

afterAll(() => rm(dirname(folder), { recursive: true, force: true }));

describe("every page", () => {
  test("has a strict policy and one stylesheet, no script but those that the policy names, and no inline style", () => {
    for (const [path, html] of pages) {
      expect(html, path).toMatch(/default-src &#39;none&#39;|default-src 'none'/);
      expect(html.match(/<style/g), path).toHaveLength(1);
      // What a page is called may say anything, and is escaped.
      const tags = withoutNamedScripts(html).replace(/<meta name="description" content="[^"<>]*">/, "");
      expect(tags, path).not.toMatch(
        /<script|<link rel="stylesheet"|<[a-z][^>]* style="|<[a-z][^>]* on[a-z]+=/i,
      );
    }
  });

  test("says in one line what it is, for whoever links to it", () => {
    for (const [path, html] of pages) {
      const [, title = "", rest] = /<meta name="description" content="([^"<>]*)(: how software is delivered, as it was on \d+ [A-Z][a-z]+ \d{4}\.)">/.exec(html) ?? [];
      expect(rest, path).toBeDefined();
      expect(title, path).toBe(/<title>([^<]*)<\/title>/.exec(html)?.[1]);
    }
  });

  test("links only to pages and anchors that exist", () => {
    const broken = [...pages].flatMap(([path, html]) =>
      links(html)
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => !exists(path, link))
        .map((link) => `${path} -> ${link}`),
    );
    expect(broken).toEqual([]);
  });

  test("has a CSV for each section with a table", () => {
    const without = [...pages].flatMap(([path, html]) =>
      html
        .split(/<section|<\/section>/)
        .filter((part) => part.includes("<table") && !/href="(\.\.\/)*data\/[^"]+\.csv"/.test(part))
        .map((part) => `${path}: ${part.slice(0, 60)}`),
    );
    expect(without).toEqual([]);
  });

  test("has a table with a row for each mark of a chart", () => {
    const found = [...pages].flatMap(([path, html]) => chartsOf(html).map((chart) => ({ path, ...chart })));
    expect(found.length).toBeGreaterThan(20);
    for (const { path, label, marks, rows } of found) expect(rows, `${path}: ${label}`).toBeGreaterThanOrEqual(marks.length);
  });

  test("names no address but relative and web ones", () => {
    const odd = [...pages.values()]
      .flatMap(links)
      .filter((link) => /^[a-z]+:|^\//i.test(link) && !link.startsWith("https://"));
    expect(odd).toEqual([]);
  });

  test("stays small", () => {
    const large = [...pages]
      .map(([path, html]) => ({ path, size: gzipSync(html).length }))
      .filter(({ path, size }) => size > (/^(index|month|week|year|rolling)\.html$/.test(path) ? 60 * 1024 : 25 * 1024));
    expect(large).toEqual([]);
  });

  test.each([
    ["controls/aut-01.html", "controls/aut-01-2.html", "Listed are the newest 200 of 260, 120 of them on this page, the others on Page 2; all are in the CSV."],
    ["controls/aut-01-2.html", "controls/aut-01.html", "Listed are the newest 200 of 260, 80 of them on this page, the others on Page 1; all are in the CSV."],
    ["exemptions.html", "exemptions-2.html", "Page 1 of 2."],
    ["exemptions-2.html", "exemptions.html", "Page 2 of 2."],
    ["packs-2.html", "packs.html", "Page 2 of 2."],
    ["data.html", "data/streams.csv", "The first 2 of 2 sources and 200 of 203 streams; all are in the CSV."],
  ])("%s leads to the rest of what it lists, %s", (path, other, words) => {
    const html = pages.get(path) ?? "";
    expect(html.replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ")).toContain(words);
    expect(links(html).map((link) => posix.join(posix.dirname(path), link))).toContain(other);
  });

  test("says nothing that only a program understands", () => {
    for (const [path, html] of pages)
      expect(withoutNamedScripts(html).replace(/<style.*?<\/style>/s, ""), path).not.toMatch(
        /\b(?:undefined|NaN|Infinity|null|\[object)\b/,
      );
  });

  test("shows hostile text as text", () => {
    const hostile = [...pages.values()].filter((html) => html.includes("onerror=alert"));
    expect(hostile.length).toBeGreaterThan(10);
    for (const html of hostile) expect(html).not.toContain(HOSTILE.slice(0, 20));
  });
});

test("figures reach their rows in two clicks, and the rows are as many as the figure says", () => {
  const page = pages.get("services/payments.html") ?? "";
  expect(links(page)).toContain("../rows/payments/change-lead-time.html");
  expect(links(pages.get("rows/payments/change-lead-time.html") ?? "")).toContain(
    "change-lead-time/q3-2026.html",
  );
  const [first, ...more] = [...pages].filter(([path]) =>
    /^rows\/payments\/change-lead-time\/q3-2026(-\d)?\.html$/.test(path),
  );
  const stated = Number(/median of ([\d,]+) changes/.exec(first?.[1] ?? "")?.[1]?.replace(",", ""));
  const listed = [first, ...more].reduce(
    (sum, entry) => sum + (entry?.[1].match(/<tr>/g)?.length ?? 0) - 1,
    0,
  );
  expect(listed).toBe(stated);
});

test("a deployment in a table leads to its entry, with all that is known around it", () => {
  const [link = ""] = links(pages.get("services/payments.html") ?? "").filter((to) =>
    /2026-11\.html#w-/.test(to),
  );
  const [path = "", anchor = ""] = link.replace("../", "").split("#");
  const page = pages.get(path) ?? "";
  const entry = new RegExp(`<article id="${anchor}".*?</article>`, "s").exec(page)?.[0] ?? "";
  for (const word of [
    "pending until 17 Nov 2026",
    "2 attempts",
    "CHG-4",
    "asks for no deployments",
    "of 412",
  ])
    expect(entry).toContain(word);
  expect(entry.match(/lead time unknown/g)).toHaveLength(30);
  expect(page).toContain("Not collected: deployment approvals");
});

test("an incident without a change says so, and open ones come first", () => {
  const list = pages.get("incidents/2026-09.html") ?? "";
  expect(list.match(/<article /g)).toHaveLength(60);
  expect(list).toContain("No change found. It names no service");
  expect(list).toContain("The best 10 of 12");
  const index = pages.get("incidents.html") ?? "";
  expect(index.indexOf("Open now")).toBeLessThan(index.indexOf("By month"));
});

test("a service without data says what would bring it, and shows no number", () => {
  const page = pages.get("services/new-thing.html") ?? "";
  expect(page.match(/class="number none"/g)).toHaveLength(5);
  expect(page).toContain("connect a source of deployments");
});

test("a build removes the pages of the last one and leaves other files alone", async () => {
  const { publish } = await import("../../src/site/publish.ts");
  const from = join(dirname(folder), "from");
  const to = join(dirname(folder), "to");
  const { mkdir } = await import("node:fs/promises");
  await mkdir(from);
  await writeFile(join(from, "old.html"), "old");
  await publish(from, to);
  await writeFile(join(to, "mine.html"), "mine");
  await rm(join(from, "old.html"));
  await writeFile(join(from, "new.html"), "new");
  expect(await publish(from, to)).toBe(1);
  await expect(readFile(join(to, "old.html"))).rejects.toThrow();
  expect(await readFile(join(to, "mine.html"), "utf8")).toBe("mine");
});

function links(html: string): string[] {
  return [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, link]) => link ?? "");
}

function exists(from: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : posix.normalize(posix.join(posix.dirname(from), path));
  if (data.has(target)) return true;
  // Packs are written beside the pages, not with them; that both agree on where has a test of its own.
  if (/^packs\/[^/]+\/(pack\.pdf|manifest\.json|SHA256SUMS|SHA256SUMS\.sig|VERIFY\.md)$/.test(target)) return true;
  if (/^packs\/[^/]+\.zip$/.test(target)) return true;
  const page = pages.get(target);
  return page !== undefined && (anchor === undefined || page.includes(`id="${anchor}"`));
}
