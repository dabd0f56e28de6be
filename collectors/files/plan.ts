import type { Json, StreamContext } from "../contract.ts";
import type { FilesConfig } from "./config.ts";
import type { EntityName } from "./entities.ts";
import { sizeOf, stateOf, unfound } from "../reading/append.ts";
import { findFiles } from "./find.ts";
import { printer } from "./stream.ts";

/** One line per file that a run would look at: size, and whether it is new, changed or unchanged. */
export async function planOf(
  config: FilesConfig,
  { baseDirectory }: StreamContext,
  cursors: Readonly<Record<string, Json | undefined>>,
): Promise<string[]> {
  const lines: string[] = [];
  for (const entity of entitiesOf(config)) {
    const entries = config.files.filter((file) => file.entity === entity);
    const { files, ...others } = await findFiles(entries, baseDirectory);
    for (const file of files)
      lines.push([file.path, entity, sizeOf(file), stateOf(file, cursors[entity], printer)].join(", "));
    lines.push(...unfound(others, baseDirectory, entity));
  }
  return lines;
}

/** Entities that the files feed, in the order of the configuration. */
export const entitiesOf = ({ files }: FilesConfig): EntityName[] => [
  ...new Set(files.map(({ entity }) => entity)),
];
