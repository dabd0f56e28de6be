import { join } from "node:path";
import { evidenceKit } from "../../reports/evidence/files.ts";
import { ReasonMissing, type Issuing } from "../../reports/folder/edition.ts";
import type { BuiltPack } from "../../reports/folder/make-pack.ts";
import { buildReleasePack, releasePackQueries } from "../../reports/release/build.ts";
import type { Config } from "../config/schema.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import { printableLine } from "../printable.ts";
import type { Session } from "./session.ts";

export interface Release {
  readonly service: string;
  readonly version: string;
}

/** Where packs lie in the output folder, and where pages look for them: with audiences, those of auditors. */
export const packsFolder = (output: string, { publish }: Config): string => join(output, publish.audiences?.audit ?? "", "packs");

export async function writePacks(
  { warehouse, localQueries }: Session,
  releases: readonly Release[],
  folder: string,
  effects: Effects,
  issuing: Issuing,
): Promise<void> {
  const context = {
    localQueries,
    queries: await releasePackQueries(warehouse, localQueries),
    evidence: once(() => evidenceKit(warehouse, localQueries)),
    issuing,
  };
  for (const release of releases) {
    const name = `${release.service} ${release.version}`;
    try {
      sayWritten(await buildReleasePack(warehouse, release, folder, context), name, effects);
    } catch (error) {
      // Of many releases one may have been issued long ago: the others are written.
      if (!(error instanceof ReasonMissing) || releases.length === 1) throw error;
      effects.stderr(`note: ${printableLine(`${name}: ${error.message}`)}\n`);
    }
  }
}

/** Does its work when it is first asked. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined;
  return () => (done ??= work());
}

/** One line for each pack, and what a reader of it should know. */
export function sayWritten({ directory, files, warnings, isKept }: BuiltPack, name: string, effects: Effects): void {
  for (const warning of warnings) effects.stderr(`warning: ${printableLine(`${name}: ${warning}`)}\n`);
  effects.stdout(`${shownPath(directory, effects.cwd)} (${files.length} files${isKept ? ", there already" : ""})\n`);
}

/** Writes the packs that `publish.packs` asks for, which pages link to. Returns their number. */
export async function writeSitePacks(
  session: Session,
  output: string,
  effects: Effects,
  issuing: Issuing = { isKeeping: true },
): Promise<number> {
  const releases = await session.warehouse.rows<Release>(
    "select service, version from reports.release_packs order by service, version",
  );
  if (releases.length > 0)
    await writePacks(session, releases, packsFolder(output, session.loaded.config), { ...effects, stdout: () => undefined }, issuing);
  return releases.length;
}
