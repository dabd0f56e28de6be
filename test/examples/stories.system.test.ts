import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { acmeSite, type AcmeSite } from "./acme-site.ts";
import { articleOf, sectionOf, textOf } from "./published.ts";

// What the README of Acme tells must be on the pages that it names.
const ACME = join(packageRoot, "examples/acme");
let site: AcmeSite;
beforeAll(async () => {
  site = await acmeSite();
}, 300_000);

const page = (path: string) => site.read(path);

/** Addresses of a story in the README, by the words it begins with. */
function addresses(story: string): string[] {
  const row = readFileSync(join(ACME, "README.md"), "utf8")
    .split("\n")
    .find((line) => line.startsWith(`| **${story}`));
  return [...(row ?? "").matchAll(/`([a-z0-9/.-]+\.html(?:#[a-z0-9-]+)?)`/g)].map(([, path = ""]) => path);
}

/** The words of the entry or section that the README names first. */
function told(story: string): string {
  const [address = ""] = addresses(story);
  const [path = "", anchor = ""] = address.split("#");
  return textOf(articleOf(page(path), anchor) ?? sectionOf(page(path), anchor) ?? "");
}

test.each([
  "Lead time doubles",
  "Fridays hurt",
  "A freeze is broken",
  "An emergency change",
  "A quarter without",
  "A migration",
  "A train",
  "A pipeline",
  "A fix is picked",
  "Customers notice first",
  "Staging is changed",
  "A flag outlives",
  "A vendor holds",
  "A regulator's deadlines",
  "Trains leave later",
  "Everybody deploys",
  "Onboarding stays",
  "Rigour is dear",
  "Review environments",
  "Staging drifts",
  "Nobody asks the desk",
  "A pipeline is repaired",
  "A feature opens",
  "Old versions",
])("%s: the README names pages and anchors that there are", (story) => {
  expect(addresses(story).length).toBeGreaterThan(0);
  for (const address of addresses(story)) {
    const [path = "", anchor] = address.split("#");
    if (anchor !== undefined) expect(page(path), address).toContain(`id="${anchor}"`);
    else expect(page(path).length).toBeGreaterThan(0);
  }
});

test("lead time doubles after the reorganisation, which the trend marks", () => {
  expect(told("Lead time doubles")).toContain("took over 2 services");
  const html = page("teams/channels.html");
  const section = sectionOf(html, "change-lead-time") ?? "";
  const median = (quarter: string) =>
    Number(new RegExp(`${quarter}<td>([\\d.]+)\\sd<`).exec(section)?.[1]);
  expect(median("Q1 2026") / median("Q1 2025")).toBeGreaterThan(1.7);
});

test("Fridays of web-banking fail more often than any other day, beyond the intervals", () => {
  const text = told("Fridays hurt");
  const days = [...text.matchAll(/(\w+day) (\d+) (\d+) ([\d.]+)\s%\s+([\d.]+) to ([\d.]+)\s%/g)];
  const friday = days.find(([, day]) => day === "Friday");
  const others = days.filter(([, day]) => day !== "Friday");
  expect(others).toHaveLength(4);
  for (const [, , , , , , high] of others) expect(Number(friday?.[5])).toBeGreaterThan(Number(high));
  expect(text).toContain("not why");
});

test("the risk pattern found is Fridays of web-banking, and nothing else", () => {
  const table = JSON.parse(page("data/risk_patterns.json")) as { columns: { name: string }[]; rows: unknown[][] };
  const at = (row: readonly unknown[], name: string) => row[table.columns.findIndex((column) => column.name === name)];
  const found = table.rows.filter((row) => at(row, "verdict") === "found");
  expect(found.map((row) => ["scope_kind", "scope", "attribute", "level", "direction"].map((name) => at(row, name)))).toEqual([
    ["service", "web-banking", "weekday", "Friday", "more"],
  ]);
  expect(textOf(sectionOf(page("risk.html"), "found") ?? "")).toMatch(
    /Deployments on Friday fail more often: .* Association, not cause\. What to look at next\. .*The newest 12 of \d+ that failed/,
  );
});

test("only the team of the release trains is said to fail more often than the rest", () => {
  const rates = textOf(sectionOf(page("risk.html"), "rates") ?? "");
  expect(rates).toContain("this is no ranking");
  // Two of its three services go out in trains, one of which carried a bad change into both.
  expect(rates).toMatch(/Core Banking\s+team\s+18\s+112.*?more than the rest/s);
  expect(rates.match(/more than the rest/g)).toHaveLength(1);
});

test("the deployment that broke the freeze, its approval, incident and rollback", () => {
  const entry = told("A freeze is broken");
  expect(entry).toMatch(/18 Dec 2025 \d\d:\d\d .* failed/);
  expect(entry).toContain("during the freeze “Year-end freeze: no change but emergencies”");
  expect(entry).toContain("which asks for no deployments");
  expect(entry).toContain("approved automatically");
  expect(entry).toContain("Instant transfers above 5,000 euro are refused");
  expect(entry).toContain("Raise instant transfer limits before the holidays");
  expect(entry).toContain("taken out of service by the rollback");
  expect(entry).toContain("production-eu, production-us, 2 copies");
});

test("the emergency change that nobody reviewed", () => {
  const entry = told("An emergency change");
  expect(entry).toContain("Repair: Rotate signing keys every day: emergency");
  expect(entry).toContain("no post-implementation review is recorded");
  expect(page("incidents/2026-02.html")).toContain("Customers are logged out every few minutes");
});

test("outcomes of fraud-check are unknown in the quarter without a source", () => {
  expect(told("A quarter without")).toMatch(/Q3 2025 no data/);
  const list = textOf(page("deployments/fraud-check/2025-08.html"));
  expect(list).toMatch(/at least \d failed.*15 have an unknown outcome/);
  expect(list).toContain("unknown: no incident source covers the service in these days");
  expect(textOf(page("deployments/fraud-check/2025-04.html"))).not.toContain("unknown outcome");
});

test("the migration that was rolled back", () => {
  const entry = told("A migration");
  expect(entry).toContain("Split postings into a table per year");
  expect(entry).toContain("Balances are missing bookings of previous years (sev1), counts as its cause");
  expect(entry).toContain("taken out of service by the rollback");
});

test("the incident of train 2026.1 names three deployments", () => {
  const entry = told("A train");
  expect(entry).toContain("3 deployments count as its cause");
  for (const service of ["Statements", "Regulatory reporting", "Core banking"])
    expect(entry).toMatch(new RegExp(`cause : ${service} 2026\\.1\\.0`));
});

test("the flaky pipeline of notifications", () => {
  expect(textOf(page("deployments/notifications/2025-11.html"))).toContain(
    "8 attempts never went live; all were run again until the version was live.",
  );
  expect(textOf(sectionOf(page("services/notifications.html"), "attempts") ?? "")).toMatch(
    /Not counted\. \d+ of [\d,]+ attempts in production\. \d+ of them were run again/,
  );
  expect(textOf(page("deployments/notifications/2026-05.html"))).not.toContain("never went live");
});

test("the fix that was picked onto a release branch", () => {
  const entry = told("A fix is picked");
  expect(entry).toContain("from release/2025.3, off the main line");
  expect(entry).toMatch(/Offer term deposits of eighteen months .* came as cherry-pick [0-9a-f]{10}/);
  expect(page("incidents/2025-09.html")).toContain("Term deposits cannot be opened");
});

test("the word of people on links stands beside what evidence says", () => {
  const rejected = textOf(page("incidents/2025-09.html"));
  expect(rejected).toContain("The provider was down; the revert answered a complaint about something else");
  expect(textOf(page("incidents/2026-03.html"))).toContain("confirmed by a person on 2026-03-16");
  expect(textOf(page("links.html"))).toMatch(/rejected/i);
});

test("no incident of an outside cause is linked", () => {
  const read = (name: string) => JSON.parse(page(`data/${name}.json`)) as { columns: { name: string }[]; rows: unknown[][] };
  const column = ({ columns, rows }: ReturnType<typeof read>, name: string) =>
    rows.map((row) => row[columns.findIndex((one) => one.name === name)]);
  const incidents = read("incidents");
  const classes = new Map(column(incidents, "incident_id").map((id, index) => [id, column(incidents, "classification")[index]]));
  const links = read("incident_links");
  const accepted = column(links, "incident_id").filter((_, index) => column(links, "is_accepted")[index] === true);
  expect(accepted.length).toBeGreaterThan(200);
  expect([...new Set(accepted.map((id) => classes.get(id)))]).toEqual(["change"]);
});

test("customers notice what monitoring misses, drift on staging lasts for weeks, and a flag is stale", () => {
  expect(told("Customers notice first")).toMatch(/Share 3[0-9][.\d]* % of \d+ incidents in Q2 2026/);
  expect(told("Staging is changed")).toMatch(/Q2 2025 21 d 1/);
  expect(told("A flag outlives")).toMatch(/Q3 2024 1 of 1/);
});

test("plans: who waited for a vendor, which deadlines were missed, why trains left later, and who went live together", () => {
  expect(told("A vendor holds")).toMatch(/Q1 2026 7\.9 d/);
  expect(told("A regulator's deadlines")).toMatch(/Q1 2026 1 of 3/);
  expect(textOf(sectionOf(page("practices/planning.html"), "calendar") ?? "")).toContain(
    "first planned 23 May 2026; vendor: The clearing house moved its own date",
  );
  expect(told("Everybody deploys")).toContain("Payments, on Ledger");
  const calendar = page("data/calendar.ics");
  expect(calendar).toContain("SUMMARY:Black Friday to Cyber Monday");
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(166);
});

test("shape and environments: an old SDK, rigour, forgotten review environments, settings that differ, and what it costs", () => {
  expect(told("Onboarding stays")).toMatch(/onboarding on client-sdk: 45\.8 w/);
  expect(told("Rigour is dear")).toContain(
    "Normal requests wait longest for approval, 4.6 d against 1.5 min of standard requests; whether they fail less often cannot be told.",
  );
  const environments = told("Review environments");
  for (const forgotten of ["review-1900", "review-1905", "review-1910"]) expect(environments).toContain(forgotten);
  expect(environments).toMatch(/staging hand .* 3 open, 6 accepted 2 6,846 EUR/);
  expect(told("Staging drifts")).toMatch(/Q2 2026 3 settings/);
});

test("what became of the release with the bad change stands on its card, beside the risk that named it", () => {
  expect(told("Nobody asks the desk")).toMatch(
    /1 of 1 deployment failed.* requests failed after it, .* higher, by .*1 of 1 incident that it caused.*36 in [\d.]+\sh of being live, none in as long before/s,
  );
  expect(page("releases/core-banking/2026-1-0-39dec8.html")).toMatch(/The new rounding library rounds otherwise.*came true: INC0012255/s);
});

test("one change of a pipeline helped, one did not, one is too young; an experiment has its interval", () => {
  const text = told("A pipeline is repaired");
  expect(text).toMatch(/Tests side by side.*not enough evidence.*Shared runners.*Wait for provisioning .* better Runs that fail .* better.*Cache of builds/s);
  expect(text.split("Cache of builds")[1]).not.toMatch(/better|worse/);
  expect(textOf(sectionOf(page("practices/outcomes.html"), "experiments") ?? "")).toMatch(/Chart on the statement.*\+0\.021 to \+0\.079 keep/s);
});

test("every measure has something to show", () => {
  const areas = ["delivery", "pipelines", "planning", "environments", "afterwards", "outcomes"];
  for (const area of areas) expect(page(`practices/${area}.html`), area).not.toContain("What could be connected");
});
