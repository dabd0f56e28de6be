import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { csvHeader, csvLines } from "../csv.ts";
import type { PackFile } from "../pack-folder.ts";
import { nameOf } from "./reperform/compare.ts";
import { LEFT_OUT_COLUMNS, LEFT_OUT_FILE } from "./reperform/left-out.ts";
import { reperform } from "./reperform/reperform.ts";
import { ownFolder } from "../../src/killed.ts";

/**
 * Computes the results of a pack anew before it is written, as its reader will, and lists those that come out otherwise. What a control reads is for its query to say, and anybody may write one:
 * nothing else tells for certain whether the records of a pack are enough.
 */
export async function leftOutFile(files: readonly PackFile[], localQueries: string | undefined): Promise<PackFile> {
  const folder = ownFolder(tmpdir(), "quarterdeck-evidence");
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const { differences } = await reperform(folder, { localQueries });
    const rows = [...new Map(differences.map((one) => [nameOf(one), one])).values()];
    return {
      path: LEFT_OUT_FILE,
      content: new TextEncoder().encode(csvHeader(LEFT_OUT_COLUMNS) + (rows.length === 0 ? "" : csvLines(rows, LEFT_OUT_COLUMNS))),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
