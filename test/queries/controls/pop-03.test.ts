import { expect, test } from "vitest";
import { judged } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const HELD: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
  data: {
    deployment: `
      id  | service | environment | started_at           | status
      481 | api     | production  | 2026-03-02T12:00:00Z | success
      483 | api     | production  | 2026-03-03T12:00:00Z | success`,
    change_request: `
      id | service | created_at
      C1 | api     | 2026-03-01T12:00:00Z`,
  },
};

const declared = (stream: string, total: number) => `update raw.source_run set declared_total = ${total} where stream = '${stream}'`;
const DECLARED = [declared("deployment", 2), declared("change_request", 1)];

const said = async (history: History, meddling: readonly string[]) => {
  const [row, ...more] = await judged("POP-03", history, meddling);
  expect(more).toEqual([]);
  return [row?.status, row?.reason];
};

test("a source has all that it declares, or somebody asserts so", async () => {
  expect(await said(HELD, DECLARED)).toEqual(["pass", "All 3 records are there, as the source declares itself."]);
  expect(await said({ ...HELD, complete: ["deployment"] }, [declared("change_request", 0)])).toEqual([
    "pass",
    "All 3 records are there; of deployment somebody said that they are complete.",
  ]);
});

test("a difference, a row that could not be read and a number that is missing make it incomplete", async () => {
  const rejected = "insert into raw.rejected_row values (1, 'data', 'deployment', 'd.csv', 4, 'status', 'not one of them', 'x')";
  const read = "insert into raw.read_file values (1, 'data', 'deployment', 'd.csv', 2, 1)";
  const config = { ...HELD.config, controls: { "POP-03": { parameters: { numbered_streams: ["data deployment"] } } } };
  expect(await said({ ...HELD, config }, [declared("deployment", 3), declared("change_request", 1), rejected, read])).toEqual([
    "fail",
    "What the source gave is not complete: of deployment it declares 3 records, and 2 are stored; 1 row of deployment could not be read; in the ids of deployment 1 number is missing.",
  ]);
});

test("a source that declares nothing is not known to be complete, nor one that was not read to its end", async () => {
  expect(await said(HELD, [declared("change_request", 1)])).toEqual([
    "unknown",
    "The source does not say how many records it has of deployment, and there is no completeness assertion that says so: the 2 read can be held against nothing. No row was refused. Who knows that they are all there can say so (`complete` of the source).",
  ]);
  expect(await said(HELD, [...DECLARED, "update raw.source_run set status = 'failed' where stream = 'change_request'"])).toEqual([
    "unknown",
    "The source was never read to its end: change_request.",
  ]);
});

test("an assertion for one service of two does not make the source complete", async () => {
  const complete = [{ entity: "deployment" as const, services: ["api"], asserted_by: "test" }];
  const sources = { data: { collector: "files" as const, files: [{ path: "none", entity: "deployment" as const }], complete } };
  expect(await said({ ...HELD, config: { ...HELD.config, sources } }, [declared("change_request", 1)])).toEqual(["unknown", expect.any(String)]);
});

test("a source that was never asked is not applicable", async () => {
  const spare = { collector: "files" as const, files: [{ path: "none", entity: "deployment" as const }] };
  expect(await judged("POP-03", { ...HELD, config: { ...HELD.config, sources: { spare } } }, DECLARED)).toEqual([
    expect.objectContaining({ unit: "data", status: "pass" }),
    { unit: "spare", status: "not_applicable", reason: "Nothing was ever asked of this source." },
  ]);
});
