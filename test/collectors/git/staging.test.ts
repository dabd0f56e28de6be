import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { describe, expect, onTestFinished, test } from "vitest";
import type { GitConfig } from "../../../collectors/git/config.ts";
import { makeRepository, type Step } from "../../support/git.ts";
import { collect, configOf, temporaryFolder } from "./collect.ts";

const READABLE = join(import.meta.dirname, "../../../src/warehouse/sql/readable.sql");
const QUERIES = join(import.meta.dirname, "../../../queries/staging/git");

type Row = Record<string, unknown>;
type Select = (sql: string) => Promise<Row[]>;

/** Collects, stores as raw.current would show it, and runs the staging queries. */
async function stage(config: GitConfig): Promise<Select> {
  const instance = await DuckDBInstance.create(":memory:");
  const database = await instance.connect();
  onTestFinished(() => {
    database.closeSync();
    instance.closeSync();
  });
  await database.run("set timezone = 'UTC'; create schema raw; create schema staging");
  await database.run(readFileSync(READABLE, "utf8"));
  await database.run(
    "create table raw.current (source varchar, stream varchar, key varchar, updated_at timestamptz, payload json)",
  );
  await database.run("create table staging.source (source varchar, collector varchar, options json)");
  // The messages of all three collectors are read by one query.
  for (const vendor of ["github", "gitlab"])
    await database.run(
      `create table staging.${vendor}_commit (source varchar, repository varchar, sha varchar, parents varchar[], authored_at varchar,
         committed_at varchar, author_name varchar, author_email varchar, author_login varchar, committer_email varchar, subject varchar,
         body varchar)`,
    );
  const { collector, ...options } = config;
  await database.run("insert into staging.source values ('git', ?, ?), ('other', 'files', '{}')", [
    collector,
    JSON.stringify(options),
  ]);
  await fill(database, config);
  for (const name of ["git_ref", "git_commit", "git_release", "git_deployment"]) {
    await database.run(
      `create table staging.${name} as ${readFileSync(join(QUERIES, `${name}.sql`), "utf8")}`,
    );
  }
  return async (sql) => (await database.runAndReadAll(sql)).getRowObjectsJson();
}

async function fill(database: DuckDBConnection, config: GitConfig): Promise<void> {
  const collected = await collect(config);
  for (const stream of ["ref", "commit"] as const) {
    for (const [key, payload] of collected[stream]) {
      await database.run("insert into raw.current values ('git', ?, ?, null, ?), ('other', ?, ?, null, ?)", [
        stream,
        key,
        JSON.stringify(payload),
        stream,
        key,
        JSON.stringify(payload),
      ]);
    }
  }
}

async function stageHistory(
  history: readonly Step[],
  options: object = {},
): Promise<{ select: Select; sha: (id: string) => string }> {
  const repo = await makeRepository(await temporaryFolder(), history);
  return { select: await stage(configOf({ path: repo.path, repository: "api", ...options })), sha: repo.sha };
}

describe("staging.git_commit", () => {
  test("has the commit's columns", async () => {
    const { select, sha } = await stageHistory(
      [
        { commit: "one", files: { a: "1" } },
        {
          commit: "two",
          at: "2026-02-02T09:00:00+01:00",
          authoredAt: "2026-02-01T23:30:00-05:00",
          author: { name: "Zoë", email: "Zoe@Example.org" },
          message:
            "Two\n\nCo-authored-by: Bo B <Bo@example.org>\nCo-Authored-By: nobody\nco-authored-by: Bo <bo@example.org>",
        },
      ],
      { paths: true },
    );
    expect(await select("select * from staging.git_commit where source = 'git' and subject = 'Two'")).toEqual(
      [
        {
          source: "git",
          repository: "api",
          sha: sha("two"),
          parents: [sha("one")],
          authored_at: "2026-02-02 04:30:00+00",
          committed_at: "2026-02-02 08:00:00+00",
          author_name: "Zoë",
          author_email: "zoe@example.org",
          committer_email: "ada@example.org",
          co_authors: ["bo@example.org", "nobody"],
          subject: "Two",
          reverts: [],
          reverted_numbers: [],
          cherry_picked_from: [],
          fixes: [],
          closes: [],
          tickets: [],
          number: null,
          is_merge_subject: false,
          paths: [],
        },
      ],
    );
  });

  test.each([
    ["Add x (#12)", "12", false],
    ["Add x (#12) ", "12", false],
    ['Revert "Add x (#12)" (#13)', "13", false],
    ["Add x (#12), see (#9) there", null, false],
    ["Fix #12", null, false],
    ["Merge pull request #12 from ada/feature", "12", true],
    ["Merged in feature/x (pull request #12)", "12", true],
    ["Pull request #12: Add x", "12", false],
    ["Merged PR 12: Add x", "12", true],
    ["Merge branch 'x' into 'main'\n\nAdd x\n\nSee merge request group/api!12", "12", true],
    ["Merge branch 'main' into feature", null, true],
    ["Merge sort is faster", null, false],
  ])("reads the pull request of %j", async (message, number, is_merge_subject) => {
    const { select } = await stageHistory([{ commit: "one", message }]);
    expect(await select("select number, is_merge_subject from staging.git_commit")).toEqual([
      { number, is_merge_subject },
    ]);
  });

  test("reads what is reverted, picked and fixed", async () => {
    const { select, sha } = await stageHistory([
      { commit: "one" },
      { commit: "two" },
      {
        commit: "revert",
        message:
          'Revert "Two, closes #5 (#12)" (#14)\n\nThis reverts commit {sha:two}, reversing\nchanges made to {sha:one}.\n\nThis reverts\ncommit ABCDEF0.',
      },
      { commit: "button", message: "Revert two\n\nReverts acme/api#12" },
      {
        commit: "pick",
        message: "Two\n\n(cherry picked from commit {sha:two})\n(cherry picked from commit {sha:one})",
      },
      { commit: "fix", message: 'Repair\n\nFixes: 54a4f0239f2e ("Two")' },
    ]);
    const rows = await select(
      "select subject, reverts, reverted_numbers, cherry_picked_from, fixes, closes from staging.git_commit where source = 'git' order by committed_at",
    );
    expect(rows.slice(2)).toMatchObject([
      { reverts: [sha("two"), "abcdef0"].sort(), reverted_numbers: ["12"], closes: [] },
      { reverts: [], reverted_numbers: ["12"] },
      { cherry_picked_from: [sha("one"), sha("two")].sort() },
      { fixes: ["54a4f0239f2e"], closes: [] },
    ]);
  });

  test.each([
    ["Fix crash, closes #12", ["#12"], ["#12"]],
    [
      "x\n\nFixes: #4, acme/web#6 and PAY-12 & #7\nResolved #9",
      ["#4", "#7", "#9", "PAY-12", "acme/web#6"],
      ["#4", "#7", "#9", "PAY-12", "acme/web#6"],
    ],
    ["PAY-7: retry [OPS2-1]", [], ["OPS2-1", "PAY-7"]],
    ["Fixes UTF-8 and SHA-256 in prefixes #3", [], []],
    ["refs #3, disclosed #4", [], []],
    ["Bump lib (#3)\n\nAB-C-1 mentioned", [], []],
  ])("reads the tickets of %j", async (message, closes, tickets) => {
    const { select } = await stageHistory([{ commit: "one", message }]);
    expect(await select("select closes, tickets from staging.git_commit")).toEqual([{ closes, tickets }]);
  });

  test("has no paths where they were not asked for", async () => {
    const { select } = await stageHistory([{ commit: "one", files: { a: "1" } }]);
    expect(await select("select paths from staging.git_commit")).toEqual([{ paths: null }]);
  });
});

describe("staging.git_release and staging.git_deployment", () => {
  const tagged = (...tags: string[]): Step[] => [
    { commit: "one", at: "2026-02-01T10:00:00Z" },
    ...tags.map((tag) => ({ tag, of: "one" })),
  ];

  test("take tags by pattern, the first that fits, with the tagger's time or the commit's", async () => {
    const { select, sha } = await stageHistory(
      [
        ...tagged("v1.0.0", "web-v2.0", "web-x-v3", "vNext", "v", "xv1", "1.0"),
        { tag: "v1.1.0", of: "one", at: "2026-02-03T12:00:00+02:00" },
      ],
      {
        releases: [
          { tags: "v{version}", service: "api" },
          { tags: "web*v{version}", service: "web", environment: "stage" },
          { tags: "*{version}", service: "rest" },
        ],
      },
    );
    expect(
      await select(
        "select service, version, tag, released_at, environment, rule_index from staging.git_release",
      ),
    ).toEqual([
      {
        service: "rest",
        version: "1.0",
        tag: "1.0",
        released_at: "2026-02-01 10:00:00+00",
        environment: "production",
        rule_index: 3,
      },
      {
        service: "api",
        version: "1.0.0",
        tag: "v1.0.0",
        released_at: "2026-02-01 10:00:00+00",
        environment: "production",
        rule_index: 1,
      },
      {
        service: "api",
        version: "1.1.0",
        tag: "v1.1.0",
        released_at: "2026-02-03 10:00:00+00",
        environment: "production",
        rule_index: 1,
      },
      {
        service: "web",
        version: "2.0",
        tag: "web-v2.0",
        released_at: "2026-02-01 10:00:00+00",
        environment: "stage",
        rule_index: 2,
      },
      {
        service: "web",
        version: "3",
        tag: "web-x-v3",
        released_at: "2026-02-01 10:00:00+00",
        environment: "stage",
        rule_index: 2,
      },
      {
        service: "rest",
        version: "1",
        tag: "xv1",
        released_at: "2026-02-01 10:00:00+00",
        environment: "production",
        rule_index: 3,
      },
    ]);
    expect(await select("select * from staging.git_deployment where tag = 'v1.1.0'")).toEqual([
      {
        source: "git",
        id: "api/v1.1.0",
        service: "api",
        environment: "production",
        repository: "api",
        sha: sha("one"),
        version: "1.1.0",
        started_at: null,
        finished_at: "2026-02-03 10:00:00+00",
        status: "success",
        tag: "v1.1.0",
      },
    ]);
  });

  test("take a pattern's characters for themselves", async () => {
    const { select } = await stageHistory(tagged("a.b+c$(v)1.0", "aXb+c$(v)1.0", "a.bbc$(v)1.0"), {
      releases: [{ tags: "a.b+c$(v){version}", service: "api" }],
    });
    expect(await select("select tag from staging.git_release")).toEqual([{ tag: "a.b+c$(v)1.0" }]);
  });

  test("know the end of a version where something follows it", async () => {
    const { select } = await stageHistory(tagged("v1.2.0-prod", "v1.3.0-prod-2", "v1.4.0"), {
      releases: [{ tags: "v{version}-prod*", service: "api" }],
    });
    expect(await select("select version from staging.git_release")).toEqual([
      { version: "1.2.0" },
      { version: "1.3.0" },
    ]);
  });

  const RELEASES = [
    "1.0",
    "1.0.0",
    "1.0.post1",
    "1.0-post1",
    "1.0.2b",
    "2026.01.31",
    "2026-01-31",
    "1.0.0+build.7",
    "1.0.0-final",
    "1.0.0-hotfix.1",
    "1.0.0.RELEASE",
    "1.0-3",
    "10",
  ];
  const PRERELEASES = [
    "1.2.0-rc.1",
    "1.0a7",
    "0.31rc1",
    "1.0.dev1",
    "1.0.0.dev3",
    "1.0.post1.dev2",
    "1.0-beta",
    "1.0-alpha.beta",
    "1.0.0-0",
    "1.0.0-x.7.z",
    "1.0b2",
    "2.0.0-SNAPSHOT",
    "1.0-M2",
    "1.0.0-rc.1+build",
  ];

  test("know pre-releases of both conventions, and leave them out", async () => {
    const options = { releases: [{ tags: "v{version}", service: "api" }] };
    const { select } = await stageHistory(
      tagged(...[...RELEASES, ...PRERELEASES].map((version) => `v${version}`)),
      options,
    );
    const versions = (await select("select version from staging.git_release")).map(({ version }) => version);
    expect(versions).toEqual([...RELEASES].sort());
  });

  test("send pre-releases to the environment that is named for them", async () => {
    const options = { releases: [{ tags: "v{version}", service: "api", prereleases: "staging" }] };
    const { select } = await stageHistory(
      tagged("v1.0", ...PRERELEASES.map((version) => `v${version}`)),
      options,
    );
    expect(
      await select(
        "select environment, is_prerelease, count(*)::integer as releases from staging.git_release group by all order by all",
      ),
    ).toEqual([
      { environment: "production", is_prerelease: false, releases: 1 },
      { environment: "staging", is_prerelease: true, releases: PRERELEASES.length },
    ]);
  });

  test("are empty where no tags are releases", async () => {
    const { select } = await stageHistory(tagged("v1.0"));
    expect(await select("select * from staging.git_deployment")).toEqual([]);
  });
});
