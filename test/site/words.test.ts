import { describe, expect, test } from "vitest";
import { change, Clock, count, decimal, duration, intervalOf, quantity } from "../../src/site/format.ts";
import { relative, rowsPath, scopePath, webAddress } from "../../src/site/links.ts";
import type { FigureRow, MetricKey } from "../../src/site/rows.ts";
import { slug } from "../../src/site/slug.ts";
import { costWords } from "../../src/site/words/collection.ts";
import { restatementSentences } from "../../src/site/words/restatements.ts";
import { openingSentences } from "../../src/site/words/sentences.ts";
import { fixtureRows } from "./fixture.ts";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("numbers", () => {
  test.each([
    [0, "0 s"],
    [59, "59 s"],
    [5_399, "90 min"],
    [5_400, "1.5 h"],
    [172_800, "2 d"],
    [2_419_200, "4 w"],
  ])("%i seconds is %s", (seconds, text) => expect(plain(duration(seconds))).toBe(text));

  test.each([
    [3.2, "3.2 a day"],
    [0.5, "3.5 a week"],
    [0.05, "1.5 a month"],
    [0, "0 a month"],
  ])("%d per day is %s", (value, text) => expect(quantity(value, "per day")).toBe(text));

  test("digits are grouped and rounded the same way everywhere", () => {
    expect([count(1234567), decimal(99.96), decimal(-2.04), decimal(0.04), decimal(12)]).toEqual([
      "1,234,567",
      "100",
      "\u22122",
      "0",
      "12",
    ]);
  });

  test("a change carries its sign, ratios change in points", () => {
    const figure = (unit: FigureRow["unit"], by: number) => change({ unit, change: by });
    expect(plain(figure("seconds", 0.412))).toBe("+41 %");
    expect(plain(figure("ratio", -0.021))).toBe("\u22122.1 points");
    expect(plain(figure("per day", 0.001))).toBe("±0 %");
  });

  test("an interval is in the measure of its value", () => {
    expect(
      plain(
        intervalOf({
          value: 200_000,
          unit: "seconds",
          interval_low: 90_000,
          interval_high: 300_000,
        } as FigureRow),
      ),
    ).toBe("1 to 3.5 d");
  });
});

describe("addresses", () => {
  test.each([
    ["/index.html", "data.html", "data.html"],
    ["/services/a/week.html", "index.html", "../../index.html"],
    ["/services/a.html", "services/b.html#x", "b.html#x"],
    ["/rows/a/change-lead-time/q3-2026.html", "rows/a/change-lead-time.html", "../change-lead-time.html"],
  ])("from %s to %s is %s", (from, to, link) => expect(relative(from, to)).toBe(link));

  test("only web addresses become links", () => {
    expect(webAddress("https://x.example/a b")).toBe("https://x.example/a%20b");
    for (const address of [
      "javascript:alert(1)",
      " https://x",
      "data:text/html,x",
      "//x.example",
      "http://",
      "https://[",
      "",
      null,
    ])
      expect(webAddress(address)).toBeNull();
  });

  test("names become safe, distinct file names", () => {
    expect(slug("payments-2")).toBe("payments-2");
    expect(slug(slug("Pay Ments"))).not.toBe(slug("Pay Ments"));
    expect(slug("../../etc/passwd")).toMatch(/^etc-passwd-[0-9a-f]{6}$/);
    const names = [
      "Payments",
      "payments",
      "pay ments",
      "PAYMENTS",
      "支付",
      "con",
      "index",
      "",
      "a".repeat(300),
    ];
    expect(new Set(names.map(slug)).size).toBe(names.length);
    for (const name of names) expect(slug(name)).toMatch(/^[a-z0-9-]{1,56}$/);
  });

  test("pages have their places", () => {
    expect(scopePath({ kind: "organisation", name: "x" })).toBe("index.html");
    expect(scopePath({ kind: "service", name: "a" }, "week")).toBe("services/a/week.html");
    expect(rowsPath({ kind: "service", name: "a" }, "change_fail_rate", "Q3 2026")).toBe(
      "rows/a/change-fail-rate/q3-2026.html",
    );
  });
});

describe("opening sentences", () => {
  const say = (scope: string, alter: (row: FigureRow) => FigureRow = (row) => row, more: object = {}) => {
    const latest = fixtureRows().figures.filter(
      (row) => row.scope === scope && row.period_kind === "quarter" && row.role === "latest",
    );
    const figures = new Map<MetricKey, FigureRow>(latest.map((row) => [row.metric, alter(row)]));
    return plain(
      openingSentences({
        subject: "It",
        figures,
        waiting: 0,
        oldestWaitingSeconds: null,
        openFailures: 0,
        ...more,
      }).join(" "),
    );
  };

  test("tell frequency, lead time, failures and recovery", () => {
    expect(say("payments")).toMatch(
      /^In Q3 2026, It shipped to production [\d.]+ times a day.*first commit.*of \d+ deployments with known outcome failed \(.*half of the failures were over within/,
    );
  });

  test("compare only where the difference is clear", () => {
    expect(say("payments", (row) => ({ ...row, verdict: "unclear" }))).not.toMatch(/than in/);
    expect(say("payments", (row) => ({ ...row, verdict: "worse", change: -0.41 }))).toContain(
      "41 % less often than in Q2 2026",
    );
  });

  test("say so when nothing failed, and when it is not known", () => {
    expect(say("payments", (row) => ({ ...row, numerator: 0 }))).toMatch(
      /None of \d+ deployments with known outcome failed/,
    );
    expect(say("search")).toContain(
      "Whether deployments failed is not known: no source of incidents is mapped",
    );
  });

  test("say once that nothing is known", () => {
    expect(say("new-thing")).toBe(
      "Nothing is known of It's deployments yet: no production deployment is known: connect a source of deployments.",
    );
  });

  test("count what waits and what is open in good grammar", () => {
    expect(say("payments", undefined, { waiting: 1, oldestWaitingSeconds: 90_000, openFailures: 1 })).toMatch(
      /1 failure is still open\. 1 merged change waits for a deployment, the oldest for 25 h\.$/,
    );
  });
});

test("what a run asked of a source is said, of files nothing", () => {
  const asked = { calls: 1_312, points: 140, retries: 2, waited_seconds: 3 };
  expect(costWords(asked)).toBe("1,312 requests, 140 points, 2 retries, waited 3\u202fs");
  expect(costWords({ calls: 1, points: null, retries: 0, waited_seconds: 0 })).toBe("1 request");
  expect(costWords({ calls: null, points: null, retries: null, waited_seconds: null })).toBe("");
});

describe("restatements", () => {
  const clock = new Clock("UTC");
  const publication = { publication: 2, is_look_back: false, as_of: "2026-10-05T00:00:00Z", base_as_of: "2026-10-01T00:00:00Z" };
  const step = {
    ...{ position: 1, publication: 2, as_of: "2026-10-05T00:00:00Z", from_as_of: "2026-10-01T00:00:00Z" },
    ...{ product_version: "1", from_product_version: "1", is_configuration_changed: false, quarter_figures: 1 },
    ...{ figures: 4, services: 1, kinds: ["late data", "rule version"], kind_figures: [3, 1] },
  };

  test("say since when, how many and why", () => {
    expect(restatementSentences(publication, [step, { ...step, figures: 1 }], clock)).toEqual([
      "Since the build before, as of 1 Oct 2026 00:00, 4 published figures moved, of 1 service and what pools them. Why: late data (3 figures), rule version (1 figure).",
      "The builds before moved 1 figure.",
    ]);
  });

  test("say when nothing moved, when nothing could, and when one looks back", () => {
    expect(restatementSentences(publication, [{ ...step, figures: 0 }], clock)).toEqual([
      "Since the build before, as of 1 Oct 2026 00:00, no published figure moved.",
    ]);
    const first = restatementSentences({ ...publication, is_look_back: true }, [], clock);
    expect(first[0]).toBe("No earlier build is recorded, so nothing could move yet.");
    expect(first[1]).toContain("is not recorded itself");
  });
});
