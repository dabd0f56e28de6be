import { createHash } from "node:crypto";
import type { QueryFile } from "../warehouse/query-file.ts";

/** Columns that a control gives; the engine makes statuses of them. */
export const VERDICT_COLUMNS = {
  unit_kind: "varchar",
  unit: "varchar",
  service: "varchar",
  environment: "varchar",
  occurred_at: "timestamptz",
  due_at: "timestamptz",
  verdict: "varchar",
  reason: "varchar",
  evidence: "varchar[]",
  missing: "varchar[]",
  findings: "varchar[]",
} as const;

const COLUMNS = Object.keys(VERDICT_COLUMNS).join(", ");

const NO_CONTROL = Object.values(VERDICT_COLUMNS)
  .map((type, index) => `null::${type} as ${Object.keys(VERDICT_COLUMNS)[index]}`)
  .join(", ");

/**
 * What all controls say, one below the other. Which controls there are is told by the files that are in force, the user's own
 * among them, so that this relation has no file.
 */
export function verdicts(files: readonly QueryFile[]): QueryFile {
  const controls = files.filter(({ header }) => header.control !== undefined);
  const said = controls.map(
    ({ relation, header }) => `select '${header.control}' as control, ${COLUMNS} from ${relation}`,
  );
  const sql = said.length > 0 ? said.join("\nunion all\n") : `select null::varchar as control, ${NO_CONTROL} where false`;
  return {
    relation: "controls.verdict",
    layer: "controls",
    name: "verdict",
    file: "controls",
    header: { title: "What controls say", grain: "one row per control and unit" },
    sql,
    line: 1,
    sha256: createHash("sha256").update(sql).digest("hex"),
    isLocal: false,
    isMade: true,
  };
}

/** The SELECT of a control, so that what it lacks is told of its own file. In one line: lines of errors stay those of the file. */
export const asVerdict = (sql: string): string =>
  `select ${Object.entries(VERDICT_COLUMNS).map(([column, type]) => `${column}::${type} as ${column}`).join(", ")} from (${sql}\n)`;
