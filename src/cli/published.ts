import type { Effects } from "../effects.ts";
import { DataError } from "../errors.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { newlyMoved, recordPublication } from "../warehouse/publication.ts";
import type { Session } from "./session.ts";

/**
 * Keeps the figures that a site shows, once it is there. Closes the session: the database takes one writer. Where it
 * cannot be written the site stays as it is, and the next build makes up for it.
 */
export async function recordFigures({ warehouse, input }: Session, effects: Effects): Promise<void> {
  warehouse.close();
  try {
    const writer = await openWarehouse(warehouse.path, { mode: "write" });
    try {
      const said = await recordPublication(writer, input);
      if (said === "overtaken") effects.stderr(`note: ${LATER}: another command computed other figures meanwhile\n`);
    } finally {
      writer.close();
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    effects.stderr(`note: ${LATER}: ${error.message}\n`);
  }
}

const LATER = "the site is written, but its figures were not recorded as published; the next build will";

/** One line when what was published reads differently now. */
export async function noteMoved({ warehouse }: Session, effects: Effects): Promise<void> {
  const moved = await newlyMoved(warehouse);
  if (moved === undefined) return;
  const figures = moved.figures === 1 ? "published figure" : "published figures";
  effects.stderr(`note: ${moved.figures} ${figures} moved since the build as of ${moved.since}: restatements.html says why\n`);
}
