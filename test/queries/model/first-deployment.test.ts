import { describe, expect, test } from "vitest";
import { metric } from "../../support/history.ts";
import { changes, commits, deployments, leadTimes, mainAt, records, shipped, story } from "../story.ts";

// Four pull requests, squashed one after the other; the first deployment that is known contains two of them.
const history = {
  commit: commits(`
    sha | parents | at
    m1  |         | 05 10:00
    m2  | m1      | 06 10:00
    m3  | m2      | 07 10:00
    m4  | m3      | 08 10:00`),
  ref: mainAt("m4"),
  change: changes(`
    number | merge_sha | first_commit_at | merged_at
    1      | m1        | 05 08:00        | 05 10:00
    2      | m2        | 06 08:00        | 06 10:00
    3      | m3        | 07 08:00        | 07 10:00
    4      | m4        | 08 08:00        | 08 10:00`),
  deployment: deployments(`
    id | sha | at
    d1 | m2  | 06 12:00
    d2 | m3  | 07 12:00`),
};

describe("what the first known deployment ships", () => {
  test("is unknown where nobody says that the history is complete", async () => {
    const warehouse = await story({ data: history });
    expect(await shipped(warehouse)).toEqual({ d1: ["1?", "2?"], d2: ["3"] });
    // Only change 3 has a lead time: 07 08:00 -> 07 12:00 = 4 h; two are unknown, change 4 waits.
    expect(await metric(warehouse, "change_lead_time")).toMatchObject({
      n: 1,
      value: 4 * 3600,
      unknown: 2,
      pending: 1,
    });
    // Two deployments from the day of the first known one, 6 January, to the 30th: 25 days.
    expect(await metric(warehouse, "deployment_frequency")).toMatchObject({ numerator: 2, denominator: 25 });
  });

  test("is known from the day on which the service became active", async () => {
    const config = { services: { api: { repository: "api", active_from: "2026-01-06" } } };
    const warehouse = await story({ config, data: history });
    // Change 1 was merged on the 5th: where it was before the service was active nobody knows.
    expect(await shipped(warehouse)).toEqual({ d1: ["1?", "2"], d2: ["3"] });
    expect(await leadTimes(warehouse)).toMatchObject({ 2: { lead: 4 }, 3: { lead: 4 } });
  });

  test("is known where somebody asserts that the deployments are complete", async () => {
    const warehouse = await story({ complete: ["deployment"], data: history });
    expect(await shipped(warehouse)).toEqual({ d1: ["1", "2"], d2: ["3"] });
  });

  test("stays unknown where the assertion is about another kind of record", async () => {
    const warehouse = await story({ complete: ["incident"], data: history });
    expect(await shipped(warehouse)).toEqual({ d1: ["1?", "2?"], d2: ["3"] });
  });

  test("stays unknown where the asserted span ended before it", async () => {
    // Complete until 4 January; between then and the 6th anything may have been deployed.
    const config = {
      sources: sourceWith({ entity: "deployment", until: "2026-01-04", asserted_by: "test" }),
    };
    const warehouse = await story({ config, data: history });
    expect(await shipped(warehouse)).toEqual({ d1: ["1?", "2?"], d2: ["3"] });
  });

  test("is known from the first asserted day", async () => {
    const config = { sources: sourceWith({ entity: "deployment", from: "2026-01-06", asserted_by: "test" }) };
    const warehouse = await story({ config, data: history });
    expect(await shipped(warehouse)).toEqual({ d1: ["1?", "2"], d2: ["3"] });
  });
});

test("a change merged before the first known deployment and not in it waits", async () => {
  // d1 went live after the merges of 1, 2 and 3 and contains only 1: the other three wait.
  const deployment = deployments("id | sha | at\nd1 | m1 | 07 12:00");
  const warehouse = await story({ data: { ...history, deployment } });
  expect(await metric(warehouse, "change_lead_time")).toMatchObject({ value: null, unknown: 1, pending: 3 });
});

test("without a commit graph everything merged before the first known deployment is unknown", async () => {
  const { deployment, change } = history;
  const warehouse = await story({ data: { deployment, change } });
  // By time: changes 1 and 2 were merged before d1 began, 3 before d2, 4 after both.
  expect(await shipped(warehouse)).toEqual({ d1: ["1?", "2?"], d2: ["3"] });
});

test("a history that begins with a backport does not say when the main line was last deployed", async () => {
  // d1 is 1.0.1, off the line at m1. Changes 2 and 3 were merged before it: 2.0 may have shipped them earlier.
  const warehouse = await story({
    data: {
      ...history,
      commit: commits(`
        sha | parents | at
        m1  |         | 05 10:00
        m2  | m1      | 06 10:00
        m3  | m2      | 07 10:00
        m4  | m3      | 08 10:00
        b1  | m1      | 07 11:00`),
      deployment: deployments(`
        id | sha | at
        d1 | b1  | 07 12:00
        d2 | m4  | 08 12:00`),
    },
  });
  expect(await shipped(warehouse)).toEqual({ d1: ["1?"], d2: ["2?", "3?", "4"] });
});

test("a history collected late: the earlier deployments are found by a later run and everything becomes known", async () => {
  const { deployment, ...rest } = history;
  const earlier = records(`
    id | service | environment | sha | started_at | finished_at | status
    d0 | api     | production  | m1  | 05 12:00   | 05 12:00    | success`);
  const warehouse = await story({ data: { ...rest, deployment: [deployment, earlier] } });
  expect(await shipped(warehouse)).toEqual({ d0: ["1?"], d1: ["2"], d2: ["3"] });
});

function sourceWith(complete: object) {
  return {
    data: { collector: "files", files: [{ path: "none", entity: "deployment" }], complete: [complete] },
  } as never;
}
