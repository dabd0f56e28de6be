import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const COMPARED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { environments: { eu: { kind: "production", wave: "production" }, production: { kind: "production" } } },
  complete: ["drift_scan"],
  data: {
    drift_scan: `
      id | environment | service | scanned_at           | differences | unapproved | details
      x1 | production  |         | 2026-03-01T02:00:00Z | 1           | 0          | replicas
      x2 | production  |         | 2026-03-02T02:00:00Z | 0           | 0          |
      y2 | production  | api     | 2026-03-02T03:00:00Z | 2           | 2          | port; image
      x3 | production  | other   | 2026-03-03T03:00:00Z | 0           | 0          |
      x5 | production  |         | 2026-03-05T11:00:00Z | 1           |            |
      x6 | eu          | api     | 2026-03-06T12:00:00Z | 0           |            |
      x7 | production  | api     | 2026-03-06T12:30:00Z | 0           |            |`,
    deployment: `
      id | service | environment | version | started_at           | status
      d0 | api     | production  | 1.0     | 2026-02-28T12:00:00Z | success
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | success
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | success
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | success
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | success
      d6 | api     | eu          | 1.6     | 2026-03-07T12:00:00Z | success`,
  },
};

test("the last comparison before a deployment is fresh and found nothing that nobody allowed", async () => {
  expect(await told("ENV-02", COMPARED)).toEqual({
    "data:d0": "fail: No comparison of production with its baseline was found from before the deployment began.",
    "data:d1": "pass: The comparison at 2026-03-01 02:00 UTC found no difference that nobody allowed.",
    "data:d2": "fail: The comparison at 2026-03-02 03:00 UTC found 2 differences that nobody allowed: image; port.",
    "data:d3": "fail: The last comparison of production with its baseline was at 2026-03-02 03:00 UTC, 33 h before the deployment began; 24 h are allowed.",
    "data:d5": "fail: The comparison at 2026-03-05 11:00 UTC found 1 difference that nobody allowed.",
    "data:d6": "pass: The comparison at 2026-03-06 12:30 UTC found no difference that nobody allowed.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("ENV-02", { ...COMPARED, complete: [] })).toMatchObject({
    "data:d0": "unknown",
    "data:d1": "pass",
    "data:d2": "fail",
    "data:d3": "unknown",
  });
});
