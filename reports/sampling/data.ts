import type { Row } from "../../src/warehouse/rows.ts";
import type { SampleRequest } from "./parameters.ts";

export type SampleRow = Row<
  "sample",
  "sha256" | "service" | "service_title" | "environment" | "version" | "sha" | "status"
>;

export type StratumRow = Row<"sample_stratum">;

export type UnitRow = Row<"sample_unit">;

/** A sample with all that it takes to draw it again. */
export interface SampleData {
  readonly request: SampleRequest;
  readonly rows: readonly SampleRow[];
  readonly strata: readonly StratumRow[];
  /** The population, in the order in which it is drawn from. */
  readonly units: readonly UnitRow[];
}
