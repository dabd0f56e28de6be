import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { QueryFile } from "../warehouse/query-file.ts";

/** Columns that a control gives: a verdict, of which its table holds what comes. */
const VERDICT_COLUMNS = {
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

/** Columns of a control's table, in its order. */
const RESULT_COLUMNS = {
  control: "varchar",
  unit_kind: "varchar",
  unit: "varchar",
  service: "varchar",
  teams: "varchar[]",
  environment: "varchar",
  occurred_at: "timestamptz",
  month: "varchar",
  due_at: "timestamptz",
  status: "varchar",
  is_not_due: "boolean",
  reason: "varchar",
  unknown_words: "varchar",
  evidence: "varchar[]",
  findings: "varchar[]",
} as const;

const JUDGEMENT = readFileSync(join(packageRoot, "src/controls/judgement.sql"), "utf8").replace(/^\s*\/\*[\s\S]*?\*\//, "");

/** The file of a control with what makes a status of its verdicts. What it lacks is told of its own file and line. */
export function withJudgement(file: QueryFile): QueryFile {
  if (file.header.control === undefined) return file;
  const columns = Object.entries(VERDICT_COLUMNS).map(([column, type]) => `${column}::${type} as ${column}`);
  const verdict = `with verdict as (select '${file.header.control}' as control, ${columns.join(", ")} from (`;
  return { ...file, runs: `${verdict}${file.sql}\n)) select * from (${JUDGEMENT})` };
}

/**
 * What all controls find, one below the other. Which controls there are is told by the files that are in force, the user's own
 * among them, so that this relation has no file.
 */
export function judged(files: readonly QueryFile[]): QueryFile {
  const controls = files.filter(({ header }) => header.control !== undefined);
  const found = controls.map(({ relation }) => `select * from ${relation}`);
  const none = Object.entries(RESULT_COLUMNS).map(([column, type]) => `null::${type} as ${column}`);
  const sql = found.length > 0 ? found.join("\nunion all\n") : `select ${none.join(", ")} where false`;
  return {
    relation: "controls.judged",
    layer: "controls",
    name: "judged",
    file: "controls",
    header: { title: "What controls find, before exemptions", grain: "one row per control and unit", view: true },
    sql,
    line: 1,
    sha256: createHash("sha256").update(sql).digest("hex"),
    isLocal: false,
  };
}
