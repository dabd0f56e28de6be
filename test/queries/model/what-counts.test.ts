import { describe, expect, test } from "vitest";
import { metric } from "../../support/history.ts";
import { commits, deployments, leadTimes, mainAt, records, shipped, story, waves } from "../story.ts";

const graph = {
  commit: commits(`
    sha | parents | at       | subject
    m1  |         | 05 09:00 | Begin
    m2  | m1      | 06 09:00 | Release 1.2.0
    m3  | m2      | 07 09:00 | Search`),
  ref: mainAt("m3"),
};
const twice = deployments(`
  id | sha | at
  d1 | m1  | 05 12:00
  d2 | m3  | 07 12:00`);

describe("a version bump", () => {
  test("is a change like any other", async () => {
    const warehouse = await story({ data: { ...graph, deployment: twice } });
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d2: ["m2", "m3"] });
  });

  test("does not count where configuration excludes it, and the reason is kept", async () => {
    const exclude_changes = [{ subject: "Release *", reason: "made by the release job" }];
    const warehouse = await story({
      config: { metrics: { exclude_changes } },
      data: { ...graph, deployment: twice },
    });
    expect(Object.keys(await leadTimes(warehouse))).toEqual(["m3"]);
    expect(
      await warehouse.rows(
        "select native_id, excluded_reason from model.change where excluded_reason is not null",
      ),
    ).toEqual([{ native_id: "m2", excluded_reason: "made by the release job" }]);
  });

  test("that is excluded does not wait for a deployment either", async () => {
    const exclude_changes = [{ subject: "Release *", reason: "made by the release job" }];
    const deployment = deployments("id | sha | at\nd1 | m1 | 05 12:00");
    const warehouse = await story({
      config: { metrics: { exclude_changes } },
      data: { ...graph, deployment },
    });
    expect(await metric(warehouse, "change_lead_time")).toMatchObject({ value: null, pending: 1 });
  });
});

describe("a deployment", () => {
  const counted = (warehouse: Awaited<ReturnType<typeof story>>) =>
    warehouse.rows(
      `select native_id, environment, environment_kind, is_known_service, excluded_reason, wave_id is not null as counts
       from model.deployment order by native_id`,
    );

  test("to an environment by another name counts there", async () => {
    const environments = {
      production: { kind: "production" as const, names: ["prod", "PRD"] },
      staging: { kind: "staging" as const },
    };
    const deployment = deployments(`
      id | sha | at       | environment
      d1 | m1  | 05 12:00 | prod
      d2 | m2  | 06 12:00 | PRD
      d3 | m1  | 06 13:00 |
      d4 | m3  | 07 12:00 | staging`);
    const warehouse = await story({ config: { environments }, data: { ...graph, deployment } });
    // One environment under three names: d3 rolls back d2.
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d2 deployment", "d3 rollback of d2"]);
    expect(await warehouse.rows("select distinct environment from model.wave")).toEqual([
      { environment: "production" },
    ]);
  });

  test("of an unknown service, or to an unknown environment, is listed and does not count", async () => {
    const deployment = deployments(`
      id | sha | at       | service | environment
      d1 | m1  | 05 12:00 |         |
      d2 | m1  | 06 12:00 | ghost   |
      d3 | m2  | 06 12:00 |         | moon`);
    const warehouse = await story({ data: { ...graph, deployment } });
    expect(await counted(warehouse)).toEqual([
      {
        native_id: "d1",
        environment: "production",
        environment_kind: "production",
        is_known_service: true,
        excluded_reason: null,
        counts: true,
      },
      {
        native_id: "d2",
        environment: "production",
        environment_kind: "production",
        is_known_service: false,
        excluded_reason: null,
        counts: false,
      },
      {
        native_id: "d3",
        environment: "moon",
        environment_kind: null,
        is_known_service: true,
        excluded_reason: null,
        counts: false,
      },
    ]);
    expect(
      await metric(warehouse, "deployment_frequency", { scopeKind: "organisation", scope: "Test" }),
    ).toMatchObject({ numerator: 1 });
  });

  test("that configuration excludes does not count, and the reason is kept", async () => {
    const deployment = deployments(`
      id | sha | at
      d1 | m1  | 05 12:00
      d2 | m2  | 06 12:00
      d3 | m1  | 06 13:00
      d4 | m3  | 07 12:00`);
    const exclude_deployments = [
      { id: "d2", reason: "load test" },
      { id: "data:d3", reason: "after the load test" },
    ];
    const warehouse = await story({
      config: { metrics: { exclude_deployments } },
      data: { ...graph, deployment },
    });
    expect(await waves(warehouse)).toEqual(["d1 deployment", "d4 deployment"]);
    // What d2 brought is in d4, the first that counts.
    expect(await shipped(warehouse)).toEqual({ d1: ["m1?"], d4: ["m2", "m3"] });
    expect(await counted(warehouse)).toMatchObject([
      { native_id: "d1", excluded_reason: null },
      { native_id: "d2", excluded_reason: "load test", counts: false },
      { native_id: "d3", excluded_reason: "after the load test", counts: false },
      { native_id: "d4", excluded_reason: null },
    ]);
  });
});

test("a release train counts once per service and stays recognisable", async () => {
  const services = { api: { repository: "api" }, web: { repository: "web" } };
  const deployment = deployments(`
    id | service | version | at       | train
    a1 | api     | 1.0     | 05 12:00 | January
    w1 | web     | 7.0     | 05 12:00 | January
    a2 | api     | 1.1     | 06 12:00 |`);
  const warehouse = await story({ config: { services }, data: { deployment } });
  expect(await metric(warehouse, "deployment_frequency", { scope: "api" })).toMatchObject({ numerator: 2 });
  expect(await metric(warehouse, "deployment_frequency", { scope: "web" })).toMatchObject({ numerator: 1 });
  expect(
    await metric(warehouse, "deployment_frequency", { scopeKind: "organisation", scope: "Test" }),
  ).toMatchObject({ numerator: 3 });
  expect(
    await warehouse.rows(
      "select train, count(*)::integer as waves from model.wave where train is not null group by train",
    ),
  ).toEqual([{ train: "January", waves: 2 }]);
  const whole = await metric(warehouse, "deployment_frequency", { scopeKind: "organisation", scope: "Test" });
  expect(whole.release_trains).toBe(1);
});

test("a service that retired does not age: its unshipped changes do not wait", async () => {
  const config = { services: { api: { repository: "api", retired_at: "2026-01-20" } } };
  const deployment = deployments("id | sha | at\nd1 | m1 | 05 12:00");
  const warehouse = await story({ config, data: { ...graph, deployment } });
  expect(await metric(warehouse, "change_lead_time")).toMatchObject({ pending: 0 });
  // From the 5th to the last day before retirement, the 19th: 15 days.
  expect(await metric(warehouse, "deployment_frequency")).toMatchObject({ numerator: 1, denominator: 15 });
});

test("a review of one's own change is no review", async () => {
  const warehouse = await story({
    data: {
      ...graph,
      deployment: twice,
      change: records(`
        id | repository | number | merge_sha | author | first_commit_at      | opened_at            | merged_at
        1  | api        | 1      | m3        | ada    | 2026-01-07T06:00:00Z | 2026-01-07T07:00:00Z | 2026-01-07T09:00:00Z`),
      change_review: records(`
        id | change | reviewer | state     | submitted_at
        r1 | 1      | ada      | commented | 2026-01-07T08:00:00Z`),
    },
  });
  // 06:00 -> 12:00: coding 1 h, 2 h without a review, 3 h from merge to live.
  expect((await leadTimes(warehouse))["1"]).toEqual({
    basis: "first commit",
    lead: 6,
    coding: 1,
    pickup: 0,
    review: 0,
    no_review: 2,
    merge_to_live: 3,
  });
});

test("paths that a source leaves out are those of its commits, each once; a review goes with the change of its repository", async () => {
  const warehouse = await story({
    data: {
      commit: commits(`
        sha | parents | at       | paths
        m1  |         | 05 09:00 | b.ts; a.ts
        m2  | m1      | 06 09:00 | c.ts; a.ts
        m3  | m2      | 07 09:00 | z.ts`),
      ref: mainAt("m3"),
      change: records(`
        id | repository | number | merge_sha | commits | paths | author | merged_at
        1  | api        | 1      | m2        | m1; m2  |       | ada    | 06 09:00
        2  | api        | 2      | m3        |         | y.ts  | ada    | 07 09:00
        1  | web        | 1      |           |         |       | ada    | 08 09:00`),
      change_review: records(`
        id | repository | change | reviewer | state    | submitted_at
        r1 | api        | 1      | bob      | approved | 06 08:00
        r2 |            | 1      | bob      | approved | 06 08:30
        r3 | web        | 2      | bob      | approved | 06 08:45`),
    },
  });
  expect(
    await warehouse.rows("select change_id, paths, files_changed from model.change order by change_id"),
  ).toEqual([
    { change_id: "data:api#1", paths: ["a.ts", "b.ts", "c.ts"], files_changed: 3 },
    { change_id: "data:api#2", paths: ["y.ts"], files_changed: 1 },
    { change_id: "data:web#1", paths: [], files_changed: null },
  ]);
  // Without a repository it may be of any change of that name, and a change of another repository is none of its own.
  expect(
    await warehouse.rows(
      "select review_id, change_id from model.reported_review order by review_id, change_id",
    ),
  ).toEqual([
    { review_id: "data:r1", change_id: "data:api#1" },
    { review_id: "data:r2", change_id: "data:api#1" },
    { review_id: "data:r2", change_id: "data:web#1" },
  ]);
});
