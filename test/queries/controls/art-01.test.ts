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
  const fine = "pass: The version of the release and the names of its artifacts follow the rule, and mean one thing each.";
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
    "lib@2026.03.3": "fail: Pattern: names of artifacts have not the form asked for: a b.",
    "lib@2026.03.4": "fail: Pattern: artifacts of the release do not say all that they must of themselves: lib (built_at).",
    "bad@latest": "fail: Pattern: the version latest has not the form asked for.",
    "bad@1.0": "not_applicable: All that the release deploys is made by somebody else (third_party_kinds).",
  });
});

test("artifacts that nobody says are all there are not known to be missing", async () => {
  const { artifact: _, ...data } = NAMED.data;
  expect(await told("ART-01", { ...NAMED, data })).toMatchObject({
    "api@1.4.0": "fail: The version of the release follows the rule, but no artifact of it was found.",
  });
  expect(await statuses("ART-01", { ...NAMED, data, complete: [] })).toMatchObject({ "api@1.4.0": "unknown", "api@1.3.0": "fail" });
});
