import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRepository, type Step } from "../../support/git.ts";
import { collect, configOf, nothing, temporaryFolder, yielded } from "./collect.ts";

describe("a second run", () => {
  test("with nothing new yields nothing", async () => {
    const repo = await makeRepository(await temporaryFolder(), [{ commit: "one" }, { tag: "v1", of: "one" }]);
    const config = configOf({ path: repo.path });
    const collected = await collect(config);
    await collect(config, collected);
    expect(collected.pages).toEqual({ ref: [], commit: [] });
  });

  test("yields what is new only", async () => {
    const repo = await makeRepository(await temporaryFolder(), [{ commit: "one" }, { commit: "two" }]);
    const config = configOf({ path: repo.path, repository: "api" });
    const collected = await collect(config);
    await repo.add([{ commit: "three" }, { tag: "v1", of: "two", at: "2026-03-01T10:00:00+02:00" }]);
    await collect(config, collected);
    expect(collected.pages["commit"]?.flatMap(({ records }) => records.map(({ key }) => key))).toEqual([
      `api@${repo.sha("three")}`,
    ]);
    expect(collected.pages["commit"]?.at(-1)?.declaredTotal).toBe(3);
    expect(collected.pages["ref"]?.flatMap(({ records }) => records)).toEqual([
      {
        key: "api/refs/heads/main",
        payload: { repository: "api", name: "main", kind: "main", sha: repo.sha("three"), tagged_at: null },
      },
      {
        key: "api/refs/tags/v1",
        updatedAt: "2026-03-01T10:00:00+02:00",
        payload: {
          repository: "api",
          name: "v1",
          kind: "tag",
          sha: repo.sha("two"),
          tagged_at: "2026-03-01T10:00:00+02:00",
        },
      },
    ]);
  });

  test("follows moved, renewed and deleted tags", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "one" },
      { commit: "two" },
      { tag: "moved", of: "one" },
      { tag: "renewed", of: "one", at: "2026-02-01T10:00:00Z" },
      { tag: "deleted", of: "one" },
    ]);
    const config = configOf({ path: repo.path, repository: "api" });
    const collected = await collect(config);
    await repo.add([
      { tag: "moved", of: "two" },
      { tag: "renewed", of: "one", at: "2026-02-02T10:00:00Z" },
      { untag: "deleted" },
    ]);
    await collect(config, collected);
    expect(yielded(collected, "ref")).toBe(3);
    expect(yielded(collected, "commit")).toBe(0);
    expect(collected.ref.get("api/refs/tags/moved")?.["sha"]).toBe(repo.sha("two"));
    expect(collected.ref.get("api/refs/tags/renewed")?.["tagged_at"]).toMatch(/^2026-02-02T10:00:00/);
    expect(collected.ref.has("api/refs/tags/deleted")).toBe(false);
    expect(collected.pages["ref"]?.[0]?.records[0]).toEqual({ key: "api/refs/tags/deleted", payload: null });
  });

  test("after a force-push moves the main line and keeps the commits", async () => {
    const repo = await makeRepository(await temporaryFolder(), [{ commit: "one" }, { commit: "old" }]);
    const config = configOf({ path: repo.path, repository: "api" });
    const collected = await collect(config);
    await repo.add([{ commit: "new", from: "one" }]);
    await repo.git("reflog", "expire", "--expire=now", "--all");
    await repo.git("gc", "--quiet", "--prune=now");
    await expect(repo.git("cat-file", "-e", repo.sha("old"))).rejects.toThrow();
    await collect(config, collected);
    expect(collected.ref.get("api/refs/heads/main")?.["sha"]).toBe(repo.sha("new"));
    expect([...collected.commit.values()].map(({ sha }) => sha)).toEqual(["one", "old", "new"].map(repo.sha));
  });

  test("goes on where one was cut off between two pages", async () => {
    const branches = Array.from({ length: 40 }, (_, index): Step[] => [
      { commit: `side${index}`, on: `side${index}`, from: index === 0 ? "root" : `merge${index - 1}` },
      ...Array.from({ length: 150 }, (_, depth): Step => ({
        commit: `side${index}-${depth}`,
        on: `side${index}`,
      })),
      { commit: `merge${index}`, merges: [`side${index}-149`] },
    ]).flat();
    const repo = await makeRepository(await temporaryFolder(), [{ commit: "root" }, ...branches]);
    const config = configOf({ path: repo.path });
    const collected = await collect(config, nothing(), { stopAfterPages: 1 });
    expect(collected.commit.size).toBe(5_000);
    await collect(config, collected);
    expect(collected.commit.size).toBe(1 + 40 * 152);
    expect(yielded(collected, "commit")).toBe(1 + 40 * 152 - 5_000);
  });

  test("reads all again once paths are asked for", async () => {
    const repo = await makeRepository(await temporaryFolder(), [{ commit: "one", files: { "a.txt": "1" } }]);
    const collected = await collect(configOf({ path: repo.path, repository: "api" }));
    await collect(configOf({ path: repo.path, repository: "api", paths: true }), collected);
    expect(collected.commit.get(`api@${repo.sha("one")}`)?.["paths"]).toEqual(["a.txt"]);
  });

  test("takes a cursor that it cannot read for a first run, and then says what is everything", async () => {
    const repo = await makeRepository(await temporaryFolder(), [{ commit: "one" }]);
    const config = configOf({ path: repo.path });
    const collected = await collect(config, { ...nothing(), cursors: { ref: { form: 0 }, commit: "junk" } });
    expect(collected.commit.size).toBe(1);
    expect(collected.pages["ref"]?.at(-1)?.isSnapshotEnd).toBe(true);
    expect(collected.pages["commit"]?.some(({ isSnapshotEnd }) => isSnapshotEnd)).toBe(false);
  });

  test("takes in a repository that was added, and lets go of the references of one that was removed", async () => {
    const folder = await temporaryFolder();
    const one = await makeRepository(`${folder}/one`, [{ commit: "a" }, { tag: "v1", of: "a" }]);
    const two = await makeRepository(`${folder}/two`, [{ commit: "b" }]);
    const collected = await collect(configOf({ path: one.path }));
    await collect(configOf({ path: two.path }), collected);
    expect([...collected.ref.keys()]).toEqual(["two/refs/heads/main"]);
    expect([...collected.commit.keys()]).toEqual([`one@${one.sha("a")}`, `two@${two.sha("b")}`]);
  });

  test("equals one run at the end", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.double({ min: 0, max: 1, noNaN: true }), async (steps, cut) => {
        const at = Math.max(1, Math.floor(steps.length * cut));
        const repo = await makeRepository(await temporaryFolder(), steps.slice(0, at));
        const config = configOf({ path: repo.path, repository: "api" });
        const twice = await collect(config);
        await repo.add(steps.slice(at));
        await collect(config, twice);
        const once = await collect(config);
        expect(sortedEntries(twice.ref)).toEqual(sortedEntries(once.ref));
        // Two runs may have seen what a force-push or a deleted tag left behind since.
        for (const [key, payload] of once.commit) expect(twice.commit.get(key)).toEqual(payload);
        const isRewritten = steps.some(
          (step) => "untag" in step || "tag" in step || ("commit" in step && step.from !== undefined),
        );
        if (!isRewritten) expect(twice.commit.size).toBe(once.commit.size);
      }),
      { numRuns: 15, seed: 20260105 },
    );
  });
});

type Choice = readonly ["commit" | "merge" | "tag" | "note" | "untag" | "force", number, number];

/** Histories of one main line with side branches, merges, tags that move and go, and force-pushes. */
const histories = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 5, arbitrary: fc.constant("commit" as const) },
        {
          weight: 5,
          arbitrary: fc.constantFrom(
            "merge" as const,
            "tag" as const,
            "note" as const,
            "untag" as const,
            "force" as const,
          ),
        },
      ),
      fc.nat(1_000),
      fc.nat(3),
    ),
    { minLength: 2, maxLength: 30 },
  )
  .map((choices) => [{ commit: "root" }, ...historyOf(choices)]);

function historyOf(choices: readonly Choice[]): Step[] {
  const commits = ["root"];
  const tags = new Set<string>();
  return choices.flatMap(([kind, number, small], index): Step[] => {
    const any = commits[number % commits.length] ?? "root";
    const tag = `v${small}`;
    const commit = `c${index}`;
    if (kind === "tag" || kind === "note") {
      tags.add(tag);
      return [
        {
          tag,
          of: any,
          ...(kind === "note" && { at: new Date(Date.UTC(2026, 5, 1, number % 24, small)).toISOString() }),
        },
      ];
    }
    if (kind === "untag") return tags.delete(tag) ? [{ untag: tag }] : [];
    commits.push(commit);
    if (kind === "force") return [{ commit, from: any }];
    if (kind === "merge") {
      commits.push(`side${index}`);
      return [
        { commit: `side${index}`, on: `side${index}`, from: any },
        { commit, merges: [`side${index}`] },
      ];
    }
    return [{ commit }];
  });
}

function sortedEntries<Value>(map: ReadonlyMap<string, Value>): [string, Value][] {
  return [...map].sort(([left], [right]) => (left < right ? -1 : 1));
}
