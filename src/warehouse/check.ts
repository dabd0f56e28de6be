import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Severity } from "../controls/entry.ts";
import { packageRoot } from "../package-root.ts";
import type { Warehouse } from "./open.ts";

export interface CheckFilter {
  readonly service?: string | undefined;
  /** `service@version` */
  readonly release?: string | undefined;
  /** A day of the organisation's time zone. */
  readonly since?: string | undefined;
  /** Empty = all. */
  readonly controls: readonly string[];
  readonly framework?: string | undefined;
}

export interface Finding {
  readonly status: "fail" | "unknown" | "exempt";
  readonly unit_kind: string;
  readonly unit: string;
  readonly service: string | null;
  readonly teams: readonly string[];
  readonly environment: string | null;
  readonly occurred_at: string | null;
  /** The same in the organisation's time zone, for people. */
  readonly local_time: string | null;
  readonly reason: string;
  readonly evidence: readonly string[];
  readonly exemptions: readonly string[];
}

export interface CheckedControl {
  readonly control: string;
  readonly title: string;
  readonly question: string;
  readonly severity: Severity;
  readonly remedy: string;
  readonly is_local: boolean;
  readonly passed: number;
  readonly failed: number;
  readonly unknown: number;
  readonly exempt: number;
  readonly not_applicable: number;
  readonly not_due: number;
  readonly findings: readonly Finding[];
}

/** Readers of SARIF and JUnit take no more, and a list of more is read by nobody. */
const MOST_FINDINGS = 25_000;

const CHECK = join(packageRoot, "src/warehouse/sql/check.sql");

/** What controls find in what is asked for; counts are whole where lists are cut. */
export async function check(warehouse: Warehouse, filter: CheckFilter): Promise<CheckedControl[]> {
  const rows = await warehouse.rows<Omit<CheckedControl, "findings"> & { findings: string }>(
    readFileSync(CHECK, "utf8"),
    [JSON.stringify(filter), BigInt(MOST_FINDINGS)],
  );
  return rows.map((row) => ({ ...row, findings: JSON.parse(row.findings) as Finding[] }));
}
