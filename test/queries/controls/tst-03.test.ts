import { expect, test } from "vitest";
import { statuses, told } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const ANALYSED: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["test_result", "evidence"],
  data: {
    deployment: `
      id | service | environment | sha | started_at           | finished_at          | status
      d1 | api     | production  | s1  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success
      d2 | api     | production  | s2  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d3 | api     | production  | s3  | 2026-03-03T12:00:00Z | 2026-03-03T12:10:00Z | success
      d4 | api     | production  | s4  | 2026-03-04T12:00:00Z | 2026-03-04T12:10:00Z | success
      d5 | api     | production  | s5  | 2026-03-05T12:00:00Z | 2026-03-05T12:10:00Z | success`,
    test_result: `
      id  | service | sha | suite       | coverage | finished_at
      t1  | api     | s1  | unit        | 0.7      | 2026-03-01T11:00:00Z
      t1b | api     | s1  | integration | 0.2      | 2026-03-01T11:00:00Z
      t2a | api     | s2  | unit        | 0.9      | 2026-03-02T10:00:00Z
      t2b | api     | s2  | unit        | 0.6994   | 2026-03-02T11:00:00Z
      t3  | api     | s3  | unit        | 0.8      | 2026-03-03T11:00:00Z
      t5  | api     | s5  | unit        | 1        | 2026-03-05T11:00:00Z`,
    evidence: `
      id | kind            | subject | service | at                   | actor   | outcome    | attributes
      e1 | Static_Analysis | s1      | api     | 2026-03-01T11:00:00Z | semgrep | passed     |
      e2 | static_analysis | s2      | api     | 2026-03-02T11:00:00Z | semgrep | passed     |
      e3 | static_analysis | s3      | api     | 2026-03-03T10:00:00Z | semgrep | passed     |
      f3 | static_analysis | s3      | api     | 2026-03-03T11:00:00Z | semgrep | failed     |
      g3 | static_analysis | s3      | api     | 2026-03-03T11:00:00Z | eslint  | passed     |
      e5 | static_analysis | s5      | api     | 2026-03-05T11:00:00Z | semgrep | incomplete |`,
  },
};

test("coverage and the last analysis of each tool count", async () => {
  expect(await told("TST-03", ANALYSED)).toEqual({
    "data:d1": "pass: Tests ran 70.0 % of the lines. No finding blocks.",
    "data:d2": "fail: Tests ran 69.9 % of the lines, less than the 70 % asked for. No finding blocks.",
    "data:d3": "fail: Tests ran 80.0 % of the lines. Open findings block: data:f3.",
    "data:d4":
      "fail: No test coverage of commit s4, which was deployed, was found. No result was found for commit s4, which was deployed, of: static analysis.",
    "data:d5": "unknown: Tests ran 100.0 % of the lines. An analysis did not end or does not say how it ended.",
  });
});

test("what nobody says is complete is not known to be missing", async () => {
  expect(await statuses("TST-03", { ...ANALYSED, complete: ["evidence"] })).toMatchObject({ "data:d1": "pass", "data:d4": "unknown" });
});

test("an exemption covers the findings that it names, not others", async () => {
  const exemption = (findings: string) => ({
    ...ANALYSED.data,
    exemption: `
      id | control | scope | requested_by | approver | reason | compensating_control | valid_from           | valid_until          | findings
      x1 | TST-03  | api   | ana          | ben      | Later  | Watched              | 2026-03-01T00:00:00Z | 2026-03-09T00:00:00Z | ${findings}`,
  });
  expect(await statuses("TST-03", { ...ANALYSED, data: exemption("coverage") })).toMatchObject({ "data:d2": "exempt", "data:d3": "fail" });
  expect(await statuses("TST-03", { ...ANALYSED, data: exemption("data:f3; coverage") })).toMatchObject({ "data:d3": "exempt" });
});

test("what a policy does not ask for is not judged", async () => {
  const none = { controls: { "TST-03": { parameters: { coverage_percent: 0, kinds: [] } } } };
  expect(await statuses("TST-03", { ...ANALYSED, config: none })).toMatchObject({ "data:d2": "not_applicable" });
});
