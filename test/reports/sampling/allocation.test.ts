import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeOwnTables, ownQueries } from "../../../reports/own-queries.ts";
import { setSample } from "../../../reports/sampling/parameters.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";

let warehouse: Warehouse;

beforeAll(async () => {
  warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  await warehouse.run("create schema model");
  await warehouse.run("create schema controls");
  await warehouse.run("create table model.deployment (deployment_id varchar, native_id varchar)");
  await warehouse.run("create table model.change_request (change_request_id varchar, native_id varchar)");
  await warehouse.run(
    "create table controls.deployment_part (deployment_id varchar, change_request_id varchar)",
  );
});
afterAll(() => warehouse.close());

interface Stratum {
  readonly stratum: string;
  readonly units: number;
  readonly out_of_scope: number;
  readonly sampled: number;
}

/** A population with so many units in each stratum, drawn from. */
async function drawn(sizes: readonly number[], size: number, seed = "S", isInScope = "true") {
  await warehouse.run(
    `create or replace temp table period_deployment as
     with stratum as (select unnest(?::json::integer[]) as units, unnest(range(1, ? + 1)) as number)
     select 'd' || number || '-' || unit as deployment_id, 'r' || lpad(number::varchar, 2, '0') as risk, 'api' as service, 'api' as service_title,
       ['blue'] as teams, '2026-01' as month, 'production' as environment, timestamptz '2026-01-01' as occurred_at, '1' as version, null::varchar as sha,
       'success' as status, []::varchar[] as requests, 'normal' as change_type, []::varchar[] as failed_controls, []::varchar[] as unknown_controls,
       []::varchar[] as exempt_controls, ${isInScope} as is_in_scope
     from (select number, unnest(range(1, units + 1)) as unit from stratum)`,
    [JSON.stringify(sizes), sizes.length],
  );
  await setSample(warehouse, { size, seed, stratify: "risk", ids: [] });
  await makeOwnTables(warehouse, [ownQueries("sampling")]);
  const strata = await warehouse.rows<Stratum>(
    "select stratum, units, out_of_scope, sampled from sample_stratum order by stratum",
  );
  const rows = await warehouse.rows<{ unit: string; stratum: string; sha256: string }>(
    "select unit, stratum, sha256 from sample order by position",
  );
  return { strata, rows };
}

/** The same in words of its own: at least one each, the others in proportion by largest remainder. */
function allotted(sizes: readonly number[], size: number): number[] {
  const total = sizes.reduce((sum, units) => sum + units, 0);
  let seats = Math.min(total, Math.max(size, sizes.length));
  let rest = total;
  const given = sizes.map(() => 0);
  const order = sizes
    .map((units, index) => ({ units, index }))
    .sort((a, b) => a.units - b.units || a.index - b.index);
  const open = [...order];
  while (open.length > 0 && seats * open[0]!.units < rest) {
    const { units, index } = open.shift()!;
    given[index] = 1;
    seats -= 1;
    rest -= units;
  }
  const quotas = open.map(({ units, index }) => ({
    units,
    index,
    base: Math.floor((seats * units) / rest),
    remainder: (seats * units) % rest,
  }));
  for (const { index, base } of quotas) given[index] = base;
  const left = seats - quotas.reduce((sum, { base }) => sum + base, 0);
  for (const { index } of quotas
    .sort((a, b) => b.remainder - a.remainder || b.units - a.units || a.index - b.index)
    .slice(0, left))
    given[index]! += 1;
  return given;
}

test.each([
  // Exactly in proportion.
  [[90, 10], 10, [9, 1]],
  // 3.33 each: the remainder goes to the first by name.
  [[10, 10, 10], 10, [4, 3, 3]],
  // 0.1 of a unit becomes one; the other gives it.
  [[99, 1], 10, [9, 1]],
  // More strata than asked for: one each.
  [[5, 5, 5, 5], 2, [1, 1, 1, 1]],
  // More asked for than there is: all.
  [[3, 2], 25, [3, 2]],
  // As the risk of Acme's deployments in 2025.
  [[50, 730, 127, 1162], 25, [1, 9, 1, 14]],
])("of %j a sample of %i takes %j", async (sizes, size, expected) => {
  const { strata, rows } = await drawn(sizes, size);
  expect(strata.map(({ sampled }) => sampled)).toEqual(expected);
  expect(rows).toHaveLength(expected.reduce((sum, one) => sum + one, 0));
});

test("any population is shared as the rule says", async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 9 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.integer({ min: 1, max: 70 }), async (units, size) => {
      const { strata } = await drawn(units, size);
      expect(strata.map(({ sampled }) => sampled)).toEqual(allotted(units, size));
      for (const { sampled, units: of } of strata) expect(sampled >= 1 && sampled <= of).toBe(true);
    }),
    { numRuns: 25, seed: 8 },
  );
});

test("the first of each stratum by the hash of seed, colon and id are taken, and another seed takes others", async () => {
  const { rows } = await drawn([40, 20], 12, "2026Q3");
  const hash = (unit: string) => createHash("sha256").update(`2026Q3:${unit}`).digest("hex");
  const of = (number: number, units: number) =>
    Array.from({ length: units }, (_, index) => `d${number}-${index + 1}`).sort((a, b) =>
      hash(a) < hash(b) ? -1 : 1,
    );
  expect(rows.map(({ unit }) => unit)).toEqual([...of(1, 40).slice(0, 8), ...of(2, 20).slice(0, 4)]);
  expect(rows.every(({ unit, sha256 }) => sha256 === hash(unit))).toBe(true);
  const other = await drawn([40, 20], 12, "2026Q4");
  expect(other.rows.map(({ unit }) => unit)).not.toEqual(rows.map(({ unit }) => unit));
});

test("an empty population gives an empty sample", async () => {
  const { strata, rows } = await drawn([], 25);
  expect([strata, rows]).toEqual([[], []]);
});

test("only what a control applies to is drawn, and the rest is counted", async () => {
  // Of the first stratum every second unit is in scope, of the second none.
  const { strata, rows } = await drawn([8, 4], 3, "S", "number = 1 and unit % 2 = 0");
  expect(strata).toEqual([
    { stratum: "r01", units: 4, out_of_scope: 4, sampled: 3 },
    { stratum: "r02", units: 0, out_of_scope: 4, sampled: 0 },
  ]);
  const hash = (unit: string) => createHash("sha256").update(`S:${unit}`).digest("hex");
  const inScope = ["d1-2", "d1-4", "d1-6", "d1-8"].sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
  expect(rows.map(({ unit }) => unit)).toEqual(inScope.slice(0, 3));
});

test("where no control applies to anything, everything is in scope: there is nothing to choose by", async () => {
  const { strata, rows } = await drawn([5], 2, "S", "false");
  expect(strata).toEqual([{ stratum: "r01", units: 5, out_of_scope: 0, sampled: 2 }]);
  expect(rows).toHaveLength(2);
});
