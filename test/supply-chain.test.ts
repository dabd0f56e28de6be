import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { isAllowed, licenceOf, STATED } from "../scripts/licences.ts";
import { isDelivered, lockedPackages, type Locked, type Package } from "../scripts/packages.ts";
import { packageRoot } from "../src/package-root.ts";

const packages = lockedPackages();
const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");
const named = (some: readonly Package[]) => some.map(({ path, version }) => `${path} ${version}`);

/** One without an address comes from the registry that npm is set to; add packages with `--omit-lockfile-registry-resolved`. */
const isOfRegistry = ({ resolved }: Locked) => resolved === undefined;

/** Of what is installed, these may run a program while it is: esbuild looks whether its binary runs. */
const RUN_A_SCRIPT = ["esbuild"];

test("every package is fixed by a hash", () => {
  expect(packages.length).toBeGreaterThan(500);
  expect(named(packages.filter(({ integrity }) => !/^sha512-[\w+/]{86}==$/.test(integrity ?? "")))).toEqual(
    [],
  );
});

test("every package comes from the registry, under a version", () => {
  expect(named(packages.filter((one) => one.link === true || !isOfRegistry(one)))).toEqual([]);
  expect(named(packages.filter(({ version }) => !/^\d+\.\d+\.\d+/.test(version)))).toEqual([]);
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read("package.json")) as Record<
    string,
    Readonly<Record<string, string>>
  >;
  const asked = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(asked.filter(([, range]) => !/^(?:\*|[\^~]?\d+\.\d+\.\d+(?:-[\w.]+)?)$/.test(range))).toEqual([]);
});

test("no package runs a script when it is installed, but those that are named", () => {
  const run = packages.filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name);
  expect(run).toEqual(RUN_A_SCRIPT);
});

test("every licence is one that a company may use beside Apache-2.0", () => {
  // What is not allowed has to be decided on in scripts/licences.ts, by somebody who may.
  expect(packages.filter((one) => !isAllowed(one)).map((one) => `${one.path}: ${licenceOf(one)}`)).toEqual(
    [],
  );
  const under = (license: string) => isAllowed({ path: "", name: "a", version: "1.0.0", license });
  expect(["MIT OR GPL-3.0-only", "(MIT AND ISC)"].filter(under)).toHaveLength(2);
  expect(["AGPL-3.0-only", "MIT AND GPL-2.0-only", "LGPL-3.0-or-later", "UNLICENSED"].filter(under)).toEqual(
    [],
  );
});

test("a licence that we state for a package is the one in its folder", () => {
  for (const [name, { file, says }] of Object.entries(STATED)) {
    expect(
      packages.find((one) => one.name === name && isDelivered(one)),
      name,
    ).toBeDefined();
    expect(read(`node_modules/${name}/${file}`), name).toContain(says);
  }
});

test("every action of a workflow is pinned to a commit, with its version beside it", () => {
  const files = globSync(
    [
      "docs/**/*.{md,yml,yaml}",
      ".github/**/*",
      "collectors/*/README.md",
      "examples/**/*.{md,yml}",
      "README.md",
    ],
    {
      cwd: packageRoot,
      dot: true,
    },
  );
  const used = files.flatMap((file) =>
    [...read(file).matchAll(/^[ \t]*(?:- )?uses: *(?!\.\/)(.*)$/gm)].map(
      ([, action]) => `${file}: ${action ?? ""}`,
    ),
  );
  expect(used.length).toBeGreaterThan(4);
  expect(used.filter((action) => !/ [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
});
