import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "./open.ts";

export interface ChainVerdict {
  readonly records: number;
  readonly batches: number;
  /** Versions whose hash stands for them, since they were disposed of or came from an archive that does not hold them. */
  readonly gone: number;
  /** Versions whose hash stands for them, since they were erased. */
  readonly erased: number;
  /** Hash over everything collected so far. */
  readonly head: string;
  readonly problems: readonly { readonly problem: string }[];
}

/** Recomputes the hashes of everything collected, without trusting any that are stored. */
export async function verifyChain(warehouse: Warehouse): Promise<ChainVerdict> {
  const [totals] = await warehouse.rows<Omit<ChainVerdict, "problems">>(
    `select
       (select count(*) from raw.record) as records,
       (select count(*) from raw.batch) as batches,
       (select count(*) from raw.gone) as gone,
       (select count(distinct (source, stream, key, version)) from raw.erasure) as erased,
       coalesce((select max_by(chain_sha256, batch_id) from raw.batch), 'none') as head`,
  );
  const problems = await warehouse.rows<{ problem: string }>(
    readFileSync(join(packageRoot, "src/warehouse/sql/verify_chain.sql"), "utf8"),
  );
  return { ...(totals ?? { records: 0, batches: 0, gone: 0, erased: 0, head: "none" }), problems };
}
