import { expect, onTestFinished, test } from "vitest";
import { given, type History } from "../../support/history.ts";

const HEAD = "id | service | environment | version | finished_at | status";

type Teams = NonNullable<History["config"]>["teams"];

async function annotations(data: History["data"], teams: Teams = {}, annotated: NonNullable<History["config"]>["annotations"] = []) {
  const warehouse = await given({
    asOf: "2026-07-01T00:00:00Z",
    config: { services: { api: {}, web: {} }, teams, annotations: annotated },
    data: {
      deployment: `${HEAD}
        d1 | api | production | v1 | 2025-01-05T10:00:00Z | success
        d2 | web | production | v1 | 2025-01-05T10:00:00Z | success`,
      ...data,
    },
  });
  onTestFinished(() => warehouse.close());
  const rows = await warehouse.rows<{ told: string }>(
    `select scope || ' ' || period_kind || ' ' || strftime(happened_at, '%Y-%m-%d') || ' ' || label as told
     from reports.site_annotation where scope_kind <> 'organisation' and period_kind in ('month', 'quarter') and is_drawn order by told`,
  );
  return rows.map(({ told }) => told);
}

/** All that a list below trends by quarter says of a scope. */
async function listed(scope: string, data: History["data"], annotated: NonNullable<History["config"]>["annotations"]) {
  const warehouse = await given({
    asOf: "2026-07-01T00:00:00Z",
    config: {
      ...{ organisation: "Acme", time_zone: "Europe/Berlin", services: { api: {}, web: {} }, annotations: annotated },
      teams: { one: { owns: [{ service: "api", until: "2026-03-01" }, "web"] }, two: { owns: [{ service: "api", from: "2026-03-01" }] } },
    },
    data: {
      deployment: `${HEAD}
        d1 | api | production | v1 | 2025-01-05T10:00:00Z | success
        d2 | web | production | v1 | 2025-01-05T10:00:00Z | success`,
      ...data,
    },
  });
  onTestFinished(() => warehouse.close());
  const rows = await warehouse.rows<{ told: string }>(
    `select
       strftime(happened_at, '%Y-%m-%d') || coalesce(' to ' || strftime(ended_at, '%Y-%m-%d'), '') || ' ' || text
       || case when is_drawn then ', drawn as ' || label else '' end as told
     from reports.site_annotation where scope = $1 and period_kind = 'quarter' order by rowid`,
    [scope],
  );
  return rows.map(({ told }) => told);
}

test("a change of owner is marked on the service and on both teams", async () => {
  const both = (team: { from: string } | { until: string }) => [
    { service: "api", ...team },
    { service: "web", ...team },
  ];
  const told = await annotations(
    {},
    { one: { owns: both({ until: "2025-11-17" }) }, two: { owns: both({ from: "2025-11-17" }) } },
  );
  const marked = (scope: string, label: string) =>
    ["month", "quarter"].map((kind) => `${scope} ${kind} 2025-11-17 ${label}`);
  expect(told).toEqual([
    ...marked("api", "new owner"),
    ...marked("one", "gave up 2 services"),
    ...marked("two", "took over 2 services"),
    ...marked("web", "new owner"),
  ]);
});

test("a service's first owner is no change", async () => {
  expect(await annotations({}, { one: { owns: [{ service: "api", from: "2025-11-17" }] } })).toEqual([]);
});

test("a freeze is marked by month, of everybody or of its service, and not beside a change of owner", async () => {
  const told = await annotations(
    {
      calendar_window: `
        id | kind     | scope | starts_at            | ends_at
        w1 | freeze   |       | 2025-12-15T00:00:00Z | 2026-01-06T00:00:00Z
        w2 | freeze   | web   | 2026-06-15T00:00:00Z | 2026-06-20T00:00:00Z
        w3 | blackout |       | 2025-06-15T00:00:00Z | 2025-06-20T00:00:00Z
        w4 | freeze   |       | 2026-12-15T00:00:00Z | 2027-01-06T00:00:00Z`,
    },
    {
      one: { owns: [{ service: "api", until: "2025-11-17" }] },
      two: { owns: [{ service: "api", from: "2025-11-17" }] },
    },
  );
  expect(told.filter((text) => /^(api|web)/.test(text))).toEqual([
    "api month 2025-11-17 new owner",
    "api quarter 2025-11-17 new owner",
    "web month 2025-12-15 freeze",
    "web month 2026-06-15 freeze",
  ]);
});

const ANNOTATED = [
  { text: "New office", from: "2025-05-05" },
  { text: "Rewrite of what the team owned in February", from: "2026-02-10", until: "2026-02-20", team: "one" },
  { text: "Builds move", from: "2026-06-02", kind: "tool change" as const, service: "api" },
  { text: "Next day", from: "2026-07-02" },
];

test.each([
  // What the service has had since March is nearest to it; the rewrite was when it still was team one's. Days are those of Berlin.
  [
    "api",
    [
      "2025-05-04 New office, drawn as New office",
      "2026-02-09 to 2026-02-19 Rewrite of what the team owned in February",
      "2026-02-28 new owner: two, drawn as new owner",
      "2026-06-01 tool change: Builds move",
    ],
  ],
  ["web", ["2025-05-04 New office, drawn as New office", "2026-02-09 to 2026-02-19 Rewrite of what the team owned in February, drawn as Rewrite of what the tea…"]],
  ["one", ["2025-05-04 New office, drawn as New office", "2026-02-09 to 2026-02-19 Rewrite of what the team owned in February", "2026-02-28 gave up api, drawn as gave up 1 service"]],
  ["two", ["2025-05-04 New office, drawn as New office", "2026-02-28 took over api, drawn as took over 1 service"]],
  ["Acme", ["2025-05-04 New office, drawn as New office"]],
])("annotations of the configuration reach %s, and what has no room on the drawing is listed", async (scope, told) => {
  expect(await listed(scope, {}, ANNOTATED)).toEqual(told);
});

test("a freeze is listed with its reason by quarter too, where it is not drawn", async () => {
  const calendar_window = `
    id | kind   | scope | starts_at            | ends_at              | reason
    w1 | freeze |       | 2025-12-15T00:00:00Z | 2026-01-06T00:00:00Z | Holidays`;
  expect(await listed("Acme", { calendar_window }, [])).toEqual(["2025-12-15 to 2026-01-06 freeze: Holidays"]);
});
