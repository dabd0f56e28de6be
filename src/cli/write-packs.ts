import { join } from "node:path";
import { buildReleasePack, releasePackQueries, type BuiltPack } from "../../reports/release/build.ts";
import { shownPath } from "../config/shown-path.ts";
import type { Effects } from "../effects.ts";
import type { Session } from "./session.ts";

export interface Release {
  readonly service: string;
  readonly version: string;
}

/** Where packs lie in the output folder, and where pages look for them. */
export const packsFolder = (output: string): string => join(output, "packs");

export async function writePacks(
  { warehouse, localQueries }: Session,
  releases: readonly Release[],
  folder: string,
  effects: Effects,
): Promise<void> {
  const context = {
    localQueries,
    queries: await releasePackQueries(warehouse, localQueries),
  };
  for (const release of releases) {
    sayWritten(await buildReleasePack(warehouse, release, folder, context), `${release.service} ${release.version}`, effects);
  }
}

/** One line for each pack, and what a reader of it should know. */
export function sayWritten({ directory, files, warnings }: BuiltPack, name: string, effects: Effects): void {
  for (const warning of warnings) effects.stderr(`warning: ${name}: ${warning}\n`);
  effects.stdout(`${shownPath(directory, effects.cwd)} (${files.length} files)\n`);
}

/** Writes the packs that `publish.packs` asks for, which pages link to. Returns their number. */
export async function writeSitePacks(session: Session, output: string, effects: Effects): Promise<number> {
  const releases = await session.warehouse.rows<Release>(
    "select service, version from reports.release_packs order by service, version",
  );
  if (releases.length > 0)
    await writePacks(session, releases, packsFolder(output), { ...effects, stdout: () => undefined });
  return releases.length;
}
