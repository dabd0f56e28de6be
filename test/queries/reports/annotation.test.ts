import { expect, onTestFinished, test } from "vitest";
import { given, type History } from "../../support/history.ts";

const HEAD = "id | service | environment | version | finished_at | status";

type Teams = NonNullable<History["config"]>["teams"];

async function annotations(data: History["data"], teams: Teams = {}) {
  const warehouse = await given({
    asOf: "2026-07-01T00:00:00Z",
    config: { services: { api: {}, web: {} }, teams },
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
     from reports.site_annotation where scope_kind <> 'organisation' and period_kind <> 'week' order by told`,
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
