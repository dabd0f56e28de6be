import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { glob } from "tinyglobby";
import { budgetOf } from "../src/publish-check/sizes.ts";
import { kindOf } from "../test/support/site-files.ts";

/** Prints the heaviest page of each kind of a finished site, compressed as hosts send it, beside what it may weigh. */
export async function weight(folder: string): Promise<void> {
  const kinds = new Map<string, { pages: number; bytes: number; file: string }>();
  for (const file of await glob("**/*.html", { cwd: folder })) {
    const bytes = gzipSync(await readFile(join(folder, file))).length;
    const kind = kinds.get(kindOf(file)) ?? { pages: 0, bytes: 0, file };
    const isHeavier = bytes > kind.bytes || (bytes === kind.bytes && file < kind.file);
    kinds.set(kindOf(file), {
      pages: kind.pages + 1,
      ...(isHeavier ? { bytes, file } : { bytes: kind.bytes, file: kind.file }),
    });
  }
  console.log("heaviest page of each kind, compressed, and what it may weigh:");
  for (const { pages, bytes, file } of [...kinds.values()].sort(
    (a, b) => b.bytes - a.bytes || (a.file < b.file ? -1 : 1),
  ))
    console.log(
      `${(bytes / 1024).toFixed(1).padStart(8)} KB of ${budgetOf(file)}  ${file}${pages > 1 ? `, of ${pages}` : ""}`,
    );
}
