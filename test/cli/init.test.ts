import { execFile } from "node:child_process";
import { chown, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { nameFromRemote } from "../../src/cli/init/clone.ts";
import { guessReleaseTags } from "../../collectors/git/release-tags.ts";
import { main } from "../../src/cli/main.ts";
import { loadConfig } from "../../src/config/load.ts";
import { recordedEffects } from "./effects.ts";

const execute = promisify(execFile);

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "quarterdeck-init-")));
});
afterEach(() => rm(folder, { recursive: true }));

async function clone(
  path: string,
  { remote, tags = [] }: { remote?: string; tags?: string[] },
): Promise<void> {
  await mkdir(path, { recursive: true });
  const identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "tag.gpgsign=false"];
  const git = (...args: string[]) =>
    execute("git", ["-C", path, ...identity, ...args], { env: recordedEffects(folder).env });
  await git("init", "--quiet", "--initial-branch=trunk");
  await git("commit", "--quiet", "--allow-empty", "--message=Begin");
  for (const tag of tags) await git("tag", tag);
  if (remote) await git("remote", "add", "origin", remote);
}

async function init(cwd: string, ...args: string[]) {
  const effects = recordedEffects(cwd);
  const code = await main(["init", ...args], effects);
  return { code, ...effects.printed };
}

const configIn = async (cwd: string) => (await loadConfig(undefined, recordedEffects(cwd))).config;

describe("init", () => {
  test.skipIf(process.getuid?.() !== 0)("of a clone that belongs to another user", async () => {
    const path = join(folder, "theirs");
    await clone(path, { remote: "https://git.example.com/acme/payments.git" });
    await chown(path, 12345, 12345);
    await chown(join(path, ".git"), 12345, 12345);
    expect((await init(folder, path)).out).toContain("It collects acme/payments.");
  });

  test("in a clone with release tags", async () => {
    const path = join(folder, "here");
    const remote = "https://user:token@git.example.com/acme/payments.git";
    await clone(path, { remote, tags: ["v1.0.0", "v1.1.0", "api-v0.1", "nightly"] });
    const { code, out } = await init(path);
    expect(code).toBe(0);
    expect(out).toContain("It collects acme/payments and takes tags like v{version} as releases.");
    expect(out).toMatch(/quarterdeck collect .*\n.*quarterdeck build /);
    expect(await readFile(join(path, "quarterdeck.yaml"), "utf8")).not.toContain("token");
    expect(await readFile(join(path, "quarterdeck.yaml"), "utf8")).toContain("# Takes the place of `releases` above: remove those first");
    expect(await configIn(path)).toMatchObject({
      organisation: "acme",
      services: { payments: { repository: "acme/payments" } },
      sources: {
        git: {
          collector: "git",
          repositories: [
            {
              path: ".",
              repository: "acme/payments",
              main: "trunk",
              releases: [{ tags: "v{version}", service: "payments", environment: "production" }],
            },
          ],
        },
      },
    });
  });

  test("with a clone elsewhere that has neither remote nor tags", async () => {
    await clone(join(folder, "some: #odd [name]"), {});
    await mkdir(join(folder, "work"));
    const { code, out } = await init(join(folder, "work"), "../some: #odd [name]");
    expect(code).toBe(0);
    expect(out).toContain("No release tags were found");
    const { services, sources } = await configIn(join(folder, "work"));
    expect(Object.keys(services)).toEqual(["some: #odd [name]"]);
    expect(sources["git"]).toMatchObject({ repositories: [{ path: "../some: #odd [name]", releases: [] }] });
  });

  test("with examples that hold once the marks before them are gone", async () => {
    await clone(join(folder, "payments"), {});
    await init(folder, "payments");
    const path = join(folder, "quarterdeck.yaml");
    const [head = "", example = ""] = (await readFile(path, "utf8")).split(/(?=^# {3}files:$)/m);
    const unmarked = head + example.replaceAll(/^# /gm, "");
    await writeFile(path, unmarked);
    await expect(configIn(folder)).rejects.toThrow("expected the name of the person whose word this is");
    await writeFile(path, unmarked.replace("your name", "Jane Doe"));
    expect((await configIn(folder)).sources["files"]).toMatchObject({
      files: [{ entity: "deployment", mode: "snapshot" }, { entity: "incident", mode: "snapshot" }],
      complete: [{ entity: "incident", services: ["payments"], asserted_by: "Jane Doe" }],
    });
    expect(unmarked).not.toContain("Takes the place of");
  });

  test("with a bare repository", async () => {
    await execute("git", ["init", "--quiet", "--bare", "--initial-branch=main", join(folder, "shop.git")]);
    expect((await init(folder, "shop.git")).code).toBe(0);
    expect(await configIn(folder)).toMatchObject({
      services: { shop: {} },
      sources: { git: { repositories: [{ path: "shop.git" }] } },
    });
  });

  test("outside of any clone: a file that can be read, and a word that a source is missing", async () => {
    const { code, out } = await init(folder);
    expect(code).toBe(0);
    expect(out).toContain("name a source in it");
    expect((await configIn(folder)).sources).toEqual({});
  });

  test("never overwrites", async () => {
    await writeFile(join(folder, "quarterdeck.yaml"), "mine\n");
    expect(await init(folder)).toEqual({
      code: 2,
      out: "",
      err: "quarterdeck: quarterdeck.yaml is there already; init never overwrites: remove it first, or write another with --config\n",
    });
    expect(await readFile(join(folder, "quarterdeck.yaml"), "utf8")).toBe("mine\n");
  });

  test("refuses a bundle, with the line that makes a clone of it", async () => {
    await clone(join(folder, "payments"), {});
    await execute("git", [
      "-C",
      join(folder, "payments"),
      "bundle",
      "create",
      "--quiet",
      "../payments.bundle",
      "--all",
    ]);
    expect(await init(folder, "payments.bundle")).toMatchObject({
      code: 2,
      err: "quarterdeck: payments.bundle is a git bundle: unpack it with `git clone payments.bundle payments`, then run `quarterdeck init payments`\n",
    });
  });

  test("names the repository after the bundle or folder that it was cloned from", async () => {
    await clone(join(folder, "payments"), {});
    await execute("git", ["clone", "--quiet", join(folder, "payments"), join(folder, "copy")]);
    expect((await init(join(folder, "copy"), ".")).out).toContain("It collects payments.");
  });

  test("says the next commands as they were called", async () => {
    const effects = recordedEffects(folder);
    await main(["init"], { ...effects, env: { ...effects.env, npm_lifecycle_event: "quarterdeck" } });
    expect(effects.printed.out).toMatch(
      /npm run quarterdeck -- collect .*\n.*npm run quarterdeck -- build .*\n.*npm run quarterdeck -- preview /,
    );
    expect(effects.printed.out).toContain("Where a message says `quarterdeck`, type `npm run quarterdeck --`.");
    expect((await init(join(folder, "."), "-C", "other.yaml")).out).not.toContain("Where a message says");
  });

  test("refuses what is not a clone", async () => {
    expect(await init(folder, "nowhere")).toMatchObject({
      code: 2,
      err: "quarterdeck: nowhere is not a git clone: name the folder of one, or leave it out to write a file with examples\n",
    });
  });
});

test.each([
  ["git@example.com:acme/payments.git", "acme/payments"],
  ["https://user:token@example.com/acme/payments.git/", "acme/payments"],
  ["ssh://git@example.com:2222/acme/team/payments", "acme/team/payments"],
  ["/srv/git/payments.git", undefined],
  ["../payments", undefined],
  [undefined, undefined],
])("nameFromRemote(%s)", (address, name) => {
  expect(nameFromRemote(address)).toBe(name);
});

test.each([
  [["v1.0.0", "v1.1.0-rc.1", "v2.0"], "v{version}", 3],
  [["1.0.0", "1.1.0", "v0.1"], "{version}", 2],
  [["web-v1.0.0", "api-v1.0.0", "api-v1.1.0"], "api-v{version}", 2],
  [["release/2026.01.1"], "release/{version}", 1],
  [["web@1.0.0+build.5"], "web@{version}", 1],
  [["v2-api-1.0.0"], "v2-api-{version}", 1],
  [["1.0a2", "1.0"], "{version}", 2],
])("guessReleaseTags(%j)", (tags, pattern, matching) => {
  expect(guessReleaseTags(tags)).toMatchObject({ pattern, matching });
});

test("tags that are no versions", () => {
  expect(guessReleaseTags(["nightly", "2026-01-31", "v1", "before-{x}-1.0"])).toBeUndefined();
});
