import { expect, test } from "vitest";
import { judged } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const HELD: History = {
  asOf: "2026-04-01T00:00:00Z",
  data: {
    deployment: `
      id | service | environment | started_at           | status
      d1 | api     | production  | 2026-03-02T12:00:00Z | success
      d2 | api     | production  | 2026-03-03T12:00:00Z | success`,
    change_request: `
      id | service | created_at
      C1 | api     | 2026-03-01T12:00:00Z`,
  },
};

const said = async (...meddling: readonly string[]) => {
  const [row] = await judged("POP-07", HELD, meddling);
  return [row?.status, row?.reason];
};
const SEALED = "The records of the source are not those that were sealed when they were collected: some are gone, were added, or have another date.";

test("records that are as they were collected pass", async () => {
  expect(await said()).toEqual(["pass", "All 3 stored records are as they were when they were collected."]);
});

test("a record that was altered, removed or given another date is found", async () => {
  expect(await said(`update raw.record set payload = '{"id": "C1"}' where stream = 'change_request'`)).toEqual([
    "fail",
    "1 record does not hash to what was stored when it was collected.",
  ]);
  expect(await said("delete from raw.record where key like '%d2%'")).toEqual(["fail", SEALED]);
  expect(await said("update raw.record set fetched_at = fetched_at - interval 1 day where key like '%d2%'")).toEqual(["fail", SEALED]);
});

test("a hash that was made to fit, of a record or of its batch, breaks the chain", async () => {
  const forged = `update raw.record set payload = '{"id":"C1"}', sha256 = sha256(concat_ws(chr(31), source, stream, key, '{"id":"C1"}')) where stream = 'change_request'`;
  expect(await said(forged)).toEqual(["fail", SEALED]);
  expect(await said("update raw.batch set chain_sha256 = sha256('x') where batch_id = 1")).toEqual(["fail", SEALED]);
});

test("of a source from which nothing came nothing can be told", async () => {
  expect(await judged("POP-07", { asOf: HELD.asOf, data: {} })).toEqual([{ unit: "data", status: "unknown", reason: "Nothing was collected from the source." }]);
});
