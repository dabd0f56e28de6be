import { expect, test } from "vitest";
import { given, metric, rowsOf } from "../../support/history.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";

/** As many changes, the k-th with a lead time of k hours, shipped by one deployment. */
function leadTimesOfHours(count: number): Promise<Warehouse> {
  const live = Date.parse("2026-03-20T12:00:00Z");
  const changes = Array.from({ length: count }, (_, index) => {
    const first = new Date(live - (index + 1) * 3_600_000).toISOString();
    return `c${String(index).padStart(3, "0")} | api | ${first} | 2026-03-20T11:30:00Z`;
  });
  return given({
    asOf: "2026-04-01T00:00:00Z",
    complete: ["deployment"],
    data: {
      change: ["id | repository | first_commit_at | merged_at", ...changes].join("\n"),
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-03-20T11:45:00Z | 2026-03-20T12:00:00Z | success`,
    },
  });
}

const hours = (count: number) => count * 3600;

test("the median and other quantiles are interpolated", async () => {
  const row = await metric(await leadTimesOfHours(4), "change_lead_time");
  // 1, 2, 3, 4 h: median 2.5 h; p75 at 1 + 0.75 * 3 = 3.25 h; p90 at 1 + 0.9 * 3 = 3.7 h
  expect(row).toMatchObject({ n: 4, value: hours(2.5), p75: hours(3.25), p90: hours(3.7) });
});

// Ranks of the 95 % interval of a median: Conover, Practical Nonparametric Statistics, and the usual tables.
test.each([
  { n: 5, ranks: null, why: "even the extremes cover only 1 - 2 / 2^5 = 93.75 %" },
  { n: 6, ranks: [1, 6], why: "1 - 2 / 2^6 = 96.875 %" },
  { n: 10, ranks: [2, 9], why: "1 - 2 * 11 / 1024 = 97.9 %; 3 to 8 would cover 89 %" },
  { n: 20, ranks: [6, 15], why: "tables: 6 and 15 at 95.9 %" },
])("the interval of a median of $n: $ranks, because $why", async ({ n, ranks }) => {
  const row = await metric(await leadTimesOfHours(n), "change_lead_time");
  expect(row.n).toBe(n);
  expect([row.interval_low, row.interval_high]).toEqual(ranks === null ? [null, null] : ranks.map(hours));
});

test("a change is dated by its first commit, however many share an instant", async () => {
  const warehouse = await leadTimesOfHours(1);
  expect(await metric(warehouse, "change_lead_time")).toMatchObject({
    value: 3600,
    p75: 3600,
    p90: 3600,
    interval_low: null,
  });
});

// Wilson intervals as printed by Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
test.each([
  { hits: 81, n: 263, low: 0.2553, high: 0.3662 },
  { hits: 15, n: 148, low: 0.0624, high: 0.1605 },
  { hits: 0, n: 20, low: 0, high: 0.1611 },
  { hits: 1, n: 29, low: 0.0061, high: 0.1718 },
  { hits: 29, n: 29, low: 1 - 0.117, high: 1 }, // the mirror of 0 of 29
])("the interval of $hits failures in $n", async ({ hits, n, low, high }) => {
  // One deployment a minute; the first ones are stated as causes.
  const start = Date.parse("2026-03-01T00:00:00Z");
  const deployments = Array.from({ length: n }, (_, index) => {
    const at = new Date(start + index * 60_000).toISOString();
    return `d${index} | api | production | v${index} | ${at} | success`;
  });
  const causes = Array.from({ length: hits }, (_, index) => `d${index}`).join(";");
  const warehouse = await given({
    asOf: "2026-04-01T00:00:00Z",
    complete: ["incident"],
    data: {
      deployment: ["id | service | environment | version | finished_at | status", ...deployments].join("\n"),
      ...(hits > 0 && {
        incident: `id | service | started_at | caused_by\ni1 | api | 2026-03-10T00:00:00Z | ${causes}`,
      }),
    },
  });
  const row = await metric(warehouse, "change_fail_rate");
  expect(row).toMatchObject({ n, numerator: hits, interval_method: "Wilson" });
  expect(row.interval_low).toBeCloseTo(low, 4);
  expect(row.interval_high).toBeCloseTo(high, 4);
});

test("exact limits of counts", async () => {
  const warehouse = await given({ asOf: "2026-04-01T00:00:00Z", data: {} });
  const limits = await warehouse.rows<{ n: number; low: number; high: number }>(
    "select n, low, high from metrics.poisson_limit where n in (0, 1, 10, 100, 200) order by n",
  );
  // Garwood, Biometrika 28 (1936): 0: 0 to 3.689; 1: 0.0253 to 5.572; 10: 4.795 to 18.39; 100: 81.36 to 121.63. More digits from
  // half the chi-squared quantiles of 2n and 2n + 2 degrees of freedom.
  const expected = [
    [0, 0, 3.68888],
    [1, 0.02532, 5.57164],
    [10, 4.79539, 18.39036],
    [100, 81.36399, 121.62679],
    [200, 173.24088, 229.72198],
  ] as const;
  expect(limits.map(({ n }) => n)).toEqual(expected.map(([n]) => n));
  for (const [index, [, low, high]] of expected.entries()) {
    expect(limits[index]?.low).toBeCloseTo(low, 4);
    expect(limits[index]?.high).toBeCloseTo(high, 4);
  }
});

test("limits of a count beyond the table", async () => {
  const start = Date.parse("2026-03-01T00:00:00Z");
  const deployments = Array.from({ length: 1000 }, (_, index) => {
    const at = new Date(start + index * 60_000).toISOString();
    return `d${index} | api | production | v${index} | ${at} | success`;
  });
  const warehouse = await given({
    asOf: "2026-03-11T00:00:00Z",
    data: {
      deployment: ["id | service | environment | version | finished_at | status", ...deployments].join("\n"),
    },
  });
  // 1000 in ten days. Exact (chi-squared quantiles of 2000 and 2002): 938.973 to 1063.952; the cube-root form is 0.0005 off.
  const row = await metric(warehouse, "deployment_frequency");
  expect(row).toMatchObject({
    value: 100,
    numerator: 1000,
    denominator: 10,
    interval_method: "exact Poisson",
  });
  expect(row.interval_low).toBeCloseTo(93.8973, 3);
  expect(row.interval_high).toBeCloseTo(106.3952, 3);
});

test("ranks for medians of large samples", async () => {
  const warehouse = await given({ asOf: "2026-04-01T00:00:00Z", data: {} });
  const ranks = await warehouse.rows(
    "select n, lower_rank, upper_rank from metrics.median_rank where n in (50, 100, 1000) order by n",
  );
  // binomial(n, 1/2): P(X <= 17 | 50) = 0.0164, P(X <= 39 | 100) = 0.0176, P(X <= 468 | 1000) = 0.0231; one more is over 0.025
  expect(ranks).toEqual([
    { n: 50, lower_rank: 18, upper_rank: 33 },
    { n: 100, lower_rank: 40, upper_rank: 61 },
    { n: 1000, lower_rank: 469, upper_rank: 532 },
  ]);
});

test("a column that does not exist is refused, so that a history cannot say what nobody reads", () => {
  expect(() => rowsOf("deployment", "id | enviroment\nd1 | production")).toThrow(
    "deployment has no column enviroment",
  );
});
