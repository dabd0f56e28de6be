import { expect, test } from "vitest";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import { given, type History } from "../../support/history.ts";

const asOf = "2026-04-01T00:00:00Z";

/** subject -> value of one attribute, without the source's name. */
async function values(warehouse: Warehouse, attribute: string): Promise<Record<string, unknown>> {
  const rows = await warehouse.rows<{ subject: string; value: unknown }>(
    `select replace(subject, 'data:', '') as subject, coalesce(flag::varchar, category, number::varchar) as value
     from correlation.deployment_attribute where attribute = '${attribute}' order by subject`,
  );
  return Object.fromEntries(rows.map(({ subject, value }) => [subject, value]));
}

/** Four deployments of a service known since January: d0 is before what is known, d1 and d2 carry changes, d3 none; c6 waits. */
const deployments = `
  id | service | environment | version | started_at           | finished_at          | status  | deployer | train
  d0 | api     | production  | 1.0     | 2026-01-05T10:00:00Z | 2026-01-05T10:10:00Z | success | ann      |
  d1 | api     | production  | 1.1     | 2026-03-02T10:00:00Z | 2026-03-02T10:10:00Z | success | ann      |
  d2 | api     | production  | 1.2     | 2026-03-06T23:00:00Z | 2026-03-06T23:30:00Z | success | ben      | T1
  d3 | api     | production  | 1.3     | 2026-03-07T01:00:00Z | 2026-03-07T01:00:00Z | success |          |`;

const changes = (columns: string, rows: Readonly<Record<string, string>>) => {
  const merged: Readonly<Record<string, string>> = {
    c1: "2026-02-01T10:00:00Z",
    c2: "2026-02-02T10:00:00Z",
    c3: "2026-03-05T10:00:00Z",
    c4: "2026-03-05T11:00:00Z",
    c6: "2026-03-20T10:00:00Z",
  };
  return [
    `id | repository | merged_at | ${columns}`,
    ...Object.entries(merged).map(([id, at]) => `${id} | api | ${at} | ${rows[id] ?? ""}`),
  ].join("\n");
};

const history = (data: History["data"], config: History["config"] = {}) =>
  given({ asOf, config, data: { deployment: deployments, ...data } });

test("size, changes and authors; unknown as soon as one change does not say", async () => {
  const warehouse = await history({
    change: changes("author | additions | deletions | files_changed", {
      c1: "ann | 10 | 5 | 2",
      c2: "ben | 1 | 0 | 1",
      c3: "ann | 7 |   | 3",
      c4: "ann | 1 | 1 | ",
      c6: "cat | 100 | 0 | 9",
    }),
  });
  expect(await values(warehouse, "changes")).toEqual({ d1: "2.0", d2: "2.0", "next of api": "1.0" });
  expect(await values(warehouse, "changed_lines")).toEqual({ d1: "16.0", "next of api": "100.0" });
  expect(await values(warehouse, "changed_files")).toEqual({ d1: "3.0", "next of api": "9.0" });
  expect(await values(warehouse, "authors")).toEqual({ d1: "2.0", d2: "1.0", "next of api": "1.0" });
});

test("two logins of one person are one author, and merging under the other one is merging one's own", async () => {
  const warehouse = await history({
    person: "id | display_name | logins\np1 | Ann | ann;ann@example.com",
    change: changes("author | merged_by", {
      c1: "ann | ann@example.com",
      c2: "ann@example.com | ben",
      c3: "ben | ann",
      c4: "ben |",
      c6: "cat | ben",
    }),
  });
  expect(await values(warehouse, "authors")).toEqual({ d1: "1.0", d2: "1.0", "next of api": "1.0" });
  // d2: nobody knows who merged c4
  expect(await values(warehouse, "self_merged")).toEqual({ d1: "true", "next of api": "false" });
});

test("who is one by rule is one author, merger, reviewer and deployer, under whatever login", async () => {
  const warehouse = await given({
    asOf: "2026-05-01T00:00:00Z",
    config: { people: { rules: [{ login: "ann-(adm|ops)", is: "ann@example.com" }] } },
    data: {
      deployment: `${deployments}
        d4 | api | production | 1.4 | 2026-04-10T10:00:00Z | 2026-04-10T10:10:00Z | success | ann-ops |
        d5 | api | production | 1.5 | 2026-04-11T10:00:00Z | 2026-04-11T10:10:00Z | success | cat     |`,
      change: `
        id | repository | merged_at            | author          | merged_by
        c1 | api        | 2026-02-01T10:00:00Z | ann-adm         | ann@example.com
        c2 | api        | 2026-02-02T10:00:00Z | ann@example.com | ben
        c3 | api        | 2026-03-05T10:00:00Z | ben             | ann-adm`,
      change_review: `
        id | change | reviewer        | state    | submitted_at
        v1 | c1     | ann@example.com | approved | 2026-02-01T09:00:00Z
        v2 | c2     | ben             | approved | 2026-02-02T09:00:00Z
        v3 | c3     | ann-adm         | approved | 2026-03-05T09:00:00Z
        v4 | c3     | ann@example.com | approved | 2026-03-05T09:30:00Z`,
      person: "id | logins\np1 | ann;ann@example.com",
    },
  });
  expect(await values(warehouse, "authors")).toEqual({ d1: "1.0", d2: "1.0" });
  expect(await values(warehouse, "self_merged")).toEqual({ d1: "true", d2: "false" });
  // c1 has none but its author's own, c3 one by one person
  expect(await values(warehouse, "review_depth")).toEqual({ d1: "0.0", d2: "1.0" });
  expect(await values(warehouse, "first_by_deployer")).toEqual({ d4: "false", d5: "true" });
});

test("weekday and hour are those of the organisation's time zone; the hours since the last deployment are whole", async () => {
  const warehouse = await history({}, { time_zone: "Europe/Berlin" });
  expect(await values(warehouse, "weekday")).toEqual({
    d0: "Monday",
    d1: "Monday",
    d2: "Saturday",
    d3: "Saturday",
  });
  expect(await values(warehouse, "hour")).toMatchObject({ d1: "09:00 to 12:00", d2: "00:00 to 03:00" });
  // 23:30 to 01:00 is an hour and a half
  expect(await values(warehouse, "since_last")).toEqual({ d1: "1344.0", d2: "109.0", d3: "1.0" });
});

test("migrations, configuration and dependencies by path, label and branch; lock files are no configuration", async () => {
  const warehouse = await history({
    change: changes("paths | labels | source_branch", {
      c1: "db/Migrations/7.sql;src/a.ts | |",
      c2: " | | ",
      c3: "pnpm-lock.yaml;package.json | |",
      c4: " | Dependencies |",
      c6: "config/app.yaml | | renovate/all",
    }),
  });
  // d1: c1 is a migration whatever c2 is, but nobody knows what else c2 touches; d2: what c4 touches is unknown
  expect(await values(warehouse, "touches_migration")).toEqual({ d1: "true", "next of api": "false" });
  expect(await values(warehouse, "touches_configuration")).toEqual({ "next of api": "true" });
  expect(await values(warehouse, "dependency_only")).toEqual({
    d1: "false",
    d2: "true",
    "next of api": "true",
  });
});

test("the patterns of the configuration tell kinds of changes apart", async () => {
  const warehouse = await history(
    { change: changes("paths", { c1: "Tables/a.txt", c2: "b.txt", c3: "x.yaml", c4: "b.txt", c6: "b.txt" }) },
    { patterns: { migration_paths: ["tables/*"], configuration_paths: [] } },
  );
  expect(await values(warehouse, "touches_migration")).toEqual({
    d1: "true",
    d2: "false",
    "next of api": "false",
  });
  expect(await values(warehouse, "touches_configuration")).toEqual({
    d1: "false",
    d2: "false",
    "next of api": "false",
  });
});

test("review depth is that of the change which fewest others reviewed", async () => {
  const warehouse = await history({
    change: changes("author | first_review_at", {
      c1: "ann |",
      c2: "ann |",
      c3: "ann | 2026-03-05T09:00:00Z",
      c4: "ann |",
      c6: "cat |",
    }),
    change_review: `
      id | change | reviewer | state     | submitted_at
      v1 | c1     | ben      | approved  | 2026-02-01T09:00:00Z
      v2 | c1     | cat      | commented | 2026-02-01T09:00:00Z
      v3 | c2     | ben      | approved  | 2026-02-02T09:00:00Z
      v4 | c4     | ann      | commented | 2026-03-05T09:00:00Z`,
  });
  // d1: c2 had one; d2: c4 only its author; c3 one that has no record but its time
  expect(await values(warehouse, "review_depth")).toEqual({ d1: "1.0", d2: "0.0", "next of api": "0.0" });
});

test("where no review is collected, nobody knows how deep one was", async () => {
  const warehouse = await history({ change: changes("author", { c1: "ann" }) });
  expect(await values(warehouse, "review_depth")).toEqual({});
});

test("a train is known where a source names any", async () => {
  expect(await values(await history({}), "release_train")).toEqual({
    d0: "false",
    d1: "false",
    d2: "true",
    d3: "false",
  });
  const none = await given({ asOf, data: { deployment: deployments.replace("| T1", "|") } });
  expect(await values(none, "release_train")).toEqual({});
});

test("who had not deployed the service before, once the service is known for 90 days, bots aside", async () => {
  const late = [
    ["d4", "2026-03-30T10:00:00Z", "ben"],
    ["d5", "2026-04-10T10:00:00Z", "cat"],
    ["d6", "2026-04-11T10:00:00Z", "ann"],
    ["d7", "2026-04-12T10:00:00Z", "robot[bot]"],
  ].map(([id, at, who]) => `${id} | api | production | 2.${id} | ${at} | ${at} | success | ${who} |`);
  const warehouse = await given({
    asOf: "2026-05-01T00:00:00Z",
    data: { deployment: [deployments, ...late].join("\n") },
  });
  // 90 days after 5 January is 5 April: before, everybody may be new to us only
  expect(await values(warehouse, "first_by_deployer")).toEqual({ d5: "true", d6: "false" });
});

test("an emergency by request, release or label; unknown where none of them says anything", async () => {
  const warehouse = await given({
    asOf,
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | labels | change_requests
        d1 | api     | production  | 1.1     | 2026-03-02T10:00:00Z | success |        | CR1
        d2 | api     | production  | 1.2     | 2026-03-03T10:00:00Z | success |        | CR2
        d3 | api     | production  | 1.3     | 2026-03-04T10:00:00Z | success | Hotfix |
        d4 | api     | production  | 1.4     | 2026-03-05T10:00:00Z | success |        |
        d5 | api     | production  | 1.5     | 2026-03-06T10:00:00Z | success |        |`,
      change_request: `
        id  | type      | service | planned_start
        CR1 | emergency | api     | 2026-03-02T09:00:00Z
        CR2 | standard  | api     | 2026-03-03T09:00:00Z
        CR3 | emergency | api     | 2026-04-04T09:00:00Z`,
      release: "service | version | kind\napi | 1.5 | emergency",
    },
  });
  expect(await values(warehouse, "emergency")).toEqual({
    "request CR3": "true",
    d1: "true",
    d2: "false",
    d3: "true",
    d5: "true",
  });
  expect(await values(warehouse, "weekday")).toMatchObject({ "request CR3": "Saturday" });
});

test("run again: a second attempt, or one that failed in the day before", async () => {
  const warehouse = await given({
    asOf,
    data: {
      deployment: `
        id | attempt | service | environment | version | started_at           | finished_at          | status
        d1 | 1       | api     | production  | 1.1     | 2026-03-02T10:00:00Z | 2026-03-02T10:10:00Z | failure
        d1 | 2       | api     | production  | 1.1     | 2026-03-02T11:00:00Z | 2026-03-02T11:10:00Z | success
        d2 |         | api     | production  | 1.2     | 2026-03-03T10:00:00Z | 2026-03-03T10:10:00Z | failure
        d3 |         | api     | production  | 1.2     | 2026-03-03T11:00:00Z | 2026-03-03T11:10:00Z | success
        d4 |         | api     | production  | 1.3     | 2026-03-04T11:00:00Z | 2026-03-04T11:10:00Z | success`,
    },
  });
  expect(await values(warehouse, "retried")).toEqual({ "d1#2": "true", d3: "true", d4: "false" });
});

test("a source that never tells of a failed attempt says nothing of retries", async () => {
  expect(await values(await history({}), "retried")).toEqual({});
});
