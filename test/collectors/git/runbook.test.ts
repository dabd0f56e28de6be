import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { gitConfig } from "../../../collectors/git/config.ts";
import { check } from "../../../collectors/git/check.ts";
import { plan } from "../../../collectors/git/plan.ts";
import { nothingAsked } from "../../../collectors/contract.ts";
import { collection, configuredFolder, type Collection } from "../../support/collection.ts";
import { makeRepository, type Step, type TestRepository } from "../../support/git.ts";
import { collect, configOf, nothing, temporaryFolder, yielded } from "./collect.ts";

const ana = { name: "Ana", email: "Ana@Example.org" };
const HISTORY: readonly Step[] = [
  {
    commit: "begin",
    at: "2026-01-05T09:00:00Z",
    files: {
      "runbooks/payments.md": "1",
      "runbooks/pay-api.md": "1",
      "README.md": "1",
      "ledger/ops/a/start.md": "1",
    },
  },
  { commit: "elsewhere", at: "2026-01-06T09:00:00Z", files: { "README.md": "2", "runbooks/deep/x.md": "1" } },
  {
    commit: "written",
    on: "topic",
    from: "elsewhere",
    at: "2026-01-07T09:00:00+02:00",
    author: ana,
    files: { "runbooks/payments.md": "2" },
  },
  { commit: "main", at: "2026-01-08T09:00:00Z", files: { "runbooks/pay-api.md": "2" } },
  {
    commit: "merged",
    merges: ["written"],
    at: "2026-01-20T09:00:00Z",
    files: { "runbooks/payments.md": "2" },
  },
  {
    commit: "gone",
    at: "2026-01-21T09:00:00Z",
    files: { "runbooks/pay-api.md": null, "ledger/ops/stop.md": "1" },
  },
];
const RUNBOOKS = [
  { files: "runbooks/{service}.md", services: { "pay-api": "payments" } },
  { files: "ledger/ops", service: "ledger" },
];
const options = (more: object = {}) => ({
  repository: "handbook",
  commits: false,
  runbooks: RUNBOOKS,
  ...more,
});

async function company(repository: TestRepository, runbooks: object[] = RUNBOOKS): Promise<Collection> {
  const source = {
    collector: "git",
    repositories: [{ path: repository.path, ...options({ runbooks }) }],
    complete: [{ entity: "runbook_revision", services: ["payments"], asserted_by: "Operations" }],
  };
  const yaml = `organisation: Test\nservices: { payments: {}, ledger: {} }\nsources: { docs: ${JSON.stringify(source)} }\n`;
  const finished = (act: () => void) => {
    onTestFinished(act);
  };
  const made = await collection(configuredFolder(yaml, {}, finished), finished);
  const { streams } = await made.collect();
  expect(streams.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
  return made;
}

describe("revisions of runbooks", () => {
  test("are those of the writers, at the time when they reached the main line", async () => {
    const repository = await makeRepository(await temporaryFolder(), HISTORY);
    const made = await company(repository);
    await made.model("2026-01-21T09:00:00Z");
    const rows = await made.rows("model.runbook_revision order by revised_at, path");
    const told = rows.map(({ path, kind, service, author, revised_at, written_at, sha }) => [
      path,
      kind,
      service,
      author,
      revised_at,
      written_at === revised_at,
      sha,
    ]);
    const others = "ada@example.org";
    // What happened at the instant of as-of is not yet there.
    expect(told).toEqual([
      [
        "ledger/ops/a/start.md",
        "revision",
        "ledger",
        others,
        "2026-01-05T09:00:00Z",
        true,
        repository.sha("begin"),
      ],
      [
        "runbooks/pay-api.md",
        "revision",
        "payments",
        others,
        "2026-01-05T09:00:00Z",
        true,
        repository.sha("begin"),
      ],
      [
        "runbooks/payments.md",
        "revision",
        "payments",
        others,
        "2026-01-05T09:00:00Z",
        true,
        repository.sha("begin"),
      ],
      [
        "runbooks/pay-api.md",
        "revision",
        "payments",
        others,
        "2026-01-08T09:00:00Z",
        true,
        repository.sha("main"),
      ],
      [
        "runbooks/payments.md",
        "revision",
        "payments",
        "ana@example.org",
        "2026-01-20T09:00:00Z",
        false,
        repository.sha("written"),
      ],
    ]);
    expect(await made.rows("model.commit")).toEqual([]);
    expect(await made.rows("reports.site_stream where stream = 'runbook'")).toMatchObject([
      { records: 7, newest_at: "2026-01-20T09:00:00Z" },
    ]);
    expect(await made.rows("model.completeness_assertion")).toMatchObject([
      { source: "docs", entity: "runbook_revision", service: "payments", asserted_by: "Operations" },
    ]);
    await made.model("2026-02-01T00:00:00Z");
    expect(await made.rows("model.runbook_revision where kind = 'removal'")).toMatchObject([
      { path: "runbooks/pay-api.md" },
    ]);
  }, 60_000);

  test("of a pattern are told without reading the repository again, and a service that nobody knows is listed", async () => {
    const repository = await makeRepository(await temporaryFolder(), HISTORY);
    const made = await company(repository, [{ files: "**/{service}.md" }]);
    await made.model("2026-02-01T00:00:00Z");
    const services = await made.rows(
      "(select service, count(*)::integer as n from model.runbook_revision group by service order by service)",
    );
    expect(services.map(({ service, n }) => [service, n])).toEqual([
      ["README", 2],
      ["pay-api", 3],
      ["payments", 2],
      ["start", 1],
      ["stop", 1],
      ["x", 1],
    ]);
    expect(
      await made.rows("expectations.process_record_is_tied where subject like '%pay-api'"),
    ).toMatchObject([{ rows: 3 }]);
  }, 60_000);

  test("are read again only where something changed, and a force-push takes them back", async () => {
    const repository = await makeRepository(await temporaryFolder(), HISTORY);
    const config = configOf({ path: repository.path, ...options() });
    const first = await collect(config);
    expect(first.runbook.size).toBe(7);
    expect(yielded(await collect(config, first), "runbook")).toBe(0);
    await repository.add([{ commit: "other", from: "elsewhere", files: { "runbooks/payments.md": "3" } }]);
    await collect(config, first);
    expect(first.runbook).toEqual((await collect(config)).runbook);
    expect([...first.runbook.values()].map(({ sha }) => sha)).not.toContain(repository.sha("merged"));
    const fewer = configOf({ path: repository.path, ...options({ runbooks: [{ files: "ledger/**" }] }) });
    await collect(fewer, first);
    expect([...first.runbook.keys()]).toEqual([`handbook@${repository.sha("begin")}:ledger/ops/a/start.md`]);
  });

  test("of a run that was cut short are read anew", async () => {
    const repository = await makeRepository(await temporaryFolder(), HISTORY);
    const config = configOf({ path: repository.path, ...options() });
    const cut = await collect(config, nothing(), { stopAfterPages: 1 });
    await collect(config, cut);
    expect(cut.runbook).toEqual((await collect(config)).runbook);
  });

  test("that a merge alone made are the merge's", async () => {
    const repository = await makeRepository(await temporaryFolder(), [
      { commit: "begin", files: { "r/a.md": "1" } },
      { commit: "topic", on: "topic", from: "begin", files: { "r/a.md": "2" } },
      { commit: "main", files: { "r/a.md": "3" } },
      { commit: "merge", merges: ["topic"], files: { "r/a.md": "2 and 3" } },
    ]);
    const { runbook } = await collect(
      configOf({ path: repository.path, ...options({ runbooks: [{ files: "r" }] }) }),
    );
    expect([...runbook.values()].map(({ sha, status }) => [sha, status]).sort()).toEqual(
      [
        ["begin", "A"],
        ["topic", "M"],
        ["main", "M"],
        ["merge", "MM"],
      ]
        .map(([name = "", status]) => [repository.sha(name), status])
        .sort(),
    );
  });

  test("before the cut of a shallow clone are unknown, and said to be", async () => {
    const folder = await temporaryFolder();
    const repository = await makeRepository(join(folder, "whole"), HISTORY);
    await repository.git(
      "clone",
      "--quiet",
      "--depth",
      "1",
      `file://${repository.path}`,
      join(folder, "cut"),
    );
    const { runbook, warnings } = await collect(configOf({ path: join(folder, "cut"), ...options() }));
    expect(runbook.size).toBe(0);
    expect(warnings).toEqual([
      expect.stringContaining("is a shallow clone, so revisions of runbooks before its cut are not known"),
    ]);
  });

  test("in a bundle are read once", async () => {
    const folder = await temporaryFolder();
    const repository = await makeRepository(join(folder, "whole"), HISTORY);
    await repository.git("bundle", "create", "--quiet", join(folder, "b.bundle"), "--all");
    const config = configOf({ path: join(folder, "b.bundle"), ...options() });
    const first = await collect(config);
    expect(first.runbook.size).toBe(7);
    expect(yielded(await collect(config, first), "runbook")).toBe(0);
  });

  test("with odd names are told apart", async () => {
    const names = ["runbooks/Zahlung ü.md", "runbooks/a\nb.md", "runbooks/-rf.md"];
    const repository = await makeRepository(await temporaryFolder(), [
      { commit: "one", files: Object.fromEntries(names.map((name) => [name, "1"])) },
    ]);
    const made = await company(repository);
    await made.model("2026-02-01T00:00:00Z", ["controls", "reports", "publish"]);
    const rows = await made.rows("model.runbook_revision order by path");
    expect(rows.map(({ service }) => service)).toEqual(["-rf", "Zahlung ü", "a\nb"]);
  }, 60_000);
});

test("a repository without commits yet is told, and has none", async () => {
  const repository = await makeRepository(await temporaryFolder());
  const { runbook, warnings } = await collect(configOf({ path: repository.path, ...options() }));
  expect(runbook.size).toBe(0);
  expect(warnings).toEqual([expect.stringContaining("has no commits yet, so it has no runbooks")]);
});

test("doctor finds a pattern that fits no file, and a plan says what is new", async () => {
  const repository = await makeRepository(await temporaryFolder(), HISTORY);
  const config = configOf({
    path: repository.path,
    ...options({ runbooks: [...RUNBOOKS, { files: "Runbooks/*" }] }),
  });
  const found: string[] = [];
  for await (const { status, message } of check(config, {
    baseDirectory: "/",
    now: new Date("2026-04-01T00:00:00Z"),
  }))
    found.push(`${status}: ${message}`);
  expect(found).toEqual([
    "ok: main line main, newest commit of 2026-01-21",
    "ok: 5 commits change files that fit runbooks/{service}.md",
    "ok: 2 commits change files that fit ledger/ops",
    "problem: no file fits Runbooks/*, so no revision of a runbook is found",
  ]);
  const context = { baseDirectory: "/", report: () => {}, warn: () => {}, usage: nothingAsked() };
  const place = `handbook (${repository.path})`;
  expect(await plan(config, context)).toEqual([`${place}: runbooks on main line main, new`]);
  const { cursors } = await collect(config);
  expect(await plan(config, context, cursors)).toEqual([`${place}: runbooks on main line main, unchanged`]);
});

test.each<[string, object, string]>([
  ["nothing to read", { commits: false }, "expected `runbooks` beside it"],
  [
    "a path out of the repository",
    { runbooks: [{ files: "../a.md" }] },
    "expected a path within the repository",
  ],
  ["git's own magic", { runbooks: [{ files: ":(top)a" }] }, "expected a path within the repository"],
  [
    "another placeholder",
    { runbooks: [{ files: "{team}/a.md" }] },
    "beside text only *, ** and ? and {service}",
  ],
  ["** within a name", { runbooks: [{ files: "a**b" }] }, "expected ** between slashes"],
  ["a service said twice", { runbooks: [{ files: "{service}.md", service: "a" }] }, "is said by the path"],
])("%s is refused", (_, more, message) => {
  const parsed = gitConfig.safeParse({ collector: "git", repositories: [{ path: "a", ...more }] });
  expect(parsed.error?.issues.map((issue) => issue.message).join()).toContain(message);
});
