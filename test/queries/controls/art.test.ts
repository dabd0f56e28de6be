import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const services = { api: { repository: "api" }, lib: { repository: "lib" }, bad: { repository: "bad" } };

const NAMED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services },
  complete: ["artifact"],
  data: {
    deployment: `
      id | service | environment | version    | started_at           | status
      a1 | api     | production  | 1.4.0      | 2026-03-01T12:00:00Z | success
      a2 | api     | production  | 2.0.0-rc.9 | 2026-03-02T12:00:00Z | success
      a3 | api     | production  | 2.0.0-rc.10| 2026-03-03T12:00:00Z | success
      a4 | api     | production  | v2.0       | 2026-03-04T12:00:00Z | success
      a5 | api     | production  | 1.4.1      | 2026-03-05T12:00:00Z | success
      a6 | api     | production  | 1.3.0      | 2026-03-06T12:00:00Z | success
      a7 | api     | production  | 1.3        | 2026-03-07T12:00:00Z | success
      l1 | lib     | production  | 2026.03.1  | 2026-03-01T12:00:00Z | success
      l2 | lib     | production  | 2026.03.2  | 2026-03-02T12:00:00Z | success
      l3 | lib     | production  | 2026.03.3  | 2026-03-03T12:00:00Z | success
      l4 | lib     | production  | 2026.03.4  | 2026-03-04T12:00:00Z | success
      b1 | bad     | production  | latest     | 2026-03-01T12:00:00Z | success
      b2 | bad     | production  | 1.0        | 2026-03-02T12:00:00Z | success`,
    artifact: `
      id  | service | name | version     | digest    | sha | built_at             | kind
      x1  | api     | api  | 1.4.0       | sha256:01 | s1  | 2026-03-01T10:00:00Z | container
      x2  | api     | api  | 2.0.0-rc.9  | sha256:02 | s2  | 2026-03-01T10:00:00Z |
      x3  | api     | api  | 2.0.0-rc.10 | sha256:03 | s3  | 2026-03-01T10:00:00Z |
      x4  | api     | api  | v2.0        | sha256:04 | s4  | 2026-03-01T10:00:00Z |
      x5  | api     | api  | 1.4.1       | sha256:05 | s5  | 2026-03-01T10:00:00Z |
      x6  | api     | api  | 1.3.0       | sha256:06 | s6  | 2026-03-01T10:00:00Z |
      x7  | api     | api  | 1.3         | sha256:07 | s7  | 2026-03-01T10:00:00Z |
      y1  | lib     | lib  | 2026.03.1   | sha256:11 | s1  |                      |
      y1b | lib     | lib  | 2026.03.1   | SHA256:11 |     | 2026-03-01T10:00:00Z |
      y2  | lib     | lib  | 2026.03.2   | sha256:12 | s2  | 2026-03-01T10:00:00Z | container
      y2b | lib     | lib  | 2026.03.2   | sha256:13 | s2  | 2026-03-01T10:00:00Z | container
      y3  | lib     | a b  | 2026.03.3   | sha256:14 | s3  | 2026-03-01T10:00:00Z |
      y4  | lib     | lib  | 2026.03.4   | sha256:15 | s4  |                      |
      z2  | bad     | php  | 1.0         | sha256:16 |     |                      | vendor`,
  },
};

test("a release has a valid version higher than before, and artifacts with names of their own", async () => {
  const fine = "pass: Its version and the names of its artifacts follow the rule, and mean one thing each.";
  expect(await told("ART-01", NAMED)).toEqual({
    "api@1.4.0": fine,
    "api@2.0.0-rc.9": fine,
    "api@2.0.0-rc.10": fine,
    "api@v2.0": fine,
    "api@1.4.1": fine,
    "api@1.3.0": "fail: Order: 1.3.0 is not higher than the versions before it.",
    "api@1.3": "fail: Order: 1.3 is not higher than the versions before it.",
    "lib@2026.03.1": fine,
    "lib@2026.03.2": "fail: Duplicate: one name means several digests: lib 2026.03.2.",
    "lib@2026.03.3": "fail: Pattern: names have not the form asked for: a b.",
    "lib@2026.03.4": "fail: Pattern: what its artifacts do not say of themselves: lib (built_at).",
    "bad@latest": "fail: Pattern: the version latest has not the form asked for.",
    "bad@1.0": "not_applicable: All that it deploys is made by somebody else (third_party_kinds).",
  });
});

test("artifacts that nobody says are all there are not known to be missing", async () => {
  const { artifact: _, ...data } = NAMED.data;
  expect(await told("ART-01", { ...NAMED, data })).toMatchObject({
    "api@1.4.0": "fail: Its version follows the rule, but no artifact of it was found.",
  });
  expect(await statuses("ART-01", { ...NAMED, data, complete: [] })).toMatchObject({ "api@1.4.0": "unknown", "api@1.3.0": "fail" });
});

const attributes = (identity: string) => JSON.stringify({ identity });

const SIGNED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["evidence", "artifact"],
  data: {
    deployment: `
      id | service | environment | version | started_at           | status
      d1 | api     | production  | 1.1     | 2026-03-01T12:00:00Z | success
      d2 | api     | production  | 1.2     | 2026-03-02T12:00:00Z | success
      d3 | api     | production  | 1.3     | 2026-03-03T12:00:00Z | success
      d4 | api     | production  | 1.4     | 2026-03-04T12:00:00Z | success
      d5 | api     | production  | 1.5     | 2026-03-05T12:00:00Z | success
      d6 | api     | production  | 1.6     | 2026-03-06T12:00:00Z | success
      d7 | api     | production  | 1.7     | 2026-03-07T12:00:00Z | success
      d8 | api     | production  | 1.8     | 2026-03-08T12:00:00Z | success
      d9 | api     | production  | 1.9     | 2026-03-09T12:00:00Z | success`,
    artifact: `
      id | service | name | version | digest    | kind   | is_signed
      x1 | api     | api  | 1.1     | sha256:01 |        |
      y1 | api     | web  | 1.1     | sha256:f1 |        |
      x2 | api     | api  | 1.2     | sha256:02 |        |
      x3 | api     | api  | 1.3     | sha256:03 |        |
      x4 | api     | api  | 1.4     | sha256:04 |        |
      y4 | api     | web  | 1.4     | sha256:f4 |        |
      x5 | api     | api  | 1.5     | sha256:05 |        | true
      x6 | api     | api  | 1.6     | sha256:06 |        |
      x7 | api     | api  | 1.7     | sha256:07 | vendor |`,
    // 2 verified only afterwards; 3 a bad signature; 4 one of two unsigned; 5 no log of the verifier; 6 its verification failed; 8 by the deployment; 9 without a time.
    evidence: `
      id | kind                   | subject   | service | at                   | outcome      | attributes
      s1 | signature              | SHA256:01 |         | 2026-03-01T10:00:00Z | not verified | ${attributes("build")}
      v1 | signature_verification | sha256:01 |         | 2026-03-01T11:00:00Z | passed       |
      s0 | signature              | sha256:f1 |         | 2026-03-01T10:00:00Z | verified     | ${attributes("build")}
      v0 | signature_verification | sha256:f1 |         | 2026-03-01T11:00:00Z | passed       |
      s2 | signature              | sha256:02 |         | 2026-03-02T10:00:00Z | verified     | ${attributes("laptop")}
      v2 | signature_verification | sha256:02 |         | 2026-03-02T13:00:00Z | passed       |
      s3 | signature              | sha256:03 |         | 2026-03-03T10:00:00Z | invalid      |
      s4 | signature              | sha256:04 |         | 2026-03-04T10:00:00Z | verified     | ${attributes("laptop")}
      v4 | signature_verification | sha256:04 |         | 2026-03-04T11:00:00Z | passed       |
      s6 | signature              | sha256:06 |         | 2026-03-06T10:00:00Z | verified     |
      v6 | signature_verification | sha256:06 |         | 2026-03-06T10:30:00Z | passed       |
      w6 | signature_verification | sha256:06 |         | 2026-03-06T11:00:00Z | failed       |
      v8 | signature_verification | d8        | api     | 2026-03-08T11:00:00Z | verified     | ${attributes("build")}
      v9 | signature_verification | d9        | api     |                      | verified     |`,
  },
};

test("what is deployed is signed, and was verified before", async () => {
  expect(await told("ART-02", SIGNED)).toEqual({
    "data:d1": "pass: Its 2 artifacts are signed, and were verified before it began.",
    "data:d2": "fail: Of 1 artifact: 1 verified only after it began.",
    "data:d3": "fail: Of 1 artifact: 1 with a bad signature.",
    "data:d4": "fail: Of 2 artifacts: 1 of which no signature was found.",
    "data:d5": "fail: Of 1 artifact: 1 of which no verification was found.",
    "data:d6": "fail: Of 1 artifact: 1 whose verification before it began failed.",
    "data:d7": "not_applicable: All that it deploys is made by somebody else (third_party_kinds).",
    "data:d8": "pass: What it deploys is signed, and was verified before it began.",
    "data:d9": "unknown: Of 1 artifact: 1 whose verification does not say when or how it ended.",
  });
  expect(await statuses("ART-02", { ...SIGNED, complete: [] })).toMatchObject({
    "data:d1": "pass",
    "data:d2": "fail",
    "data:d4": "unknown",
    "data:d5": "unknown",
  });
});

test("where identities are listed, nobody else may sign", async () => {
  const config = { controls: { "ART-02": { parameters: { identities: ["build"] } } } };
  expect(await told("ART-02", { ...SIGNED, config })).toMatchObject({
    "data:d1": "pass: Its 2 artifacts are signed, and were verified before it began.",
    "data:d2": "fail: Of 1 artifact: 1 signed by an identity that may not.",
    "data:d5": "fail: Of 1 artifact: 1 of which nobody knows who signed.",
    "data:d8": "pass: What it deploys is signed, and was verified before it began.",
  });
});

test("each artifact of a release has provenance and a bill of materials", async () => {
  const described: History = {
    ...SIGNED,
    data: {
      deployment: SIGNED.data.deployment ?? "",
      artifact: `
        id | service | name | version | digest    | kind          | has_sbom
        x1 | api     | api  | 1.1     | sha256:01 |               | true
        y1 | api     | web  | 1.1     | sha256:f1 |               |
        z1 | api     | doc  | 1.1     | sha256:e1 | documentation |
        x2 | api     | api  | 1.2     | sha256:02 |               |
        y2 | api     | web  | 1.2     | sha256:f2 |               |
        x3 | api     | doc  | 1.3     | sha256:03 | Documentation |
        x4 | api     | api  | 1.4     |           |               | true`,
      evidence: `
        id | kind       | subject   | service | outcome
        p1 | provenance | sha256:01 |         |
        q1 | provenance | sha256:f1 |         |
        b1 | sbom       | sha256:f1 |         |
        p2 | provenance | sha256:02 |         |
        q2 | provenance | sha256:f2 |         | failed
        b2 | sbom       | 1.2       | api     |
        p4 | provenance | 1.4       | api     |`,
    },
  };
  expect(await told("ART-03", described)).toMatchObject({
    "api@1.1": "pass: There of each of its 2 artifacts: provenance, sbom.",
    "api@1.2": "fail: Not found of what it deploys: provenance (1 of 2 artifacts).",
    "api@1.3": "not_applicable: All its artifacts are of kinds that need none (kinds_without).",
    "api@1.4": "pass: There of what it deploys: provenance, sbom.",
    "api@1.5": "fail: Not found of what it deploys: provenance, sbom.",
  });
  expect(await statuses("ART-03", { ...described, complete: ["artifact"] })).toMatchObject({ "api@1.1": "pass", "api@1.2": "unknown" });
  const config = { controls: { "ART-03": { parameters: { kinds: ["labels"] } } } };
  expect(await statuses("ART-03", { ...described, config })).toMatchObject({ "api@1.1": "fail", "api@1.3": "not_applicable" });
});

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
    "api@1.0": "not_applicable: What must be kept of it had to be kept until before now.",
    "api@1.1": "pass: There and unaltered: artifact, deployment log. The first may go at 2027-03-01 12:00.",
    "api@1.2": "fail: No longer what was stored: artifact.",
    "api@1.3": "fail: Disposed of before its time: artifact.",
    "api@1.4": "unknown: Whether it is still what was stored is not told: artifact.",
    "api@1.5": "fail: No record in an archive was found: artifact, deployment log.",
    "lib@1.0":
      "fail: No policy says how long to keep it: deployment log.",
  });
  expect(await statuses("ART-04", { ...KEPT, complete: [] })).toMatchObject({
    "api@1.1": "pass",
    "api@1.2": "fail",
    "api@1.5": "unknown",
    "lib@1.0": "unknown",
  });
});
