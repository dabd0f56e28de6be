import { join, resolve } from "node:path";
import type { Warehouse } from "../../warehouse/open.ts";
import type { Audience } from "./audience.ts";
import { maskedDatabase, type Masked } from "./masked-database.ts";
import { masksFor, type Mask } from "./masks.ts";
import { readSaid } from "./said.ts";

/** What an audience's site is made from. */
export interface Source extends Masked {
  readonly audience: Audience;
  readonly mask: Mask;
}

/** Of all audiences, who sees most first. */
export async function sourcesOf(
  warehouse: Warehouse,
  audiences: readonly Audience[],
  localQueries: string,
  scratch: string,
): Promise<Source[]> {
  const masks = await masksFor(audiences.map(({ kind }) => kind), warehouse, localQueries);
  const said = masks.size === 0 ? undefined : await readSaid(warehouse);
  const sources: Source[] = [];
  for (const audience of audiences.toReversed()) {
    const mask = masks.get(audience.kind);
    const path = join(scratch, `${audience.kind}.duckdb`);
    sources.push(
      mask === undefined || said === undefined
        ? { audience, ...asItIs(warehouse) }
        : { audience, mask, ...(await maskedDatabase(resolve(warehouse.path), path, said, mask)) },
    );
  }
  return sources;
}

function asItIs(warehouse: Warehouse): Omit<Source, "audience"> {
  // Pages are made in another working directory.
  const path = resolve(warehouse.path);
  return { mask: (text) => text, place: { path }, isSame: () => true };
}
