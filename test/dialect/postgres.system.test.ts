import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ACME_AS_OF } from "../../examples/acme/generate.ts";
import { openSession, type Session } from "../../src/cli/session.ts";
import { scriptOf } from "../../src/cli/sql.ts";
import type { Script } from "../../src/dialect/script.ts";
import { recordedEffects } from "../cli/effects.ts";
import { acmeSite } from "../examples/acme-site.ts";
import { postgresPrograms, startPostgres, type Postgres } from "../support/postgres.ts";

const programs = postgresPrograms();

/** The five metrics as they leave the database, with what they are told from, and what all controls find. */
const METRICS = ["deployment_frequency", "change_lead_time", "outcome_rate", "recovery_time", "metric"].map((name) => `metrics.${name}`);
const RESULTS = "controls.result";

interface Column {
  readonly column_name: string;
  readonly column_type: string;
}

describe.skipIf(programs === undefined)("Acme's staged tables on PostgreSQL (skipped where it is not installed)", () => {
  let session: Session;
  let postgres: Postgres;
  let script: Script;

  beforeAll(async () => {
    await acmeSite();
    const effects = recordedEffects(join(inject("acmeFolder"), "acme"));
    [session, postgres] = await Promise.all([openSession({ "as-of": ACME_AS_OF }, effects), startPostgres(programs ?? "")]);
    script = await scriptOf(session, "postgres", { only: [...METRICS, RESULTS] });
    // Nothing is there yet: it makes the inputs, and all tables of nothing.
    await postgres.client.query(script.sql);
    for (const relation of script.inputs) await fill(relation);
    await postgres.client.query("set enable_nestloop = off; set work_mem = '64MB'");
    await postgres.client.query(script.sql);
  }, 400_000);

  afterAll(async () => {
    session.warehouse.close();
    await postgres.stop();
  });

  async function fill(relation: string): Promise<void> {
    const [row] = await session.warehouse.rows<{ rows: string | null }>(`select to_json(list(t))::varchar as rows from ${relation} as t`);
    if (row?.rows == null) return;
    await postgres.client.query(`insert into ${relation} select * from json_populate_recordset(null::${relation}, $1::json)`, [row.rows]);
    await postgres.client.query(`analyze ${relation}`);
  }

  const columnsOf = (relation: string) => session.warehouse.rows<Column>(`describe ${relation}`);

  test.each(METRICS)("%s is the same, row for row", async (relation) => {
    const columns = await columnsOf(relation);
    const select = (instant: string) => `select ${columns.map((column) => plain(column, instant)).join(", ")} from ${relation}`;
    const here = await session.warehouse.rows(select("epoch_us($1)::double"));
    const { rows: there } = await postgres.client.query<Record<string, unknown>>(select("quarterdeck.epoch_us($1)::double precision"));
    expect(here.length).toBeGreaterThan(100);
    expect(sorted(there, columns)).toEqual(sorted(here, columns));
  });

  test("what controls find is the same, row for row, words and evidence included", async () => {
    const columns = await columnsOf(RESULTS);
    const line = `md5(concat_ws(chr(31), ${columns.map(text).join(", ")})) as line`;
    const here = await session.warehouse.rows<{ line: string }>(`select ${line} from ${RESULTS} order by line`);
    const { rows: there } = await postgres.client.query<{ line: string }>(`select ${line} from ${RESULTS} order by line`);
    expect(here.length).toBeGreaterThan(50_000);
    expect(there.length).toBe(here.length);
    expect(there.filter((row, index) => row.line !== here[index]?.line)).toEqual([]);
  });
});

/** Instants and numbers as both engines hand them out: doubles, of which ten digits are compared. */
const plain = ({ column_name: name, column_type: type }: Column, instant: string): string => {
  if (type.startsWith("TIMESTAMP")) return `${instant.replace("$1", name)} as ${name}`;
  return /INT|DOUBLE/.test(type) ? `${name}::double precision as ${name}` : name;
};

const sorted = (rows: readonly Readonly<Record<string, unknown>>[], columns: readonly Column[]): string[] =>
  rows.map((row) => JSON.stringify(columns.map(({ column_name: name }) => rounded(row[name])))).sort();

const rounded = (value: unknown) => (typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(8)) : value);

const text = ({ column_name: name, column_type: type }: Column): string => {
  if (type.endsWith("[]")) return `coalesce(array_to_string(${name}, ','), 'none')`;
  return type.startsWith("TIMESTAMP") ? `coalesce(extract(epoch from ${name})::bigint::text, 'none')` : `coalesce(${name}::text, 'none')`;
};
