import { resolve } from "node:path";
import { allowedKeys } from "../../../reports/verify/allowed-keys.ts";
import { readArchiveManifest } from "../../archive/manifest.ts";
import { restoreArchive, type Restored } from "../../archive/restore.ts";
import { verifyArchive } from "../../archive/verify.ts";
import { loadConfig } from "../../config/load.ts";
import { shownPath } from "../../config/shown-path.ts";
import type { Effects } from "../../effects.ts";
import { UsageError } from "../../errors.ts";
import { databaseOf } from "../session.ts";
import { foldersAt, inWords, keysOf, type VerifyValues } from "./verify.ts";

interface RestoreValues extends VerifyValues {
  readonly config?: string;
  readonly by?: string;
}

/** Verifies archives, all of them first, and reads them into the database. */
export async function restore(values: RestoreValues, folder: string, effects: Effects): Promise<number> {
  const by = values.by?.trim();
  if (by === undefined || by === "")
    throw new UsageError("archive restore needs --by: who brings records back must be known");
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const allowed = allowedKeys(keysOf(values), effects.cwd);
  const folders = newestFirst(foldersAt(resolve(effects.cwd, folder)));
  for (const one of folders) {
    const verdict = await verifyArchive(one, allowed, loaded.config.database_memory);
    if (verdict.findings.length === 0) continue;
    effects.stdout(`${inWords(shownPath(one, effects.cwd), verdict)}nothing was restored\n`);
    return 1;
  }
  for (const one of folders) {
    const restored = await restoreArchive(
      databaseOf(loaded),
      { folder: one, by, at: effects.now() },
      loaded.config.database_memory,
    );
    effects.stdout(`${shownPath(one, effects.cwd)}: ${restoredWords(restored)}\n`);
  }
  return 0;
}

/** The newest knows of all batches and of what was done to records since the others were written. */
const newestFirst = (folders: readonly string[]): string[] =>
  folders.toSorted((a, b) => {
    const [first, second] = [writtenAt(a), writtenAt(b)];
    return first === second ? (a < b ? 1 : -1) : first < second ? 1 : -1;
  });

const writtenAt = (folder: string) => {
  const manifest = readArchiveManifest(folder);
  return manifest === undefined
    ? ""
    : `${String(manifest.chain.batches).padStart(15, "0")} ${manifest.written_at}`;
};

function restoredWords({ payloads, records, erased, elsewhere }: Restored): string {
  if (payloads + records === 0) return "everything in it is in the database already; nothing was changed";
  return [
    `${payloads} ${payloads === 1 ? "record says" : "records say"} again what ${payloads === 1 ? "it" : "they"} said`,
    ...(records > 0 ? [`${records} versions are new to the database`] : []),
    ...(erased > 0 ? [`${erased} stay erased`] : []),
    ...(elsewhere > 0
      ? [`${elsewhere} are known by their hash alone, since this archive does not hold them`]
      : []),
  ].join("; ");
}
