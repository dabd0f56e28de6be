import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { isoUtc } from "../clock.ts";
import type { World } from "../records.ts";
import { csv } from "./text.ts";

/** Test results come from a data lake, so they come as Parquet. */
export async function writeTestResults(directory: string, world: World): Promise<void> {
  const rows = world.tests.map(
    ({ id, service, head, suite, kind, total, failed, skipped, coverage, finishedAt }) => ({
      id,
      service: service.name,
      repository: head.change.repository.name,
      commit_id: head.pick?.sha ?? head.change.sha,
      suite,
      kind,
      total,
      failed,
      skipped,
      coverage,
      finished_at: isoUtc(finishedAt),
    }),
  );
  const table = join(directory, "test-results.csv");
  await writeFile(table, csv(rows));
  await toParquet(table, join(directory, "test-results.parquet"));
  await rm(table);
}

const quoted = (path: string) => `'${path.replaceAll("'", "''")}'`;

async function toParquet(from: string, to: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run("set timezone = 'UTC'");
  await connection.run(
    `copy (from read_csv(${quoted(from)}, header = true, types = { finished_at: 'timestamptz' })) to ${quoted(to)} (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}
