import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");

/** Types vanish, so what they are imported from may be missing. */
const relativeImports = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "(\.[^"?]+)(?:\?\w+)?";/gms)].map(
    ([, path]) => path ?? "",
  );

/** Everything that pages import, however far. */
function reachable(pages: readonly string[]): string[] {
  const found = new Set(pages);
  for (const file of found)
    for (const path of relativeImports(read(file))) found.add(posix.join(posix.dirname(file), path));
  return [...found];
}

test("the package has what its pages import: Astro compiles them where they are installed", () => {
  const { files } = JSON.parse(read("package.json")) as { readonly files: readonly string[] };
  const imported = reachable(globSync("src/site/pages/**/*.{astro,ts}", { cwd: packageRoot }));
  expect(imported).toContain("src/site/data.ts");
  const packed = (path: string) =>
    files.some((entry) => path === entry || (entry.endsWith("/") && path.startsWith(entry)));
  // A file named here belongs into "files" of package.json, or its words into src/site/.
  expect(imported.filter((path) => !packed(path))).toEqual([]);
});
