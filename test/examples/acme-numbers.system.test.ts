import { DateTime } from "luxon";
import { beforeAll, describe, expect, test } from "vitest";
import { scopePath } from "../../src/site/links.ts";
import { METRICS } from "../../src/site/metrics.ts";
import type { PeriodKind, ScopeKind } from "../../src/site/rows.ts";
import { plainSlug, slug } from "../../src/site/slug.ts";
import { pagesOf } from "../support/site-files.ts";
import { csvRows, numberOf, tablesOf, tally, words, type CsvRow } from "../support/site-tables.ts";
import { acmeSite, type AcmeSite } from "./acme-site.ts";
import { sectionOf } from "./published.ts";

// A number that stands in two places must be the same in both: pages are read as a reader would, and
// compared with the files and with lists that are counted by hand.
let site: AcmeSite;
let pages: ReadonlyMap<string, string>;
let metrics: CsvRow[];
let services: CsvRow[];
let waves: CsvRow[];
let deployed: ReadonlyMap<string, number>;
let failed: ReadonlyMap<string, number>;

beforeAll(async () => {
  site = await acmeSite();
  pages = pagesOf(site.output);
  metrics = csvRows(site.output, "metrics").filter((row) => row["is_headline"] === "true");
  services = csvRows(site.output, "services");
  waves = csvRows(site.output, "deployments");
  const place = (wave: CsvRow) => `${wave["service"]} ${monthOf(wave["completed_at"])}`;
  deployed = tally(waves, place);
  failed = tally(
    waves.filter((wave) => wave["is_failure"] === "true"),
    place,
  );
}, 400_000);


const page = (path: string) => {
  const html = pages.get(path);
  if (html === undefined) throw new Error(`no page ${path}`);
  return html;
};
const monthOf = (instant = "") => DateTime.fromISO(instant, { zone: "Europe/Berlin" }).toFormat("yyyy-MM");
const titles = () => new Map(services.map((row) => [row["title"] ?? "", row["service"] ?? ""]));
const sum = (row: CsvRow | undefined, ...columns: string[]) =>
  columns.reduce((total, column) => total + Number(row?.[column] ?? 0), 0);

function labelOf(row: CsvRow): string {
  const at = (instant = "") => DateTime.fromISO(instant, { zone: "Europe/Berlin", locale: "en" });
  if (row["period_kind"] === "month") return at(row["period_start"]).toFormat("LLL yyyy");
  if (row["period_kind"] === "rolling") return `90 days to ${at(row["period_end"]).toFormat("d LLL yyyy")}`;
  return row["period_label"] ?? "";
}

function scopes(): { kind: ScopeKind; name: string }[] {
  const names = new Map(metrics.map((row) => [`${row["scope_kind"]} ${row["scope"]}`, row]));
  return [...names.values()].map((row) => ({
    kind: row["scope_kind"] as ScopeKind,
    name: row["scope"] ?? "",
  }));
}

test.each(["year", "quarter", "month", "week", "rolling"] as const)(
  "figures by %s are those of the file, in every scope",
  (period: PeriodKind) => {
    let compared = 0;
    for (const scope of scopes()) {
      for (const metric of METRICS) {
        const known = new Map(
          metrics
            .filter((row) => row["metric"] === metric.key && row["period_kind"] === period)
            .filter((row) => row["scope_kind"] === scope.kind && row["scope"] === scope.name)
            .map((row) => [labelOf(row), row]),
        );
        const section = sectionOf(page(scopePath(scope, period)), metric.slug) ?? "";
        for (const row of tablesOf(section)
          .flat()
          .filter((cells) => cells.has("Period"))) {
          const named = (row.get("Period") ?? "").replace(" (part)", "");
          // What happened then stands below the period's name.
          const label = [...known.keys()].find((one) => named === one || named.startsWith(`${one} `)) ?? named;
          const where = `${scope.name}, ${metric.key}, ${label}`;
          expect(numberOf(row.get("n")), where).toBe(sum(known.get(label), "n"));
          const value = row.get("Value") ?? row.get("Median");
          expect(value !== "no data", where).toBe((known.get(label)?.["value"] ?? "") !== "");
          compared += 1;
        }
      }
    }
    expect(compared).toBeGreaterThan(200);
  },
);

test("months of every metric add up to the whole, and services and teams to the organisation", () => {
  for (const { key } of METRICS) {
    const rows = metrics.filter((row) => row["metric"] === key);
    const total = (kind: string, period: string) =>
      rows
        .filter((row) => row["scope_kind"] === kind && row["period_kind"] === period)
        .reduce((all, row) => all + sum(row, "n"), 0);
    const whole = total("organisation", "all");
    for (const kind of ["organisation", "team", "service"])
      for (const period of ["year", "quarter", "month", "week", "rolling"])
        expect(total(kind, period), `${key} ${kind} ${period}`).toBe(whole);
  }
});

test("a month's deployments and failures are those that its figures count", () => {
  const rows = metrics.filter((row) => row["scope_kind"] === "service" && row["period_kind"] === "month");
  const rates = rows.filter(({ metric }) => metric === "change_fail_rate");
  for (const row of rates) {
    const place = `${row["scope"]} ${monthOf(row["period_start"])}`;
    expect(sum(row, "n", "pending", "unknown"), place).toBe(deployed.get(place) ?? 0);
    expect(sum(row, "numerator", "pending_failed", "unknown_failed"), place).toBe(failed.get(place) ?? 0);
  }
  for (const row of rows.filter(({ metric }) => metric === "deployment_frequency")) {
    const place = `${row["scope"]} ${monthOf(row["period_start"])}`;
    expect(sum(row, "n"), place).toBe(deployed.get(place) ?? 0);
  }
  expect(rates.length).toBeGreaterThan(200);
});

test("the index of deployments counts what is in the files", () => {
  const [rows = []] = tablesOf(page("deployments.html"));
  for (const row of rows) {
    const title = row.get("Service") ?? "";
    const months = [...row].slice(1);
    for (const [label, cell] of months) {
      const place = `${titles().get(title)} ${DateTime.fromFormat(label, "LLL yyyy", { locale: "en" }).toFormat("yyyy-MM")}`;
      if (cell === "–") expect(deployed.has(place), place).toBe(false);
      else expect(numberOf(cell), place).toBe(deployed.get(place) ?? 0);
      expect(Number(/(\d+) failed/.exec(cell)?.[1] ?? 0), place).toBe(failed.get(place) ?? 0);
    }
  }
  expect(rows.length).toBeGreaterThan(10);
});

test("a month's list holds each deployment, and its first sentence counts them", () => {
  for (const [place, count] of deployed) {
    const [service = "", month = ""] = place.split(" ");
    const list = `deployments/${slug(service)}/${month}`;
    const parts = [...pages].filter(([path]) => path === `${list}.html` || path.startsWith(`${list}-`));
    const entries = parts.flatMap(([, html]) => html.match(/<article.*?<\/article>/gs) ?? []);
    expect(entries.length, place).toBe(count);
    const failures = entries.filter((entry) => entry.includes('<span class="worse">failed</span>')).length;
    expect(failures, place).toBe(failed.get(place) ?? 0);
    const lead = words(/<p class="lead">.*?<\/p>/s.exec(parts[0]?.[1] ?? "")?.[0] ?? "");
    expect(lead).toContain(`to production ${count} time`);
    expect(Number(/(\d+) failed/.exec(lead)?.[1] ?? 0), place).toBe(failures);
  }
});

describe("incidents", () => {
  test("months count what is in the file and in their lists", () => {
    const incidents = csvRows(site.output, "incidents");
    const links = csvRows(site.output, "incident_links").filter((row) => row["is_accepted"] === "true");
    const accepted = new Set(links.map((row) => row["incident_id"]));
    const rows = tablesOf(page("incidents.html")).at(-1) ?? [];
    for (const row of rows) {
      const month = DateTime.fromFormat(row.get("Month") ?? "", "LLLL yyyy", { locale: "en" }).toFormat(
        "yyyy-MM",
      );
      const begun = incidents.filter((incident) => monthOf(incident["started_at"]) === month);
      expect(numberOf(row.get("Incidents")), month).toBe(begun.length);
      const caused = begun.filter((incident) => accepted.has(incident["incident_id"]));
      expect(numberOf(row.get("With a deployment as cause")), month).toBe(caused.length);
      const lists = [...pages].filter(([path]) => path.startsWith(`incidents/${month}`));
      const entries = lists.flatMap(([, html]) => html.match(/<article.*?<\/article>/gs) ?? []);
      expect(entries.length, month).toBe(begun.length);
      const open = entries.filter((entry) => entry.includes('<span class="worse">open</span>'));
      expect(numberOf(row.get("Open")), month).toBe(open.length);
    }
    expect(rows.reduce((total, row) => total + numberOf(row.get("Incidents")), 0)).toBe(incidents.length);
  });
});

describe("releases", () => {
  const COUNTS = [
    ["Changes", "Changes"],
    ["Known incidents", "Incidents"],
  ] as const;

  test("quarters count the releases that they list, which are all of the file", () => {
    const releases = csvRows(site.output, "releases");
    const [quarters = []] = tablesOf(page("releases.html"));
    for (const quarter of quarters) {
      const label = quarter.get("Quarter") ?? "";
      const [listed = []] = tablesOf(sectionOf(page("releases.html"), plainSlug(label)) ?? "");
      expect(numberOf(quarter.get("Releases")), label).toBe(listed.length);
      for (const [inQuarters, inReleases] of COUNTS) {
        const total = listed.reduce((all, row) => all + numberOf(row.get(inReleases)), 0);
        expect(numberOf(quarter.get(inQuarters)), `${label} ${inQuarters}`).toBe(total);
      }
    }
    expect(quarters.reduce((total, row) => total + numberOf(row.get("Releases")), 0)).toBe(releases.length);
  });

  test("the changes of a release are those of its page and file", () => {
    const changes = tally(
      csvRows(site.output, "release_changes"),
      (row) => `${row["service"]} ${row["version"]}`,
    );
    for (const release of csvRows(site.output, "releases")) {
      const name = `${release["service"]} ${release["version"]}`;
      expect(sum(release, "changes"), name).toBe(changes.get(name) ?? 0);
      const html = page(`releases/${slug(release["service"] ?? "")}/${slug(release["version"] ?? "")}.html`);
      const [listed = []] = tablesOf(sectionOf(html, "changes") ?? "");
      expect(listed.length, name).toBe(Math.min(150, sum(release, "changes")));
    }
  });
});

test("rows behind a quarter are as many as its figure says, with as many failures", () => {
  let compared = 0;
  for (const row of metrics.filter(
    (one) => one["scope_kind"] === "service" && one["period_kind"] === "quarter",
  )) {
    const metric = METRICS.find(({ key }) => key === row["metric"]);
    const list = `rows/${slug(row["scope"] ?? "")}/${metric?.slug}/${plainSlug(row["period_label"] ?? "")}`;
    const parts = [...pages].filter(([path]) => path === `${list}.html` || path.startsWith(`${list}-`));
    if (parts.length === 0) continue;
    const rows = parts.flatMap(([, html]) => tablesOf(html)[0] ?? []);
    const isRatio = row["unit"] === "ratio";
    expect(rows.length, list).toBe(isRatio ? sum(row, "n", "pending", "unknown") : sum(row, "n"));
    if (row["metric"] === "change_fail_rate") {
      const failures = rows.filter((cells) => cells.get("Outcome")?.includes("failed"));
      expect(failures.length, list).toBe(sum(row, "numerator", "pending_failed", "unknown_failed"));
    }
    compared += 1;
  }
  expect(compared).toBeGreaterThan(200);
});

test("what waits is counted alike in the register and the file", () => {
  const waiting = tally(csvRows(site.output, "waiting_changes"), (row) => row["service"] ?? "");
  const [rows = []] = tablesOf(page("services.html"));
  for (const row of rows) {
    const service = titles().get(row.get("Service") ?? "") ?? "";
    expect(numberOf(row.get("Merged, waiting")), service).toBe(waiting.get(service) ?? 0);
  }
  expect(rows.length).toBeGreaterThan(10);
});
