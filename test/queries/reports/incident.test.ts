import { expect, onTestFinished, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given } from "../../support/history.ts";

async function world(): Promise<Warehouse> {
  const warehouse = await given({
    asOf: "2026-03-01T00:00:00Z",
    config: { time_zone: "Europe/Berlin" },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | v1      | 2026-01-05T10:00:00Z | success`,
      incident: `
        id | service | title  | started_at           | detected_at          | mitigated_at         | resolved_at
        i1 | api     | Caused | 2026-01-05T11:00:00Z | 2026-01-05T10:59:00Z | 2026-01-05T13:00:00Z | 2026-01-06T11:00:00Z
        i2 |         | Nobody | 2026-01-31T23:30:00Z |                      |                      | 2026-02-01T00:30:00Z
        i3 | other   | Open   | 2026-02-01T10:00:00Z |                      |                      | `,
    },
  });
  onTestFinished(() => warehouse.close());
  return warehouse;
}

test("every incident is listed, also of no service or an unknown one, under the month it began in", async () => {
  const rows = await (
    await world()
  ).rows(
    `select month, position, native_id, detected_seconds, restored_seconds, is_open, open_seconds, candidates, accepted
     from reports.site_incident order by month, position`,
  );
  const found = { detected_seconds: null, candidates: 0, accepted: 0 };
  expect(rows).toEqual([
    // Detected before it is said to have begun: no duration. Mitigation counts, not resolution.
    {
      ...found,
      month: "2026-01",
      position: 1,
      native_id: "i1",
      restored_seconds: 7200,
      is_open: false,
      open_seconds: null,
      candidates: 1,
      accepted: 1,
    },
    // From 1 February 10:00 to 1 March 00:00: 27 days and 14 hours.
    {
      ...found,
      month: "2026-02",
      position: 1,
      native_id: "i3",
      restored_seconds: null,
      is_open: true,
      open_seconds: (27 * 24 + 14) * 3600,
    },
    {
      ...found,
      month: "2026-02",
      position: 2,
      native_id: "i2",
      restored_seconds: 3600,
      is_open: false,
      open_seconds: null,
    },
  ]);
});

test("months sum up what is open, caused and unexplained", async () => {
  expect(await (await world()).rows("select * from reports.site_incident_month order by month")).toEqual([
    {
      month: "2026-01",
      incidents: 1,
      open: 0,
      with_cause: 1,
      without_candidate: 0,
      restored: 1,
      median_restored_seconds: 7200,
      longest_restored_seconds: 7200,
      pages: 1,
    },
    {
      month: "2026-02",
      incidents: 2,
      open: 1,
      with_cause: 0,
      without_candidate: 2,
      restored: 1,
      median_restored_seconds: 3600,
      longest_restored_seconds: 3600,
      pages: 1,
    },
  ]);
});
