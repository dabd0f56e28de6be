import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isDelivered, lockedPackages } from "../../scripts/packages.ts";
import { packageRoot } from "../../src/package-root.ts";
import { reachable } from "../support/page-imports.ts";
import { hasRegistry, npm, packCopy, plainEnvironment, tarball } from "./package.ts";

const folder = mkdtempSync(join(tmpdir(), "quarterdeck-package-"));
const user = join(folder, "user");
let file: string;
let packed: ReturnType<typeof tarball>;

beforeAll(() => {
  mkdirSync(user);
  file = packCopy(join(folder, "copy"), folder);
  packed = tarball(file);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TOPS = [
  ...[
    "ARCHITECTURE.md",
    "BENCHMARKS.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "THIRD-PARTY.md",
    "bin",
    "collectors",
    "dist",
  ],
  ...[
    "docs",
    "examples",
    "frameworks",
    "package.json",
    "practices",
    "queries",
    "reports",
    "sbom.cdx.json",
    "schema",
    "src",
  ],
];

interface Component {
  readonly "bom-ref": string;
  readonly name: string;
  readonly hashes?: readonly object[];
  readonly licenses?: readonly object[];
}

const own = (pattern: string) => globSync(pattern, { cwd: packageRoot }).sort();

describe("the packed file", () => {
  test("has every query, migration, page and framework", () => {
    const needed = own("{queries,src}/**/*.sql").concat(
      own("src/site/**/*.{astro,css}"),
      own("{schema,frameworks}/*"),
    );
    expect(needed.length).toBeGreaterThan(200);
    expect(needed.filter((name) => !packed.names.includes(name))).toEqual([]);
  });

  test("has no sources but those of pages, and nothing of the workshop", () => {
    const tops = new Set(packed.names.map((name) => name.split("/")[0]));
    expect([...tops].sort()).toEqual(TOPS);
    const imported = importedByPages();
    const sources = packed.names.filter((name) => name.endsWith(".ts") && !name.startsWith("src/site/"));
    expect(sources.filter((name) => !imported.includes(name))).toEqual([]);
    expect(packed.names.filter((name) => name.startsWith("examples/"))).toEqual([
      "examples/acme/README.md",
      "examples/acme/events.yaml",
      "examples/acme/links.csv",
      "examples/acme/quarterdeck.yaml",
    ]);
  });

  test("has what its pages import", () => {
    const imported = importedByPages();
    expect(imported).toContain("src/site/data.ts");
    // A file that is missing here belongs into "files" of package.json.
    expect(imported.filter((name) => !packed.names.includes(name))).toEqual([]);
    // Named by its address, which no import shows.
    expect(packed.names).toContain("dist/src/site/making/thread.js");
  });

  test("brings no Node and no tools of development", () => {
    const manifest = JSON.parse(packed.text("package.json")) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty("optionalDependencies");
    expect(manifest).not.toHaveProperty("devDependencies");
    expect(manifest).toMatchObject({
      engines: { node: ">=22.18" },
      bin: { quarterdeck: "bin/quarterdeck.js" },
    });
  });

  test("says what it is made of: every package that comes with it, with hash and licence, and no other", () => {
    const { components } = JSON.parse(packed.text("sbom.cdx.json")) as {
      readonly components: readonly Component[];
    };
    const listed = components.map((component) => component["bom-ref"]).sort();
    const delivered = lockedPackages()
      .filter(isDelivered)
      .map(({ name, version }) => `${name}@${version}`);
    expect(listed).toEqual([...new Set(delivered)].sort());
    const { dependencies } = JSON.parse(packed.text("package.json")) as { dependencies: object };
    const names = new Set(components.map(({ name }) => name));
    expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
    const bare = components.filter(({ hashes, licenses }) => !hashes?.length || !licenses?.length);
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  test("names nobody's machine, and is no larger than it was meant to be", () => {
    const here = [folder, packageRoot, homedir()].filter((path) => path.split("/").length > 2);
    const naming = packed.names.filter((name) => here.some((path) => packed.text(name).includes(path)));
    expect(naming).toEqual([]);
    expect(
      packed.names.filter((name) => /\.(?:map|test\.\w+|duckdb|tgz|pem|key)$|(?:^|\/)\.[^/]+$/.test(name)),
    ).toEqual([]);
    expect(statSync(file).size / 2 ** 20).toBeLessThan(4);
  });

  test("leaves the repository's package.json as it was", () => {
    const before = readFileSync(join(packageRoot, "package.json"), "utf8");
    expect(readFileSync(join(folder, "copy/package.json"), "utf8")).toBe(before);
  });

  test("is what gets published: npm would register the folder with its Node binaries", () => {
    const { status, stdout, stderr } = spawnSync("npm", ["publish", "--dry-run"], {
      cwd: join(folder, "copy"),
      env: plainEnvironment(),
      encoding: "utf8",
    });
    expect(status).not.toBe(0);
    expect(stdout + stderr).toContain("Publish the packed file instead");
  });
});

/** All files that pages import, those that are not in the package included. */
const importedByPages = () =>
  reachable(
    packed.names.filter((name) => name.startsWith("src/site/pages/")),
    (name) => (packed.names.includes(name) ? packed.text(name) : ""),
  );

const REGISTRY = hasRegistry();

describe.skipIf(!REGISTRY)("installed in an empty folder (needs a package registry)", () => {
  beforeAll(() => {
    npm(user, "install", "--prefer-offline", "--no-audit", "--no-fund", file);
  }, 600_000);

  function quarterdeck(...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync("npx", ["--no-install", "quarterdeck", ...args], {
      cwd: user,
      env: plainEnvironment(),
      encoding: "utf8",
    });
    expect(status, stderr).toBe(0);
    return stdout;
  }

  test("npx quarterdeck says its version", () => {
    expect(quarterdeck("--version")).toBe(
      `${(JSON.parse(packed.text("package.json")) as { version: string }).version}\n`,
    );
  });

  test("the demo, and a query of one's own over it", () => {
    expect(quarterdeck("demo", "demo")).toMatch(
      /\d+ pages: open demo\/public\/index\.html .*Next: npx quarterdeck /s,
    );
    expect(globSync("demo/public/packs/**/*.pdf", { cwd: user }).length).toBeGreaterThan(0);
    expect(readFileSync(join(user, "demo/public/index.html"), "utf8")).toContain("Acme Bank");
    mkdirSync(join(user, "demo/queries/reports"), { recursive: true });
    writeFileSync(
      join(user, "demo/queries/reports/wave_count.sql"),
      "/*\ntitle: Waves\ngrain: one row\n*/\nselect count(*)::integer as waves from model.wave order by waves\n",
    );
    const asOf = ["-C", "demo", "--as-of", "2026-06-30"];
    const rows: unknown = JSON.parse(
      quarterdeck("query", ...asOf, "--json", "select waves > 1000 as many from reports.wave_count"),
    );
    expect(rows).toEqual([{ many: true }]);
    expect(quarterdeck("verify", "-C", "demo")).toContain("all hashes match");
  }, 600_000);
});
