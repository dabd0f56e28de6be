import fc from "fast-check";
import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { feedText, type FeedEntryRow } from "../../src/site/feed-file.ts";
import { releasePath } from "../../src/site/links.ts";
import { forXml } from "../../src/xml-text.ts";

const about = { organisation: "Acme", title: "Acme Bank", asOf: "2026-06-30T22:00:00.000Z" };

const entry: FeedEntryRow = {
  ...{ position: 1, service: "api", version: "2.0", title: "The API 2.0" },
  ...{ summary: "Went live in production with 2 changes. Outcome: rolled back." },
  ...{ published_at: "2026-02-10T10:10:00.000Z", updated_at: "2026-02-10T10:50:00.000Z" },
};
const older = { ...entry, position: 2, version: "1.0", title: "The API 1.0", updated_at: "2026-01-05T09:10:00.000Z" };

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  text: string;
  readonly within: string;
}

/** Elements of a document in order; throws on whatever XML or its namespaces forbid. */
function elementsOf(text: string): Element[] {
  const parser = new SaxesParser({ xmlns: true });
  const all: Element[] = [];
  const open: Element[] = [];
  parser.on("opentag", ({ local, uri, attributes }) => {
    expect(uri).toBe("http://www.w3.org/2005/Atom");
    const values = Object.fromEntries(Object.entries(attributes).map(([name, { value }]) => [name, value]));
    const element = { name: local, attributes: values, text: "", within: open.at(-1)?.name ?? "" };
    open.push(element);
    all.push(element);
  });
  parser.on("text", (part) => {
    const last = open.at(-1);
    if (last !== undefined) last.text += part;
  });
  parser.on("closetag", () => void open.pop());
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(text).close();
  return all;
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** What RFC 4287 asks of a feed (4.1.1) and of an entry (4.1.2), as far as this one has it. */
function expectAtom(text: string, entries: number): Element[] {
  const all = elementsOf(text);
  const of = (name: string, within: string) => all.filter((one) => one.name === name && one.within === within);
  expect(all[0]).toMatchObject({ name: "feed", within: "" });
  for (const name of ["id", "title", "updated", "author"]) expect(of(name, "feed"), name).toHaveLength(1);
  expect(of("name", "author")).toHaveLength(1);
  expect(of("entry", "feed")).toHaveLength(entries);
  for (const name of ["id", "title", "updated", "published", "summary", "link"]) expect(of(name, "entry"), name).toHaveLength(entries);
  const ids = all.filter(({ name }) => name === "id").map(({ text }) => text);
  expect(new Set(ids).size).toBe(entries + 1);
  for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  for (const { text } of all.filter(({ name }) => name === "updated" || name === "published")) expect(text).toMatch(INSTANT);
  const links = all.filter(({ name, within }) => name === "link" && within === "feed").map(({ attributes }) => `${attributes["rel"]} ${attributes["type"]}`);
  expect(new Set(links).size).toBe(links.length);
  return all;
}

const texts = (all: readonly Element[], name: string) => all.filter((one) => one.name === name).map(({ text }) => text);
const hrefs = (all: readonly Element[]) => all.filter(({ name }) => name === "link").map(({ attributes }) => attributes["href"]);

test("a feed of releases is Atom, dated by its newest entry, with addresses relative to its own", () => {
  const all = expectAtom(feedText([entry, older], about), 2);
  expect(texts(all, "title")).toEqual(["Acme Bank: releases", "The API 2.0", "The API 1.0"]);
  expect(texts(all, "updated")[0]).toBe(entry.updated_at);
  expect(hrefs(all)).toEqual(["releases.html", releasePath("api", "2.0"), releasePath("api", "1.0")]);
});

test.each(["https://delivery.example.com/figures", "https://delivery.example.com/figures/"])("published at %s, its addresses are whole", (url) => {
  const all = expectAtom(feedText([entry], { ...about, url }), 1);
  expect(hrefs(all)).toEqual([
    "https://delivery.example.com/figures/releases.html",
    "https://delivery.example.com/figures/releases.atom",
    `https://delivery.example.com/figures/${releasePath("api", "2.0")}`,
  ]);
});

test("before the first release there is a feed without entries", () => {
  expect(texts(expectAtom(feedText([], about), 0), "updated")).toEqual([about.asOf]);
});

test("an entry keeps its id when its words, dates, place and address change, and no other release has it", () => {
  const idOf = (row: FeedEntryRow, url?: string) => texts(elementsOf(feedText([row], { ...about, url })), "id")[1];
  expect(idOf({ ...entry, position: 9, title: "x", summary: "y", updated_at: "2027-01-01T00:00:00Z" }, "https://a.example/")).toBe(idOf(entry));
  const ids = [entry, older, { ...entry, service: "web" }, { ...entry, service: 'api","2.0', version: "" }].map((row) => idOf(row));
  expect(new Set(ids).size).toBe(4);
});

test("whatever a source calls it, it is one entry with that name", () => {
  const anyText = fc.oneof(
    fc.string({ unit: "binary", maxLength: 100 }),
    fc.constantFrom("</title><script>alert(1)</script>", "]]>&lt;&#0;", '"><link href="javascript:x"/>', "\u0000\uFFFE\uD800\u202E"),
  );
  fc.assert(
    fc.property(anyText, anyText, anyText, (title, summary, version) => {
      const text = feedText([{ ...entry, title, summary, version }], { ...about, organisation: title });
      const all = expectAtom(text, 1);
      expect(texts(all, "title").slice(1)).toEqual([forXml(title)]);
      expect(texts(all, "summary")).toEqual([forXml(summary)]);
      expect(texts(all, "script")).toEqual([]);
      expect(hrefs(all)[1]).toMatch(/^releases\/api\/[a-z0-9-]+\.html$/);
    }),
    { numRuns: 200 },
  );
});
