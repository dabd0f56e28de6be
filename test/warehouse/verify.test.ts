import { copyFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tinyWorld, type World } from "../cli/commands/world.ts";

let origin: World;

/** Three batches: two runs over deployments, one over incidents. */
beforeAll(async () => {
  origin = tinyWorld({ keep: true });
  await origin.run("collect");
  origin.write("data/deployments-2.csv", "id,service,environment,finished_at,status\nd5,api,production,2026-03-05T10:00:00Z,success\n");
  await origin.run("collect");
});

afterAll(() => origin.remove());

function collected(): World {
  const world = tinyWorld();
  copyFileSync(origin.path("quarterdeck.duckdb"), world.path("quarterdeck.duckdb"));
  return world;
}

const CHANGES: Readonly<Record<string, readonly [string, RegExp]>> = {
  "a payload": [
    `update raw.record set payload = '{"id":"d1"}' where key like '%d1%'`,
    /^record \["d1",null\] version 1 of data deployment was altered$/m,
  ],
  "a payload, with the hash that fits it": [
    `update raw.record set payload = '{"id":"d1"}', sha256 = sha256(concat_ws(chr(31), source, stream, key, '{"id":"d1"}')) where key like '%d1%'`,
    /^batch 1: its records are not those that were sealed$/m,
  ],
  "a key": [`update raw.record set key = 'x' where key like '%d1%'`, /^record x version 1 of data deployment was altered$/m],
  "a deletion": ["update raw.record set is_deleted = true where key like '%d1%'", /^batch 1: its records are not those that were sealed$/m],
  "when it was fetched": ["update raw.record set fetched_at = fetched_at - interval 1 day", /^batch 1: its records are not those that were sealed$/m],
  "when the source says it changed": ["update raw.record set updated_at = now() where batch_id = 3", /^batch 3: its records are not those that were sealed$/m],
  "the run of a record": ["update raw.record set run_id = 1 where batch_id = 3", /^batch 3: its records are not those that were sealed$/m],
  "the version of a record": ["update raw.record set version = 2 where batch_id = 3", /^batch 3: its records are not those that were sealed$/m],
  "the order of records": ["update raw.record set ordinal = 10 - ordinal where batch_id = 1", /^batch 1: its records are not those that were sealed$/m],
  "a record that is gone": ["delete from raw.record where key like '%d2%'", /^batch 1: has 3 records, was sealed with 4$/m],
  "a record that was added": [
    "insert into raw.record select * replace ('x' as key) from raw.record where key like '%d1%'",
    /^batch 1: has 5 records, was sealed with 4$/m,
  ],
  "a batch whose records are gone": ["delete from raw.record where batch_id = 2", /^batch 2: its records are gone$/m],
  "a batch that is gone": ["delete from raw.batch where batch_id = 2", /^batch 2: was never sealed$/m],
  "a batch that is gone with its records": [
    "delete from raw.batch where batch_id = 2; delete from raw.record where batch_id = 2",
    /^batch 3: is not chained to the one before it$/m,
  ],
  "the first batch gone with its records": [
    "delete from raw.batch where batch_id = 1; delete from raw.record where batch_id = 1",
    /^batch 2: is not chained to the one before it$/m,
  ],
  "the last batch gone with its records": [
    "delete from raw.batch where batch_id = 3; delete from raw.record where batch_id = 3",
    /^run 2: stored 1 records of data deployment, 0 are there$/m,
  ],
  "two batches that changed places": [
    "update raw.batch set batch_id = 5 - batch_id where batch_id in (2, 3); update raw.record set batch_id = 5 - batch_id where batch_id in (2, 3)",
    /^batch \d: is not chained to the one before it$/m,
  ],
  "a batch whose hash was made to fit": [
    "update raw.batch set sha256 = sha256('x') where batch_id = 2",
    /^batch 2: its records are not those that were sealed$/m,
  ],
};

describe("verify", () => {
  test("says that nothing was altered, and the head of the chain", async () => {
    const world = collected();
    expect(await world.run("verify")).toEqual({
      code: 0,
      out: expect.stringMatching(/^6 records in 3 batches, chain head [0-9a-f]{64}: all hashes match\n$/) as string,
      err: "",
    });
  });

  test("an empty database", async () => {
    const world = tinyWorld();
    await world.inside(() => Promise.resolve(), "write");
    expect(await world.run("verify")).toEqual({ code: 0, out: "0 records in 0 batches, chain head none: all hashes match\n", err: "" });
  });

  test.each(Object.entries(CHANGES))("finds %s", async (_, [sql, problem]) => {
    const world = collected();
    await world.inside((warehouse) => warehouse.run(sql), "write");
    const { code, out } = await world.run("verify");
    expect(code).toBe(1);
    expect(out).toMatch(problem);
    expect(out).toMatch(/: \d+ do(es)? not match\n$/);
  });
});
