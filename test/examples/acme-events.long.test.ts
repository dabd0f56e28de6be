import { beforeAll, expect, test } from "vitest";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { acme, allRows, COMPARED } from "./both-ways.ts";

let exports: Warehouse;
let events: Warehouse;

beforeAll(async () => {
  exports = await acme("exports", 1);
  events = await acme("events", 1);
});

test.each(COMPARED)("two years of Acme as events give the same rows of %s", async (relation) => {
  const expected = await allRows(exports, relation);
  expect(expected.length).toBeGreaterThan(0);
  expect(JSON.stringify(await allRows(events, relation))).toBe(JSON.stringify(expected));
});
