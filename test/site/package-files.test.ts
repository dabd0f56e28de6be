import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { reachable } from "../support/page-imports.ts";

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");

test("the package has what its pages import: Astro compiles them where they are installed", () => {
  const { files } = JSON.parse(read("package.json")) as { readonly files: readonly string[] };
  const imported = reachable(globSync("src/site/pages/**/*.{astro,ts}", { cwd: packageRoot }), read);
  expect(imported).toContain("src/site/data.ts");
  const packed = (path: string) =>
    files.some((entry) => path === entry || (entry.endsWith("/") && path.startsWith(entry)));
  // A file named here belongs into "files" of package.json, or its words into src/site/.
  expect(imported.filter((path) => !packed(path))).toEqual([]);
});
