import type { Warehouse } from "../../src/warehouse/open.ts";

export const STRATIFICATIONS = ["risk", "service", "team", "month"] as const;
export type Stratification = (typeof STRATIFICATIONS)[number];

/** How a sample is made: drawn by hash, or chosen by the auditor. */
export interface SampleRequest {
  /** 0 where ids were chosen. */
  readonly size: number;
  readonly seed: string;
  readonly stratify?: Stratification | undefined;
  /** Empty = drawn. */
  readonly ids: readonly string[];
}

/** Sets what the queries of the sample read with `getvariable`. */
export async function setSample(
  warehouse: Warehouse,
  { size, seed, stratify, ids }: SampleRequest,
): Promise<void> {
  await warehouse.run("set variable sample_size = ?::bigint", [BigInt(size)]);
  await warehouse.run("set variable sample_seed = ?", [seed]);
  await warehouse.run("set variable sample_stratify = ?", [stratify ?? ""]);
  await warehouse.run(`set variable sample_ids = from_json(?::json, '["VARCHAR"]')`, [JSON.stringify(ids)]);
}
