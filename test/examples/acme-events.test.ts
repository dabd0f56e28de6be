import { beforeAll, describe, expect, test } from "vitest";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { acme, allRows, COMPARED } from "./both-ways.ts";

describe("Acme as events", () => {
  let exports: Warehouse;
  let events: Warehouse;

  beforeAll(async () => {
    exports = await acme("exports", 0.06);
    events = await acme("events", 0.06);
  }, 120_000);

  test.each(COMPARED)("gives the same rows of %s", async (relation) => {
    const expected = await allRows(exports, relation);
    expect(expected.length).toBeGreaterThan(0);
    expect(await allRows(events, relation)).toEqual(expected);
  });

  test("travels half in envelopes, some of them base64", async () => {
    const [counts] = await events.rows<{ bare: number; enveloped: number; foreign: number }>(
      `select
         count(*) filter (where json_type(payload, '$.context') = 'OBJECT') as bare,
         count(*) filter (where json_type(payload, '$.data.context') = 'OBJECT') as enveloped,
         count(*) filter (where payload ->> '$.type' = 'com.example.push') as foreign
       from raw.current where stream = 'event'`,
    );
    const { bare = 0, enveloped = 0, foreign } = counts ?? {};
    expect(foreign).toBe(1);
    expect(Math.abs(bare - enveloped)).toBeLessThan(4);
  });
});
