import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

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
    "data:d1": "pass: The 2 artifacts deployed are signed, and their signatures were verified before the deployment began.",
    "data:d2": "fail: The signature of the artifact deployed was verified only after the deployment had begun.",
    "data:d3": "fail: The signature of the artifact deployed is known to be bad.",
    "data:d4": "fail: Of the 2 artifacts deployed: 1 of which no signature was found.",
    "data:d5": "fail: The artifact deployed is signed, but no verification of its signature was found.",
    "data:d6": "fail: The verification of the signature of the artifact deployed failed before the deployment began.",
    "data:d7": "not_applicable: All that the deployment brings is made by somebody else (third_party_kinds).",
    "data:d8": "pass: The artifact deployed is signed, and its signature was verified before the deployment began.",
    "data:d9": "unknown: The artifact deployed is signed, but its verification does not say when it was or how it ended.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
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
    "data:d1": "pass: The 2 artifacts deployed are signed, and their signatures were verified before the deployment began.",
    "data:d2": "fail: The artifact deployed is signed by an identity that may not sign.",
    "data:d5": "fail: The artifact deployed is signed, but nothing says by whom.",
    "data:d8": "pass: The artifact deployed is signed, and its signature was verified before the deployment began.",
  });
});
