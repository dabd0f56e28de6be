import { expect, test } from "vitest";
import { given } from "../../support/history.ts";

test("causes are classified from the standard list, and what records lack is counted", async () => {
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    complete: ["incident"],
    config: { incident_classes: { "faulty change": ["bug", "Regression"], provider: [] } },
    data: {
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at          | classification | severity | cause      | caused_by
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z | BUG            | sev1     | Wrong sign | d1
        i2 | api     | 2026-03-02T13:00:00Z | 2026-03-02T16:00:00Z | gremlins       | sev2     |            | d1
        i3 | api     | 2026-03-02T13:00:00Z |                      |                |          | Wrong sign |
        i4 | api     | 2026-03-20T13:00:00Z |                      | Provider       |          |            |`,
    },
  });
  expect(
    await warehouse.rows(
      "select class, incidents, with_change, median_restored_seconds from reports.site_incident_class",
    ),
  ).toEqual([
    { class: "faulty change", incidents: 1, with_change: 1, median_restored_seconds: 3600 },
    { class: "provider", incidents: 1, with_change: 0, median_restored_seconds: null },
    { class: "not on the list: gremlins", incidents: 1, with_change: 1, median_restored_seconds: 10_800 },
    { class: "not classified", incidents: 1, with_change: 1, median_restored_seconds: null },
  ]);
  expect(await warehouse.rows("from correlation.incident_record_quality where scope = 'all'")).toEqual([
    {
      ...{ scope: "all", service: null, incidents: 3, with_cause: 2, with_severity: 2, with_service: 3 },
      ...{ classified: 1, off_list: 1, unclassified: 1, stated: 2, complete: 1 },
    },
  ]);
});
