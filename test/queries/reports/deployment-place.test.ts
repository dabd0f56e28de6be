import { expect, onTestFinished, test } from "vitest";
import { queryFiles } from "../../../src/warehouse/model.ts";
import { openWarehouse } from "../../../src/warehouse/open.ts";
import { given, type History } from "../../support/history.ts";

async function world(history: Pick<History, "data"> & Partial<History>) {
  const warehouse = await given({
    asOf: "2026-03-01T00:00:00Z",
    ...history,
  });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

const HEAD = "id | service | environment | version | started_at | finished_at | status";

/** `count` deployments of January, one an hour. */
const hourly = (count: number) =>
  [
    HEAD,
    ...Array.from({ length: count }, (_, index) => {
      const at = new Date(Date.parse("2026-01-05T00:00:00Z") + index * 3_600_000).toISOString();
      return `d${index} | api | production | v${index} | ${at} | ${at} | success`;
    }),
  ].join("\n");

const PLACES = "select wave_id, month, page from reports.site_wave_place order by position";
type Place = { wave_id: string; month: string; page: number };

test("a page takes twenty-four deployments, newest first", async () => {
  const warehouse = await world({ data: { deployment: hourly(25) } });
  const places = await warehouse.rows<Place>(PLACES);
  expect(places.map(({ page }) => page)).toEqual([...Array<number>(24).fill(1), 2]);
  expect(places.at(0)?.wave_id).toBe("data:d24");
  expect(places.at(-1)).toEqual({ wave_id: "data:d0", month: "2026-01", page: 2 });
});

test("a deployment with many changes begins a page", async () => {
  // d1 ships 41 changes, d2 one: d2 comes first in the list, alone; then d1 begins a page, with d0 behind it.
  const change = Array.from({ length: 42 }, (_, index) => {
    const at = index < 41 ? `2026-01-06T00:${String(index).padStart(2, "0")}:00Z` : "2026-01-07T01:00:00Z";
    return `c${index} | api | ${index} | Title | ${at} | api`;
  });
  const warehouse = await world({
    config: { services: { api: { repository: "api", active_from: "2026-01-01" } } },
    data: {
      deployment: `${HEAD}
        d0 | api | production | v0 | 2026-01-05T00:00:00Z | 2026-01-05T00:00:00Z | success
        d1 | api | production | v1 | 2026-01-07T00:00:00Z | 2026-01-07T00:00:00Z | success
        d2 | api | production | v2 | 2026-01-08T00:00:00Z | 2026-01-08T00:00:00Z | success`,
      change: ["id | repository | number | title | merged_at | services", ...change].join("\n"),
    },
  });
  expect(await warehouse.rows<Place>(PLACES)).toEqual([
    { wave_id: "data:d2", month: "2026-01", page: 1 },
    { wave_id: "data:d1", month: "2026-01", page: 2 },
    { wave_id: "data:d0", month: "2026-01", page: 2 },
  ]);
});

test("the month is that of the end, in the organisation's time zone", async () => {
  const warehouse = await world({
    config: { time_zone: "Europe/Berlin" },
    data: {
      deployment: `${HEAD}
        d1 | api | production | v1 | 2026-01-31T22:30:00Z | 2026-01-31T22:59:00Z | success
        d2 | api | production | v2 | 2026-01-31T22:50:00Z | 2026-01-31T23:01:00Z | success`,
    },
  });
  expect(await warehouse.rows<Place>(PLACES)).toEqual([
    { wave_id: "data:d2", month: "2026-02", page: 1 },
    { wave_id: "data:d1", month: "2026-01", page: 1 },
  ]);
});

test("months count what went live, what failed and what was run again", async () => {
  const warehouse = await world({
    config: { services: { api: { repository: "api", active_from: "2025-12-01" } } },
    complete: ["incident"],
    data: {
      deployment: `id | attempt | service | environment | version | started_at | finished_at | status
        d1 | 1 | api | production | v1 | 2026-01-05T10:00:00Z | 2026-01-05T10:05:00Z | success
        d2 | 1 | api | production | v2 | 2026-01-06T10:00:00Z | 2026-01-06T10:05:00Z | failure
        d2 | 2 | api | production | v2 | 2026-01-06T11:00:00Z | 2026-01-06T11:05:00Z | cancelled
        d2 | 3 | api | production | v2 | 2026-01-06T12:00:00Z | 2026-01-06T12:05:00Z | success
        d3 | 1 | api | production | v3 | 2026-01-07T10:00:00Z | 2026-01-07T10:05:00Z | failure
        d4 | 1 | api | production | v4 | 2026-02-27T10:00:00Z | 2026-02-27T10:05:00Z | success`,
      incident: `id | service | started_at | resolved_at | caused_by
        i1 | api | 2026-01-05T11:00:00Z | 2026-01-05T12:00:00Z | d1`,
    },
  });
  const months = await warehouse.rows(
    `select month, recency, deployments, failed, pending, unknown, never_live, retried, pages
     from reports.site_deployment_month order by month`,
  );
  const quiet = { deployments: 0, failed: 0, pending: 0, unknown: 0, never_live: 0, retried: 0, pages: 0 };
  expect(months).toEqual([
    { ...quiet, month: "2025-12", recency: 3 },
    // d1 failed; two attempts of v2 came before the third, which went live; v3 never did
    {
      ...quiet,
      month: "2026-01",
      recency: 2,
      deployments: 2,
      failed: 1,
      never_live: 3,
      retried: 2,
      pages: 1,
    },
    // two days old: pending
    { ...quiet, month: "2026-02", recency: 1, deployments: 1, pending: 1, pages: 1 },
  ]);
});

/** What a query makes of these tables; the others that it reads, in `none`, have no rows. */
async function made(relation: string, tables: Readonly<Record<string, string>>, none: Readonly<Record<string, string>>, columns: string) {
  const warehouse = await openWarehouse(":memory:", { mode: "write" });
  onTestFinished(() => warehouse.close());
  const empty = Object.entries(none).map(([name, list]) => [name, `select ${list.split(" ").map((column) => `null::${column === "page" ? "bigint" : column === "occurred_at" ? "timestamptz" : "varchar"} as ${column}`).join(", ")} where false`]);
  for (const [name = "", sql = ""] of [...Object.entries(tables), ...empty]) {
    await warehouse.run(`create schema if not exists ${name.split(".")[0]}`);
    await warehouse.run(`create table ${name} as ${sql}`);
  }
  await warehouse.run("set variable time_zone = 'UTC'");
  await warehouse.run("set variable as_of = timestamptz '2026-03-01'");
  return warehouse.rows(`select ${columns} from (${queryFiles().find((query) => query.relation === relation)?.sql ?? ""})`);
}

test("a page of a control takes what fails first, then what is exempt, until it weighs 15,000", async () => {
  // A row weighs 200 and its reason: the four that fail 4,000 each, so that the fourth begins at 12,000 and the one exempt, with its two exemptions, after 16,000.
  const result = `
    select 'AUT-01' as control, status, 'deployment' as unit_kind, unit, 'api' as service, 'production' as environment, occurred::timestamptz as occurred_at,
      repeat('x', letters) as reason, exemptions
    from (values
      ('fail', 'd1', '2026-01-01', 3800, []), ('fail', 'd2', '2026-01-02', 3800, []), ('fail', 'd3', '2026-01-03', 3800, []), ('fail', 'd4', '2026-01-04', 3800, []),
      ('exempt', 'd5', '2026-01-05', 14_479, ['e1', 'e2']), ('exempt', 'd6', '2026-01-04', 1, ['e1']), ('pass', 'd7', '2026-01-05', 1, [])) as r (status, unit, occurred, letters, exemptions)`;
  const none = {
    "controls.deployment_part": "change_request_id deployment_id",
    "controls.production_deployment": "deployment_id wave_id service occurred_at",
    "controls.production_release": "release_id service version",
    "model.service": "service title",
    "model.change_request": "change_request_id url",
    "reports.site_wave_place": "wave_id month page",
    "reports.site_deployment_attempt": "deployment_id service month",
    "reports.site_release": "service version",
    "reports.site_incident_place": "incident_id month page",
  };
  // d5 begins at 16,000 and weighs 14,799: d6 begins at 30,799, where the third page has begun.
  expect(await made("reports.site_deviation", { "controls.result": result }, none, "unit, status, list_page")).toEqual([
    { unit: "d5", status: "exempt", list_page: 2 },
    { unit: "d6", status: "exempt", list_page: 3 },
    ...["d4", "d3", "d2", "d1"].map((unit) => ({ unit, status: "fail", list_page: 1 })),
  ]);
});

test("a page of incidents takes 120: four for each, one for each of up to ten candidates", async () => {
  // The newest seven have twelve candidates each and weigh 14: 98. The next six weigh 4 each: they begin at 98, 102, 106, 110, 114 and 118. The last begins at 122.
  const incident = "select 'i' || lpad(n::varchar, 2, '0') as incident_id, timestamptz '2026-01-31 12:00:00+00' - to_hours(n::integer) as started_at from range(14) as r (n)";
  const link = "select 'i' || lpad(n::varchar, 2, '0') as incident_id from range(7) as r (n), range(12) as c (k)";
  const places = await made("reports.site_incident_place", { "model.incident": incident, "correlation.incident_link": link }, {}, "incident_id, page");
  expect(places).toEqual(Array.from({ length: 14 }, (_, n) => ({ incident_id: `i${String(n).padStart(2, "0")}`, page: n < 13 ? 1 : 2 })));
});
