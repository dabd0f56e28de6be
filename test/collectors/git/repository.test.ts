import { chmod, chown, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test, vi } from "vitest";
import { SourceError } from "../../../src/errors.ts";
import { gitEnvironment, makeRepository, type Step } from "../../support/git.ts";
import { collect, configOf, temporaryFolder, yielded, type Collected } from "./collect.ts";

const HISTORY: Step[] = [
  { commit: "one" },
  { commit: "two" },
  { commit: "three" },
  { tag: "v1.0", of: "two", at: "2026-02-01T10:00:00Z" },
  { tag: "v1.1", of: "three" },
];

const runGit = (...args: string[]) => execa("git", args, { env: gitEnvironment });

const content = ({ ref, commit }: Collected) => ({ ref: [...ref], commit: [...commit] });

const unpackedFolders = async () =>
  (await readdir(tmpdir())).filter((name) => name.startsWith("quarterdeck-git-"));

describe("what can be read", () => {
  test("clone, bare repository, worktree and bundle say the same", async () => {
    const folder = await temporaryFolder();
    const original = await makeRepository(join(folder, "original"), HISTORY);
    await runGit("clone", "--quiet", original.path, join(folder, "clone"));
    await runGit("clone", "--quiet", "--bare", original.path, join(folder, "bare.git"));
    await original.git("worktree", "add", "--quiet", "--detach", join(folder, "worktree"));
    await original.git("bundle", "create", "--quiet", join(folder, "file.bundle"), "--all");
    const expected = content(await collect(configOf({ path: original.path, repository: "api" })));
    expect(expected.ref).toHaveLength(3);
    for (const path of ["clone", "bare.git", "worktree", "file.bundle"]) {
      const main = path === "worktree" ? { main: "main" } : {};
      expect(
        content(await collect(configOf({ path: join(folder, path), repository: "api", ...main }))),
      ).toEqual(expected);
    }
  });

  test("a bundle leaves nothing behind, is not unpacked again, and is read anew when it changes", async () => {
    const folder = await temporaryFolder();
    const bundle = join(folder, "api.bundle");
    const repo = await makeRepository(join(folder, "original"), HISTORY);
    await repo.git("bundle", "create", "--quiet", bundle, "--all");
    const before = await unpackedFolders();
    const config = configOf({ path: bundle });
    const collected = await collect(config);
    await collect(config, collected);
    expect(collected.pages).toEqual({ ref: [], commit: [] });
    await repo.add([{ commit: "four" }, { untag: "v1.1" }]);
    await repo.git("bundle", "create", "--quiet", bundle, "--all");
    await collect(config, collected);
    expect(yielded(collected, "commit")).toBe(1);
    expect([...collected.ref.keys()]).toEqual(["api/refs/heads/main", "api/refs/tags/v1.0"]);
    expect(await unpackedFolders()).toEqual(before);
  });

  test("several repositories keep apart what they share", async () => {
    const folder = await temporaryFolder();
    const one = await makeRepository(join(folder, "one"), HISTORY);
    await makeRepository(join(folder, "two"), HISTORY);
    const { commit, ref } = await collect(configOf({ path: one.path }, { path: join(folder, "two") }));
    expect(commit.size).toBe(6);
    expect(ref.size).toBe(6);
    expect(commit.has(`one@${one.sha("two")}`)).toBe(true);
  });

  test("the main line is the one that was fetched, not the one last pulled", async () => {
    const folder = await temporaryFolder();
    const remote = await makeRepository(join(folder, "remote"), [{ commit: "one" }]);
    const clone = join(folder, "clone");
    await runGit("clone", "--quiet", remote.path, clone);
    await remote.add([{ commit: "two" }]);
    await runGit("-C", clone, "fetch", "--quiet");
    await runGit("-C", clone, "checkout", "--quiet", "-b", "feature");
    const { ref } = await collect(configOf({ path: clone, repository: "api" }));
    expect(ref.get("api/refs/heads/main")?.["sha"]).toBe(remote.sha("two"));
  });

  test("the main line may be another branch, and may change", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "one" },
      { commit: "dev", on: "develop", from: "one" },
    ]);
    const collected = await collect(configOf({ path: repo.path, repository: "api", main: "develop" }));
    expect([...collected.ref.values()]).toMatchObject([
      { name: "develop", kind: "main", sha: repo.sha("dev") },
    ]);
    await collect(configOf({ path: repo.path, repository: "api" }), collected);
    expect([...collected.ref.values()]).toMatchObject([{ name: "main", kind: "main", sha: repo.sha("one") }]);
  });

  test("a tag of a tag points to its commit; a tag of a file is none", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "one", files: { a: "1" } },
      { tag: "inner", of: "one", at: "2026-02-01T10:00:00Z" },
    ]);
    await repo.git("tag", "--annotate", "--message", "x", "outer", "inner");
    await repo.git("tag", "file", `${repo.sha("one")}:a`);
    await repo.git("tag", "main", repo.sha("one"));
    const { ref } = await collect(configOf({ path: repo.path, repository: "api" }));
    expect([...ref.keys()]).toEqual([
      "api/refs/heads/main",
      "api/refs/tags/inner",
      "api/refs/tags/main",
      "api/refs/tags/outer",
    ]);
    expect(ref.get("api/refs/tags/outer")?.["sha"]).toBe(repo.sha("one"));
  });

  test("a shallow clone warns, keeps true parents, and is read again once it is deepened", async () => {
    const folder = await temporaryFolder();
    const remote = await makeRepository(join(folder, "remote"), [
      { commit: "one", files: { a: "1" } },
      { commit: "two", files: { b: "1" } },
      { commit: "three", files: { c: "1" } },
    ]);
    const path = join(folder, "shallow");
    await runGit("clone", "--quiet", "--depth=1", `file://${remote.path}`, path);
    const config = configOf({ path, repository: "api", paths: true });
    const collected = await collect(config);
    expect(collected.warnings).toEqual([
      expect.stringMatching(/^api \(.*\): is a shallow clone.*git fetch --unshallow/),
    ]);
    expect(collected.commit.get(`api@${remote.sha("three")}`)?.["parents"]).toEqual([remote.sha("two")]);
    expect(collected.commit.get(`api@${remote.sha("three")}`)).not.toHaveProperty("paths");
    await runGit("-C", path, "fetch", "--quiet", "--unshallow");
    await collect(config, collected);
    expect(collected.warnings).toEqual([]);
    expect(collected.commit.size).toBe(3);
    expect(collected.commit.get(`api@${remote.sha("three")}`)?.["paths"]).toEqual(["c"]);
  });

  test("an empty repository warns", async () => {
    const repo = await makeRepository(await temporaryFolder());
    const collected = await collect(configOf({ path: repo.path, repository: "api" }));
    expect(collected.warnings).toEqual([expect.stringMatching(/^api \(.*\): has no commits yet/)]);
    expect(collected.commit.size).toBe(0);
  });
});

describe("what cannot be read says what, where and what to do", () => {
  async function failure(repository: object): Promise<SourceError> {
    const error: unknown = await collect(configOf({ repository: "api", ...repository })).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(SourceError);
    return error as SourceError;
  }

  test("a device", async () => {
    expect((await failure({ path: "/dev/null" })).message).toContain("is a device, pipe or socket: expected a clone");
  });

  test("no such folder", async () => {
    const { failure: kind, message } = await failure({ path: "/nowhere/api" });
    expect(kind).toBe("missing");
    expect(message).toMatch(/^api \(\/nowhere\/api\): there is no such file or folder.*Correct `path`/);
  });

  test("a folder that is no repository, even inside one", async () => {
    const repo = await makeRepository(await temporaryFolder(), HISTORY);
    await mkdir(join(repo.path, "inner"));
    expect((await failure({ path: join(repo.path, "inner") })).message).toMatch(
      /is not a Git repository: expected a clone/,
    );
  });

  test("a file that is no bundle, and a bundle that is damaged or leans on commits it lacks", async () => {
    const folder = await temporaryFolder();
    const repo = await makeRepository(join(folder, "original"), HISTORY);
    await writeFile(join(folder, "text"), "no bundle");
    expect((await failure({ path: join(folder, "text") })).message).toMatch(
      /not a Git bundle.*git bundle create/,
    );
    await repo.git("bundle", "create", "--quiet", join(folder, "partial"), "main", `^${repo.sha("two")}`);
    expect((await failure({ path: join(folder, "partial") })).message).toMatch(
      /git clone failed: .*git bundle create <file> --all/,
    );
    await writeFile(join(folder, "damaged"), `# v2 git bundle\n${repo.sha("three")} refs/heads/main\n\nPACK`);
    expect((await failure({ path: join(folder, "damaged") })).message).toMatch(
      /git bundle create <file> --all/,
    );
    expect(await unpackedFolders()).toEqual([]);
  });

  test("no main line", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "one", on: "trunk" },
      { commit: "two", on: "dev", from: "one" },
    ]);
    expect((await failure({ path: repo.path, main: "master" })).message).toMatch(
      /there is no branch master. It has dev, trunk: set `main`/,
    );
    expect((await failure({ path: repo.path })).message).toMatch(
      /its HEAD names no branch. It has dev, trunk: set `main`/,
    );
  });

  test("a repository that lost all that was read from it before", async () => {
    const folder = await temporaryFolder();
    const first = await makeRepository(join(folder, "first"), HISTORY);
    const second = await makeRepository(join(folder, "second"));
    const collected = await collect(configOf({ path: first.path, repository: "api" }));
    await expect(collect(configOf({ path: second.path, repository: "api" }), collected)).rejects.toThrow(
      /has no commits, but had.*Clone it anew/,
    );
    expect(collected.ref.size).toBe(3);
  });

  test("missing objects", async () => {
    const repo = await makeRepository(await temporaryFolder(), HISTORY);
    await repo.git("update-ref", "refs/tags/x", repo.sha("one"));
    await repo.git("unpack-objects", "-q").catch(() => undefined);
    await writeFile(join(repo.path, ".git", "refs", "heads", "main"), `${"1".repeat(40)}\n`);
    expect((await failure({ path: repo.path })).message).toMatch(
      /api \(.*\): git [a-z-]+ failed: .*git fsck/,
    );
  });

  test("no git on this machine", async () => {
    const repo = await makeRepository(await temporaryFolder(), HISTORY);
    vi.stubEnv("PATH", "/nowhere");
    try {
      expect((await failure({ path: repo.path })).message).toMatch(
        /git was not found: install Git 2.30 or later/,
      );
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a repository is somebody else's", () => {
  test("nothing that its configuration names is started", async () => {
    const folder = await temporaryFolder();
    const repo = await makeRepository(join(folder, "original"), [{ commit: "one" }]);
    const trap = join(folder, "trap");
    await writeFile(trap, `#!/bin/sh\ntouch ${folder}/sprung\n`);
    await chmod(trap, 0o755);
    const tree = await repo.git("rev-parse", "HEAD^{tree}");
    const who = "A <a@example.org> 1767603600 +0000";
    await writeFile(
      join(folder, "signed"),
      `tree ${tree}\nauthor ${who}\ncommitter ${who}\ngpgsig -----BEGIN PGP SIGNATURE-----\n x\n -----END PGP SIGNATURE-----\n\nsigned`,
    );
    const sha = await repo.git("hash-object", "-t", "commit", "-w", join(folder, "signed"));
    await repo.git("update-ref", "refs/heads/main", sha);
    const settings = {
      "core.fsmonitor": trap,
      "core.pager": trap,
      "gpg.program": trap,
      "log.showSignature": "true",
      "core.sshCommand": trap,
      "diff.external": trap,
      "remote.origin.promisor": "true",
      "remote.origin.url": folder,
      "remote.origin.uploadpack": trap,
    };
    for (const [name, value] of Object.entries(settings)) await repo.git("config", name, value);
    await collect(configOf({ path: repo.path, paths: true }));
    await writeFile(join(repo.path, ".git", "refs", "tags", "lacking"), `${"1".repeat(40)}\n`);
    await collect(configOf({ path: repo.path })).catch(() => undefined);
    await expect(stat(join(folder, "sprung"))).rejects.toThrow();
  });

  test("a run started from a git hook reads the repository that it is asked for", async () => {
    const folder = await temporaryFolder();
    const one = await makeRepository(join(folder, "one"), [{ commit: "a" }]);
    const two = await makeRepository(join(folder, "two"), [{ commit: "b" }]);
    vi.stubEnv("GIT_DIR", join(two.path, ".git"));
    try {
      const { commit } = await collect(configOf({ path: one.path }));
      expect([...commit.keys()]).toEqual([`one@${one.sha("a")}`]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test.skipIf(process.getuid?.() !== 0)("it may belong to another user", async () => {
    const repo = await makeRepository(await temporaryFolder(), HISTORY);
    await chown(repo.path, 12345, 12345);
    await chown(join(repo.path, ".git"), 12345, 12345);
    expect((await collect(configOf({ path: repo.path }))).commit.size).toBe(3);
  });
});
