import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const HALF_A_YEAR = "2026-03-01T00:00:00Z | 2026-08-28T00:00:00Z";

const WAIVED: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services: { api: {} }, teams: { core: { owns: ["api"] } } },
  data: {
    person: `
      id  | logins
      ana | ana; aruiz`,
    deployment: `
      id | service | environment | started_at           | finished_at          | status
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d2 | api     | production  | 2026-02-02T12:00:00Z | 2026-02-02T12:10:00Z | success`,
    exemption: `
      id  | control | scope      | requested_by | approver | reason | compensating_control | approved_at          | valid_from           | valid_until
      e01 | WIN-01  | api        | ana          | ben      | Law    | Watched              | 2026-02-20T00:00:00Z | ${HALF_A_YEAR}
      e02 | WIN-01  |            | ana          | ben      | Law    | Watched              |                      | ${HALF_A_YEAR}
      e03 | WIN-01  | core       | ana          | aruiz    | Law    | Watched              |                      | ${HALF_A_YEAR}
      e04 | WIN-01  | production | ana          | ben      | Law    | Watched              | 2026-03-01T00:00:01Z | ${HALF_A_YEAR}
      e05 | WIN-01  | api        |              |          |        |                      |                      |                      |
      e06 | WIN-01  | api        | ana          | ben      | Law    | Watched              |                      | 2026-03-01T00:00:00Z | 2026-08-28T00:00:01Z
      e07 | WIN-01  | d1         | ana          | ben      | Law    | Watched              |                      | 2026-03-01T00:00:00Z | 2026-03-03T00:00:00Z
      e08 | WIN-01  | data:d2    | ana          | ben      | Law    | Watched              |                      | 2026-03-01T00:00:00Z | 2026-03-03T00:00:00Z`,
  },
};

test("an exemption says all that it must, and held when it was needed", async () => {
  const rows = await judged("EXC-01", WAIVED);
  expect(Object.fromEntries(rows.map(({ unit, status, reason }) => [unit, `${status}: ${reason}`]))).toEqual({
    "data:e01": "pass: The exemption says all that it must, and somebody independent allowed it.",
    "data:e02": "fail: The exemption does not hold: it is for everything, which is broader than an exemption may be.",
    "data:e03": "fail: The exemption does not hold: who asked for it allowed it.",
    "data:e04": "fail: The exemption does not hold: it was allowed after it began.",
    "data:e05":
      "fail: The exemption does not hold: it gives no reason, it does not say what is done instead, nobody allowed it, it does not say who asked for it, it has no beginning, it has no end.",
    "data:e06": "fail: The exemption does not hold: it holds for 181 days, more than the 180 allowed.",
    "data:e07": "pass: The exemption says all that it must, and somebody independent allowed it.",
    "data:e08": "fail: The exemption does not hold: it did not hold at 2026-02-02 12:00 UTC, when what it is for happened.",
  });
});

test("how broad an exemption may be is the policy's", async () => {
  const config = {
    ...WAIVED.config,
    controls: { "EXC-01": { parameters: { scopes: ["unit", "everything"] } } },
  };
  expect(await statuses("EXC-01", { ...WAIVED, config })).toMatchObject({
    "data:e01": "fail",
    "data:e02": "pass",
    "data:e04": "fail",
    "data:e07": "pass",
  });
});
