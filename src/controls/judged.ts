import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package-root.ts";
import type { QueryFile } from "../warehouse/query-file.ts";
import { cast, unionOf } from "../warehouse/union.ts";

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
  is_outside: "boolean",
  reason: "varchar",
  unknown_words: "varchar",
  evidence: "varchar[]",
  findings: "varchar[]",
} as const;

/** Text of a query below its header. */
const selectIn = (path: string): string => readFileSync(join(packageRoot, path), "utf8").replace(/^\s*\/\*[\s\S]*?\*\//, "");

const JUDGEMENT = selectIn("src/controls/judgement.sql");

const PORTABLE_JUDGEMENT = selectIn("src/dialect/judgement.sql");

/** The file of a control with what makes a status of its verdicts. What it lacks is told of its own file and line. */
export const withJudgement = (file: QueryFile): QueryFile => judgedBy(file, JUDGEMENT);

/** The same in the form that other engines have too. */
export const withPortableJudgement = (file: QueryFile): QueryFile => judgedBy(file, PORTABLE_JUDGEMENT);

function judgedBy(file: QueryFile, judgement: string): QueryFile {
  if (file.header.control === undefined) return file;
  const verdict = `with verdict as (select '${file.header.control}' as control, ${cast(VERDICT_COLUMNS)} from (`;
  return { ...file, runs: `${verdict}${file.sql}\n)) select * from (${judgement})` };
}

/** What all controls find, one below the other. */
export function judged(files: readonly QueryFile[]): QueryFile {
  const controls = files.filter(({ header }) => header.control !== undefined);
  const found = controls.map(({ relation }) => `select * from ${relation}`);
  const header = { title: "What controls find, before exemptions", grain: "one row per control and unit" };
  return unionOf("controls", "judged", header, found, RESULT_COLUMNS);
}
