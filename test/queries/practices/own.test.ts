import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { given } from "../../support/history.ts";

const HEADER = `title: Runs started by hand
question: How many runs does a person start?
rule: Runs whose trigger is manual.
unit: ratio
statistic: share
made_from: [pipeline_run]
connect: a source of pipelines would bring them
fact: run
facts: runs`;

const SELECT = `select service, started_at as occurred_at, null as value, trigger = 'manual' as is_hit, pipeline_run_id as subject, null as cut
from model.pipeline_run order by subject`;

function folderWith(measure: string): string {
  const folder = mkdtempSync(join(tmpdir(), "own-measure-"));
  mkdirSync(join(folder, "practices", "own"), { recursive: true });
  writeFileSync(join(folder, "practices", "own", "manual_runs.sql"), `/*\nmeasure: ${measure}\n${HEADER}\n*/\n${SELECT}\n`);
  return folder;
}

const history = (localQueries: string) => ({
  asOf: "2026-04-01T00:00:00Z",
  localQueries,
  data: {
    pipeline_run: `
      id | service | trigger | started_at
      r1 | api     | manual  | 2026-03-02T09:00:00Z
      r2 | api     | push    | 2026-03-03T09:00:00Z
      r3 | nobody  | push    | 2026-03-03T09:00:00Z`,
  },
});

test("a file of one's own is one more measure, with a page of its group", async () => {
  const warehouse = await given(history(folderWith("manual_runs")));
  const asked = "select area, n, hits, is_local from reports.site_measure where measure = 'manual_runs'";
  expect(await warehouse.rows(asked)).toEqual([{ area: "own", n: 3, hits: 1, is_local: true }]);
  // A service that nobody knows counts for the organisation, and for no service.
  const parts = "select part_kind, part, n from reports.site_measure_part where measure = 'manual_runs'";
  expect(await warehouse.rows(parts)).toEqual([{ part_kind: "service", part: "api", n: 2 }]);
});

test("one that is not called as its file is refused, with both names", async () => {
  await expect(given(history(folderWith("manual_starts")))).rejects.toThrow(
    "practices/own/manual_runs.sql (local rule): its measure is called manual_starts: expected manual_runs, as its file",
  );
});
