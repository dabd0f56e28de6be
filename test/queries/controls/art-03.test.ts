import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const DESCRIBED: History = {
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

test("each artifact of a release has provenance and a bill of materials", async () => {
  expect(await told("ART-03", DESCRIBED)).toMatchObject({
    "api@1.1": "pass: Evidence is there of each of the 2 artifacts of the release: provenance, sbom.",
    "api@1.2": "fail: Of what the release deploys no evidence was found of the kind: provenance (1 of 2 artifacts).",
    "api@1.3": "not_applicable: All artifacts of the release are of kinds that need none (kinds_without).",
    "api@1.4": "pass: Evidence is there of what the release deploys: provenance, sbom.",
    "api@1.5": "fail: Of what the release deploys no evidence was found of the kind: provenance, sbom.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("ART-03", { ...DESCRIBED, complete: ["artifact"] })).toMatchObject({ "api@1.1": "pass", "api@1.2": "unknown" });
});

test("a policy says which kinds are asked for", async () => {
  const config = { controls: { "ART-03": { parameters: { kinds: ["labels"] } } } };
  expect(await statuses("ART-03", { ...DESCRIBED, config })).toMatchObject({ "api@1.1": "fail", "api@1.3": "not_applicable" });
});
