import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { Clock } from "../../src/site/format.ts";
import { entryOf, type SearchRow } from "../../src/site/search/entry.ts";
import { bucketOf, bucketsFor, indexScript, listScript } from "../../src/site/search/lists.ts";
import { HOSTILE } from "./fixture/profiles.ts";

const row = (more: Partial<SearchRow>): SearchRow => ({
  kind: "change",
  place: 1,
  key: "512",
  title: "Speed up transfers",
  detail: "Payments",
  service: "payments",
  target: "R1",
  month: "2026-05",
  page: 1,
  happened_at: null,
  ...more,
});

const clock = new Clock("Europe/Berlin");

/** What a list hands to the page that asked for it. */
function loaded(script: string): unknown[] {
  const calls: unknown[] = [];
  const take = (...given: unknown[]) => void calls.push(...given);
  runInNewContext(script, { found: take, searchIn: take });
  return JSON.parse(JSON.stringify(calls)) as unknown[];
}

test.each([
  [row({}), "#512 Speed up transfers", /^deployments\/payments\/2026-05\.html#r1-/, "512"],
  [row({ target: null, month: null, page: null }), "#512 Speed up transfers", /^services\/payments\.html#waiting$/, "512"],
  [row({ kind: "ticket", key: "PAY-7", title: "" }), "PAY-7", /^deployments\/payments\/2026-05\.html#/, "pay-7"],
  [row({ kind: "release", key: "v1.2", title: "Summer", target: "v1.2", month: null }), "Payments v1.2", /^releases\/payments\/v1-2-/, "v1.2"],
  [row({ kind: "incident", key: "INC-1", title: "Down", target: "desk:INC-1", page: 2 }), "Down (INC-1)", /^incidents\/2026-05-2\.html#desk-inc-1/, "inc-1"],
  [row({ kind: "control", key: "AUT-01", title: "Approved", target: "AUT-01" }), "AUT-01 Approved", /^controls\/aut-01\.html$/, "aut-01"],
  [row({ kind: "team", key: "money", title: "Money", target: "money" }), "Money", /^teams\/money\.html$/, "money"],
  [row({ kind: "service", key: "payments", title: "Payments" }), "Payments", /^services\/payments\.html$/, "payments"],
])("what is found leads to where the site tells of it", (given, title, path, key) => {
  const [kind, shown, , address, name] = entryOf(given, clock);
  expect([kind, shown, name]).toEqual([given.kind, title, key]);
  expect(address).toMatch(path);
});

test("beside it stands its service and its day, in the organisation's time zone, so that it is found by month", () => {
  expect(entryOf(row({ happened_at: "2026-05-31T22:30:00Z" }), clock)[2]).toBe("Payments, 1 June 2026");
  expect(entryOf(row({ detail: "", happened_at: "2026-05-31T12:00:00Z" }), clock)[2]).toBe("31 May 2026");
});

test("text from sources stays text: it ends no script, no line and no list, and turns no writing around", () => {
  const texts = [HOSTILE, "</script><script>alert(1)</script>", `"]);alert(1)//`, "a\u2028b\u2029c", "\u202egnp.exe\u0000", "x".repeat(10_000)];
  const script = listScript("change-1", texts.map((title) => entryOf(row({ title }), clock)));
  expect(script).not.toMatch(/[<>\u2028\u2029\u202e]/);
  const [name, entries] = loaded(script) as [string, string[][]];
  expect(name).toBe("change-1");
  expect(entries).toHaveLength(texts.length);
  expect(entries[1]?.[1]).toBe("#512 </script><script>alert(1)</script>");
  expect(entries[4]?.[1]).toBe("#512 \ufffdgnp.exe\ufffd");
  expect(entries[5]?.[1]?.length).toBeLessThan(200);
});

test("the index says which lists there are, and over how many older things are spread", () => {
  expect(loaded(indexScript(["service-1", "change-1"], 3))).toEqual([["service-1", "change-1"], 3]);
  expect([0, 1, 500, 501, 98_000].map(bucketsFor)).toEqual([0, 1, 1, 2, 196]);
});

test("numbers are spread evenly, by the published hash", () => {
  // FNV-1a, 32 bits, of "foobar": draft-eastlake-fnv, appendix C.
  expect(bucketOf("foobar", 2 ** 32)).toBe(0xbf9cf968);
  const counts = new Map<number, number>();
  for (let number = 0; number < 98_000; number += 1) {
    const bucket = bucketOf(String(number), 196);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  expect(Math.max(...counts.values())).toBeLessThan(750);
});
