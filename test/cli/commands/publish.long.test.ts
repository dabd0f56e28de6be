import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { releasePath } from "../../../src/site/links.ts";
import { CONFIG, DEPLOYMENTS, tinyWorld, type World } from "./world.ts";

let world: World;

beforeAll(async () => {
  process.umask(0o022);
  world = tinyWorld({ keep: true });
  await world.run("collect");
});

afterAll(() => world.remove());

function filesOf(folder: string): Record<string, string> {
  const files = readdirSync(world.path(folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(world.path(folder).length), createHash("sha256").update(readFileSync(path)).digest("hex")];
    }),
  );
}

test("build writes a site that everybody may read, beside a database that only its owner may", async () => {
  const { code, out } = await world.run("build");
  expect(code).toBe(0);
  expect(out).toMatch(/^\d+ pages as of 2026-04-01T00:00:00Z in public: open public\/index\.html in a browser\n$/);
  expect((statSync(world.path("public/index.html")).mode & 0o777).toString(8)).toBe("644");
  expect((statSync(world.path("public")).mode & 0o777).toString(8)).toBe("755");
  expect((statSync(world.path("quarterdeck.duckdb")).mode & 0o777).toString(8)).toBe("600");
});

test("build again, in another process and elsewhere, writes the same bytes", async () => {
  const first = filesOf("public");
  const { code, err } = await world.spawn(["build", "--output", "again"], { TZ: "Asia/Kolkata", LANG: "tr_TR.UTF-8" });
  expect(code, err).toBe(0);
  expect(filesOf("again")).toEqual(first);
});

test("build as of another day writes other figures", async () => {
  const { code, out } = await world.run("build", "--as-of", "2026-02-28", "-o", "february");
  expect(code).toBe(0);
  expect(out).toContain("as of 2026-03-01T00:00:00");
  expect(filesOf("february")["/index.html"]).not.toBe(filesOf("public")["/index.html"]);
});

test("pack writes a release", async () => {
  const { code, out } = await world.run("pack", "release", "api");
  expect(code).toBe(0);
  expect(out).toMatch(/^public\/packs\/.*\(\d+ files\)\n$/);
  const names = Object.keys(filesOf("public/packs"));
  expect(names.some((name) => name.endsWith(".pdf"))).toBe(true);
});

test("build writes the packs that the configuration asks for, where the pages of their releases look for them", async () => {
  const packed = tinyWorld({ config: `${CONFIG}publish: { packs: latest }\n`, keep: true });
  await packed.run("collect");
  expect((await packed.run("build")).out).toMatch(/^\d+ pages and 2 release packs as of /);
  const page = packed.read(`public/${releasePath("api", "1.1.0")}`);
  const links = [...page.matchAll(/href="([^"]*\/packs\/[^"]*)"/g)].map(([, link]) => link ?? "");
  expect(links).toHaveLength(4);
  for (const link of links) {
    const file = packed.path(join("public", dirname(releasePath("api", "1.1.0")), link));
    expect((statSync(file).mode & 0o777).toString(8), link).toBe("644");
  }
  expect((statSync(packed.path("public/packs/api-1.1.0")).mode & 0o777).toString(8)).toBe("755");
  expect(packed.read(`public/${releasePath("api", "1.0.0")}`)).toContain("quarterdeck pack release api 1.0.0");
  packed.remove();
});

test("pack of what never went live", async () => {
  expect((await world.run("pack", "release", "nosuch")).err).toMatch(/^quarterdeck: no release of "nosuch" is known to have gone live/);
  expect((await world.run("pack", "audit")).err).toBe(
    'quarterdeck: pack: expected `release`, `train`, `period`, `dossier` or `retrospective`, found "audit"\n',
  );
});

test("build names sources whose last run failed, and what is unknown with the line to add; names cannot forge a note", async () => {
  const other = tinyWorld();
  other.write("data/deployments.csv", `${DEPLOYMENTS}d9,"x\nnote: \u001b[2Jall is well\u202e",production,1.0.0,2026-03-04T10:00:00Z,success\n`);
  await other.run("collect");
  rmSync(other.path("data/incidents.csv"));
  await other.run("collect");
  const { code, err } = await other.run("build");
  expect(code).toBe(0);
  const lines = err.split("\n");
  expect(lines[0]).toMatch(/^note: data: its last collection \(run 2\) failed: incident: .*no such file in .*\. What it brought before is used\.$/);
  expect(lines[1]).toMatch(/^note: [^:]+: x note: \uFFFD\[2Jall is well\uFFFD: 1 record\. They are in no metric/);
  expect(lines.slice(2, 4)).toEqual(["      services:", '        "x\\nnote: \\e[2Jall is well\\u202e": {}']);
  expect(err).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  // The page shows the same lines.
  expect(other.read("public/data.html")).toContain("&quot;x\\nnote: \\e[2Jall is well\\u202e&quot;: {}");
});

test("pack of all releases where none has gone live yet is no failure", async () => {
  const { code, out, err } = await world.run("pack", "release", "--as-of", "2020-01-01");
  expect(err).toBe("note: no release is known to have gone live: deployments need a version\n");
  expect({ code, out }).toEqual({ code: 0, out: "" });
});
