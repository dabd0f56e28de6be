import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeRepository } from "../../support/git.ts";
import { collect, configOf, temporaryFolder, yielded } from "./collect.ts";

describe("commits", () => {
  test("carry what git printed", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "base" },
      {
        commit: "change",
        message:
          "Add retries (#12)\n\nThey were missing.\n\nCo-authored-by: Bo Example <bo@example.org>\n(cherry picked from commit {sha:base})\n",
        authoredAt: "2026-02-01T23:30:00-05:00",
        at: "2026-02-02T09:00:00+01:00",
        author: { name: "Zoë Ünal", email: "Zoe@example.org" },
        committer: { name: "Forge", email: "noreply@forge.example" },
      },
    ]);
    const { commit } = await collect(configOf({ path: repo.path, repository: "api" }));
    expect(commit.get(`api@${repo.sha("change")}`)).toEqual({
      repository: "api",
      sha: repo.sha("change"),
      parents: [repo.sha("base")],
      authored_at: "2026-02-01T23:30:00-05:00",
      committed_at: "2026-02-02T09:00:00+01:00",
      author_name: "Zoë Ünal",
      author_email: "Zoe@example.org",
      committer_email: "noreply@forge.example",
      subject: "Add retries (#12)",
      body: `They were missing.\n\nCo-authored-by: Bo Example <bo@example.org>\n(cherry picked from commit ${repo.sha("base")})`,
      trailers: [
        "Co-authored-by: Bo Example <bo@example.org>",
        `(cherry picked from commit ${repo.sha("base")})`,
      ],
    });
  });

  test("are those that main line and tags reach, parents first", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "one" },
      { commit: "feature", on: "feature", from: "one" },
      { commit: "abandoned", on: "abandoned", from: "one" },
      { commit: "two" },
      { commit: "merge", merges: ["feature"], message: "Merge pull request #3 from feature" },
      { commit: "patch", on: "release-1", from: "one" },
      { tag: "v1.0.1", of: "patch" },
    ]);
    const collected = await collect(configOf({ path: repo.path, repository: "api" }));
    const shas = [...collected.commit.values()].map(({ sha }) => sha);
    expect(new Set(shas)).toEqual(new Set(["one", "feature", "two", "merge", "patch"].map(repo.sha)));
    expect(shas[0]).toBe(repo.sha("one"));
    expect(collected.commit.get(`api@${repo.sha("merge")}`)?.["parents"]).toEqual([
      repo.sha("two"),
      repo.sha("feature"),
    ]);
    expect(collected.pages["commit"]?.at(-1)?.declaredTotal).toBe(5);
  });

  test("keep text that tries to be something else", async () => {
    const subject = "$(touch pwned) `id` --upload-pack='x' \\0 %x00 %n ";
    const author = { name: 'A\tB "quoted" \';drop table', email: "--option=1@example.org" };
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "one", message: `${subject}\n\n\x1f<script>\x01\n\n\n-- \n%(trailers)`, author },
      { commit: "empty", message: "" },
      { tag: "$(id)", of: "one" },
      { tag: "v1;rm-rf", of: "one" },
      { tag: "a'\"|&--option", of: "one" },
      { tag: "ünïcode/版本-1", of: "empty", at: "2026-02-01T10:00:00Z" },
    ]);
    const { commit, ref } = await collect(configOf({ path: repo.path, repository: "api" }));
    expect(commit.get(`api@${repo.sha("one")}`)).toMatchObject({
      subject: subject.trim(),
      author_name: author.name,
      author_email: author.email,
      body: "\x1f<script>\x01\n\n\n-- \n%(trailers)",
    });
    expect(commit.get(`api@${repo.sha("empty")}`)).toMatchObject({
      subject: "",
      body: "",
      trailers: [],
      parents: [repo.sha("one")],
    });
    expect([...ref.values()].map(({ name }) => name)).toEqual([
      "main",
      "$(id)",
      "a'\"|&--option",
      "v1;rm-rf",
      "ünïcode/版本-1",
    ]);
  });

  test("keep start and end of a very long message", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      {
        commit: "long",
        message: `Long\n\n${"😀 words ".repeat(10_000)}\n\nCo-authored-by: Bo <bo@example.org>`,
      },
    ]);
    const { commit } = await collect(configOf({ path: repo.path, repository: "api" }));
    const body = commit.get(`api@${repo.sha("long")}`)?.["body"] as string;
    expect(body.length).toBeLessThan(21_000);
    expect(body).toMatch(/^😀 words [^]*\n\[\.\.\.\]\n[^]*Co-authored-by: Bo <bo@example.org>$/);
    expect(body.isWellFormed()).toBe(true);
  });

  test("come as UTF-8 whatever they are written in", async () => {
    const folder = await temporaryFolder();
    const repo = await makeRepository(folder, [{ commit: "one" }]);
    const tree = await repo.git("rev-parse", "HEAD^{tree}");
    const signature = "Andr\u00e9 <andre@example.org> 1767603600 +0000";
    const object = `tree ${tree}\nparent ${repo.sha("one")}\nauthor ${signature}\ncommitter ${signature}\nencoding ISO-8859-1\n\ncaf\u00e9`;
    await writeFile(join(folder, "object"), Buffer.from(object, "latin1"));
    const sha = await repo.git("hash-object", "-t", "commit", "-w", "object");
    await repo.git("update-ref", "refs/heads/main", sha);
    const { commit } = await collect(configOf({ path: repo.path, repository: "api" }));
    expect(commit.get(`api@${sha}`)).toMatchObject({ subject: "café", author_name: "André" });
  });

  test("without a readable author or time are kept, without them", async () => {
    const folder = await temporaryFolder();
    const repo = await makeRepository(folder, [{ commit: "one" }]);
    const tree = await repo.git("rev-parse", "HEAD^{tree}");
    await writeFile(
      join(folder, "object"),
      `tree ${tree}\nparent ${repo.sha("one")}\nauthor nobody\ncommitter A <a@example.org> soon\n\nx`,
    );
    const sha = await repo.git("hash-object", "--literally", "-t", "commit", "-w", "object");
    await repo.git("update-ref", "refs/heads/main", sha);
    const { commit, pages } = await collect(configOf({ path: repo.path, repository: "api" }));
    expect(commit.get(`api@${sha}`)).toMatchObject({
      author_name: "",
      author_email: "",
      authored_at: "",
      committed_at: "",
      subject: "x",
    });
    expect(pages["commit"]?.[0]?.records[1]).not.toHaveProperty("updatedAt");
  });

  test("carry paths where asked: of a merge, those that differ from its first parent", async () => {
    const repo = await makeRepository(await temporaryFolder(), [
      { commit: "root", files: { "a/b.ts": "1", "c d.md": "1" } },
      { commit: "nothing" },
      { commit: "feature", on: "feature", from: "nothing", files: { 'pay/ü\n"x".ts': "1", "a/b.ts": null } },
      { commit: "main", files: { "c d.md": "2" } },
      { commit: "merge", merges: ["feature"], files: { 'pay/ü\n"x".ts': "1", "a/b.ts": null } },
    ]);
    const { commit } = await collect(configOf({ path: repo.path, repository: "api", paths: true }));
    const paths = (id: string) => commit.get(`api@${repo.sha(id)}`)?.["paths"];
    expect(paths("root")).toEqual(["a/b.ts", "c d.md"]);
    expect(paths("nothing")).toEqual([]);
    expect(paths("feature")).toEqual(["a/b.ts", 'pay/ü\n"x".ts']);
    expect(paths("main")).toEqual(["c d.md"]);
    expect(paths("merge")).toEqual(["a/b.ts", 'pay/ü\n"x".ts']);
  });

  test("of thousands come in a second, with nothing new in a blink", async () => {
    const history = Array.from({ length: 6_000 }, (_, index) => ({
      commit: `c${index}`,
      message: `Change ${index} (#${index})\n\nWhy it was made.`,
    }));
    const repo = await makeRepository(await temporaryFolder(), history);
    const config = configOf({ path: repo.path });
    const started = performance.now();
    const collected = await collect(config);
    const full = performance.now() - started;
    // The last page only says how many there are.
    expect(collected.pages["commit"]?.slice(0, -1).map(({ records }) => records.length)).toEqual([5_000, 1_000]);
    expect(collected.pages["commit"]?.at(-1)?.declaredTotal).toBe(6_000);
    const again = performance.now();
    await collect(config, collected);
    expect(yielded(collected, "commit")).toBe(0);
    // Many times what it takes on a small machine.
    expect(full).toBeLessThan(3_000);
    expect(performance.now() - again).toBeLessThan(1_500);
  });
});
