import { expect, test } from "vitest";
import { judged, statuses, told } from "../../support/controls.ts";
import { given, type History } from "../../support/history.ts";

const SCANNED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["evidence"],
  data: {
    artifact: `
      id | service | name | version | sha | digest    | scan_outcome
      x1 | api     | api  | 1.1     | s1  | sha256:01 |
      x5 | api     | api  | 1.5     | s5  | sha256:05 | passed`,
    deployment: `
      id | service | environment | sha | version | started_at           | finished_at          | status
      d1 | api     | production  | s1  | 1.1     | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success
      d2 | api     | production  | s2  | 1.2     | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d3 | api     | production  | s3  | 1.3     | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success
      d4 | api     | production  | s4  | 1.4     | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success
      d5 | api     | production  | s5  | 1.5     | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success
      d6 | api     | production  | s6  | 1.6     | 2026-03-06T12:00:00Z | 2026-03-06T12:10:00Z | success`,
    // 1 by digest, version of the service and commit; 2 a secret; 3 the scan came only afterwards; 4 nothing; 5 the registry's word; 6 does not say how it ended.
    evidence: `
      id | kind            | subject   | service | at                   | outcome
      a1 | security_scan   | sha256:01 |         | 2026-03-01T11:00:00Z | passed
      b1 | secret_scan     | 1.1       | api     | 2026-03-01T11:00:00Z | passed
      c1 | vault_reference | s1        |         |                      | passed
      a2 | security_scan   | s2        | api     | 2026-03-02T11:00:00Z | passed
      b2 | secret_scan     | s2        | api     | 2026-03-02T11:00:00Z | failed
      c2 | vault_reference | s2        | api     | 2026-03-02T11:00:00Z | passed
      a3 | security_scan   | s3        | api     | 2026-03-03T13:00:00Z | passed
      b3 | secret_scan     | s3        | api     | 2026-03-03T11:00:00Z | passed
      c3 | vault_reference | s3        | api     | 2026-03-03T11:00:00Z | passed
      b5 | secret_scan     | d5        | api     | 2026-03-05T11:00:00Z | passed
      c5 | vault_reference | api@1.5   | api     | 2026-03-05T11:00:00Z | passed
      a6 | security_scan   | s6        | api     | 2026-03-06T11:00:00Z |
      b6 | secret_scan     | s6        | api     | 2026-03-06T11:00:00Z | passed
      c6 | vault_reference | s6        | api     | 2026-03-06T11:00:00Z | passed
      z1 | security_scan   | s1        | other   | 2026-03-01T11:00:00Z | failed`,
  },
};

test("a deployment needs a scan of each kind from before it, with nothing open that blocks", async () => {
  expect(await told("TST-04", SCANNED)).toEqual({
    "data:d1": "pass: Nothing that blocks was open before the deployment began: secret scan, security scan, vault reference.",
    "data:d2": "fail: Open findings block: data:b2.",
    "data:d3": "fail: For commit s3, which was deployed, nothing was found from before the deployment began of: security scan.",
    "data:d4":
      "fail: For commit s4, which was deployed, nothing was found from before the deployment began of: secret scan, security scan, vault reference.",
    "data:d5": "pass: Nothing that blocks was open before the deployment began: secret scan, security scan, vault reference.",
    "data:d6": "unknown: This did not end or does not say how it ended: security scan.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("TST-04", { ...SCANNED, complete: [] })).toMatchObject({ "data:d1": "pass", "data:d2": "fail", "data:d4": "unknown" });
});

test("a policy says which kinds are asked for", async () => {
  const none = { controls: { "TST-04": { parameters: { kinds: [] } } } };
  expect(await statuses("TST-04", { ...SCANNED, config: none })).toMatchObject({ "data:d2": "not_applicable" });
});

test("rules that block are findings, and each needs an exemption of its own", async () => {
  const attributes = JSON.stringify({ blocking_rules: ["CVE-2", "CVE-1"], tool: "trivy" });
  const history = (findings: string): History => ({
    ...SCANNED,
    data: {
      deployment: `
        id | service | environment | sha | started_at           | finished_at          | status
        d1 | api     | production  | s1  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success`,
      evidence: `
        id | kind          | subject | service | at                   | outcome | attributes
        a1 | security_scan | s1      | api     | 2026-03-01T11:00:00Z | passed  | ${attributes}`,
      exemption: `
        id | control | scope | requested_by | approver | reason | compensating_control | valid_from           | valid_until          | findings
        x1 | TST-04  | d1    | ana          | ben      | Later  | Watched              | 2026-03-01T00:00:00Z | 2026-03-09T00:00:00Z | ${findings}`,
    },
    config: { controls: { "TST-04": { parameters: { kinds: ["security_scan"] } } } },
  });
  expect(await judged("TST-04", history("CVE-1"))).toEqual([
    {
      unit: "data:d1",
      status: "fail",
      reason: "Open findings block: CVE-1, CVE-2. data:x1 does not cover CVE-2.",
    },
  ]);
  expect(await statuses("TST-04", history("CVE-1; CVE-2"))).toEqual({ "data:d1": "exempt" });
});

test("artifacts are tied to deployments by digest, commit and version, never by the version of another commit", async () => {
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    data: {
      artifact: `
        id | service | name | version | sha | digest
        a  | api     | api  | 1.1     | s1  | sha256:01
        b  | api     | api  | 1.2     | s9  | sha256:02
        c  | api     | api  | 1.3     |     | sha256:03
        d  |         | api  |         | s1  | sha256:04
        e  | other   | api  | 1.3     | s1  | sha256:05
        f  |         | api  |         |     | sha256:06`,
      deployment: `
        id | service | environment | sha | version   | started_at           | status
        d1 | api     | production  | S1  | 1.1       | 2026-03-01T12:00:00Z | success
        d2 | api     | staging     | s2  | 1.2       | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | s3  | 1.3       | 2026-03-03T12:00:00Z | success
        d4 | api     | production  |     | SHA256:06 | 2026-03-03T12:00:00Z | success`,
    },
  });
  expect(await warehouse.rows("select * from controls.deployment_artifact")).toEqual([
    { deployment_id: "data:d1", artifact_id: "data:a", digest: "sha256:01", how: "commit" },
    { deployment_id: "data:d1", artifact_id: "data:d", digest: "sha256:04", how: "commit" },
    { deployment_id: "data:d3", artifact_id: "data:c", digest: "sha256:03", how: "version" },
    { deployment_id: "data:d4", artifact_id: "data:f", digest: "sha256:06", how: "digest" },
  ]);
  warehouse.close();
});
