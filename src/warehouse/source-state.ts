import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "./open.ts";

/** What became of the last collection of a source. */
export interface SourceState {
  readonly source: string;
  readonly run_id: number;
  readonly is_complete: boolean;
  /** Stream and reason of what failed, one a line. */
  readonly message: string | null;
  readonly rejected: number;
  readonly collected_at: string | null;
  /** Streams that go on from a cursor. */
  readonly streams: string | null;
}

/** Asks what the runner recorded, which is there before any model is built. */
export function sourceStates(warehouse: Warehouse): Promise<SourceState[]> {
  return warehouse.rows<SourceState>(
    readFileSync(join(packageRoot, "src/warehouse/sql/source_state.sql"), "utf8"),
  );
}
