import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const services = { api: { repository: "api" }, lib: { repository: "lib" }, bad: { repository: "bad" } };

const KEPT: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services },
  complete: ["retention_policy", "archived_record"],
  data: {
    deployment: `
      id | service | environment | version | started_at           | status
      d0 | api     | production  | 1.0     | 2025-01-01T12:00:00Z | success
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | success
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | success
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | success
      d4 | api     | production  | 1.4     | 2026-03-04T12:00:00Z | success
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | success
      l1 | lib     | production  | 1.0     | 2026-03-01T12:00:00Z | success`,
    artifact: `
      id | service | name | version | digest
      x1 | api     | api  | 1.1     | sha256:01
      x2 | api     | api  | 1.2     | sha256:02
      x3 | api     | api  | 1.3     | sha256:03
      x4 | api     | api  | 1.4     | sha256:04`,
    retention_policy: `
      id | record_class   | keep_for | keep_unit | service
      r1 | Artifact       | 12       | months    | api
      r2 | artifact       | 30       | days      | api
      r3 | deployment_log | 1        | years     | api
      r4 | artifact       | 1        | years     | lib`,
    archived_record: `
      id | record_class   | service | subject | digest    | found_digest | disposed_at
      k1 | artifact       | api     |         | SHA256:01 | sha256:01    |
      g1 | deployment log | api     | d1      |           |              |
      k2 | artifact       |         | api 1.2 | sha256:02 | sha256:99    |
      g2 | deployment log |         | api@1.2 |           |              |
      k3 | artifact       | api     | 1.3     | sha256:03 | sha256:03    | 2026-03-20T00:00:00Z
      g3 | deployment log | api     | 1.3     |           |              |
      k4 | artifact       | api     |         | sha256:04 |              |
      g4 | deployment log | api     | data:d4 |           |              | 2027-01-01T00:00:00Z
      z5 | artifact       | other   | 1.5     |           |              |
      k6 | artifact       | lib     | 1.0     |           |              |`,
  },
};

test("what must be kept of a release is there and unaltered", async () => {
  expect(await told("ART-04", KEPT)).toEqual({
    "api@1.0": "not_applicable: What must be kept of the release had to be kept until before now.",
    "api@1.1": "pass: What must be kept of the release is there and unaltered: artifact, deployment log. The first may go at 2027-03-01 12:00 UTC.",
    "api@1.2": "fail: What the archive holds of the release is no longer what was stored: artifact. The release must be kept until 2027-03-02.",
    "api@1.3": "fail: Disposed of before the time: artifact. The release must be kept until 2027-03-03.",
    "api@1.4": "unknown: The archive does not say whether this is still what was stored: artifact.",
    "api@1.5": "fail: No archive or registry lists this of the release: artifact, deployment log. The release must be kept until 2027-03-05.",
    "lib@1.0":
      "fail: No retention policy says how long this must be kept: deployment log.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("ART-04", { ...KEPT, complete: [] })).toMatchObject({
    "api@1.1": "pass",
    "api@1.2": "fail",
    "api@1.5": "unknown",
    "lib@1.0": "unknown",
  });
});
