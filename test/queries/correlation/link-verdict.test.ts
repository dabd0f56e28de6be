import { expect, test } from "vitest";
import { given, metric } from "../../support/history.ts";
import { accepted, failures, links, recoveries } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

const DEPLOYMENTS = `
  id | service | environment | version | finished_at          | status
  d1 | api     | production  | 1.0     | 2026-03-02T09:00:00Z | success
  d2 | api     | production  | 1.1     | 2026-03-02T11:00:00Z | success
  d3 | api     | production  | 1.2     | 2026-03-09T11:00:00Z | success`;

/** Each incident has d2 (1 h) before d1 (3 h) by time alone. */
const incidents = (rows: readonly string[]) =>
  ["id | service | started_at | caused_by | labels", ...rows].join("\n");

test("a person's word wins: confirm, reject, name a cause, or say that no change caused it", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: DEPLOYMENTS,
      incident: incidents([
        ...["confirm", "reject", "none", "cause", "silent"].map(
          (id) => `${id} | api | 2026-03-02T12:00:00Z | |`,
        ),
        ...["stated", "replaced", "wrong"].map((id) => `${id} | api | 2026-03-02T12:00:00Z | d2 |`),
        "labelled | api | 2026-03-02T12:00:00Z | | Not-A-Change",
        "half | api | 2026-03-02T12:00:00Z | | not-caused-by:d2",
      ]),
      incident_link_verdict: `
        incident | deployment | verdict | by  | at                   | reason
        confirm  | d1         | confirm | ana | 2026-03-03T00:00:00Z | The log says so
        reject   | d2         | reject  | ana | 2026-03-03T00:00:00Z | Not reached by users
        none     |            | reject  | ben | 2026-03-03T00:00:00Z | The provider was down
        cause    | d3         | cause   | ben | 2026-03-03T00:00:00Z |
        stated   | d1         | confirm | ben | 2026-03-03T00:00:00Z |
        replaced | 1.0        | cause   | ben | 2026-03-03T00:00:00Z |
        wrong    | d2         | reject  | ben | 2026-03-03T00:00:00Z |`,
    },
  });
  expect(await accepted(warehouse)).toEqual([
    "cause -> d3",
    "confirm -> d1",
    "half -> d1",
    "reject -> d1",
    "replaced -> d1",
    "silent -> d2",
    "stated -> d1",
    "stated -> d2",
    "wrong -> d1",
  ]);
  expect(await links(warehouse)).toContainEqual({
    ...{ incident: "confirm", deployment: "d1", class: "stated", confidence: 1, is_accepted: true },
  });
  const [link] = await warehouse.rows<{ words: string[] }>(
    "select words from correlation.incident_link_reason where incident_id = 'data:confirm' and wave_id like '%:d1'",
  );
  expect(link?.words).toContain("confirmed by a person on 2026-03-03: The log says so");
});

test("of several words the latest counts, what is said after as-of is not said, and a tie rejects", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: DEPLOYMENTS,
      incident: incidents([
        "i1 | api | 2026-03-02T12:00:00Z | |",
        "i2 | api | 2026-03-02T12:00:00Z | |",
        "i3 | api | 2026-03-02T12:00:00Z | |",
      ]),
      incident_link_verdict: `
        incident | deployment | verdict | by  | at
        i1       | d1         | confirm | ana | 2026-03-04T00:00:00Z
        i1       | d1         | reject  | ben | 2026-03-03T00:00:00Z
        i2       | d1         | confirm | ana | 2026-03-04T00:00:00Z
        i2       | d1         | reject  | ben | 2026-03-04T00:00:00Z
        i3       | d2         | reject  | ben | 2026-05-01T00:00:00Z`,
    },
  });
  expect(await accepted(warehouse)).toEqual(["i1 -> d1", "i2 -> d2", "i3 -> d2"]);
  expect(
    await warehouse.rows("select subject, rows from expectations.link_verdict_is_tied order by subject"),
  ).toEqual([
    { subject: "i1: words that differ on d1", rows: 2 },
    { subject: "i2: words that differ on d1", rows: 2 },
  ]);
});

test("failures that people rejected are counted beside the rate, not in it", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: DEPLOYMENTS,
      incident: incidents(["i1 | api | 2026-03-02T12:00:00Z | |", "i2 | api | 2026-03-09T12:00:00Z | |"]),
      incident_link_verdict: `
        incident | deployment | verdict | by  | at
        i1       |            | reject  | ana | 2026-03-04T00:00:00Z`,
    },
  });
  // d3 failed; d2 would have, had nobody said otherwise; d1 was never the best link.
  expect(await failures(warehouse)).toEqual(["d3"]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({
    numerator: 1,
    denominator: 3,
    rejected: 1,
  });
  expect(await metric(warehouse, "deployment_rework_rate")).toMatchObject({ rejected: null });
  expect(Object.keys(await recoveries(warehouse))).toEqual(["d3"]);
});

test("a word that leads nowhere is reported", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: DEPLOYMENTS,
      incident: incidents(["i1 | api | 2026-03-02T12:00:00Z | |"]),
      incident_link_verdict: `
        incident | deployment | verdict | by  | at
        i1       | d9         | confirm | ana | 2026-03-04T00:00:00Z
        i1       |            | confirm | ana | 2026-03-05T00:00:00Z
        i9       | d1         | reject  | ana | 2026-03-04T00:00:00Z`,
    },
  });
  expect(await accepted(warehouse)).toEqual(["i1 -> d2"]);
  expect(
    await warehouse.rows("select subject, rows from expectations.link_verdict_is_tied order by subject"),
  ).toEqual([
    { subject: "i1: confirms no deployment", rows: 1 },
    { subject: "i1: deployment d9", rows: 1 },
    { subject: "i9: an incident that is not known", rows: 1 },
  ]);
});

test("a rejection is said first, with its reason, wherever the link is shown", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: DEPLOYMENTS,
      incident: incidents(["i1 | api | 2026-03-02T12:00:00Z | |"]),
      incident_link_verdict: `
        incident | deployment | verdict | by  | at                   | reason
        i1       | d2         | reject  | ana | 2026-03-03T00:00:00Z | Not reached by users`,
    },
  });
  const rows = await warehouse.rows("select words from correlation.incident_link_reason where wave_id like '%:d2'");
  expect(rows).toEqual([
    { words: ["rejected by a person: Not reached by users", "began 60 min after the deployment of the same service"] },
  ]);
});
