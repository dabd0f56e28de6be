import { afterAll, beforeAll, expect, test } from "vitest";
import {
  deploymentsOf,
  patterns,
  scoredDeployments,
  type Patterns,
  type Table,
} from "../../support/patterns.ts";

let world: Patterns;
beforeAll(async () => {
  world = await patterns();
});
afterAll(() => world.warehouse.close());

async function row<Row extends object>(
  relation: string,
  where = "scope_kind = 'organisation' and level in ('yes', '')",
): Promise<Row> {
  const [first] = await world.warehouse.rows<Row>(`select * from ${relation} where ${where}`);
  if (first === undefined) throw new Error(`${relation} has no row where ${where}`);
  return first;
}

/** The same to six significant digits. */
const expectDigits = (actual: number, expected: number, digits = 6) =>
  expect(Number(actual.toPrecision(digits))).toBe(Number(expected.toPrecision(digits)));

async function fisher(table: Table): Promise<number> {
  await world.compute(deploymentsOf([table]), "correlation.fisher_p");
  const { p } = await row<{ p: number }>(
    "correlation.fisher_p",
    `with_n = ${table.withN} and with_failed = ${table.withFailed} and without_n = ${table.withoutN}`,
  );
  return p;
}

test("Fisher's tea tasting: 3 of 4 cups right, two-sided p = 0.485714", async () => {
  // Fisher, The Design of Experiments (1935), chapter 2; R, example(fisher.test), TeaTasting: 34 / 70
  expectDigits(await fisher({ withFailed: 3, withN: 4, withoutFailed: 1, withoutN: 4 }), 34 / 70);
});

test("Fisher's convictions of twins: two-sided p = 0.0005367", async () => {
  // R, example(fisher.test), Convictions (Fisher 1962, 1970): printed as 0.0005367; further digits from scipy.stats.fisher_exact
  expectDigits(await fisher({ withFailed: 2, withN: 17, withoutFailed: 10, withoutN: 13 }), 0.0005367241);
});

// scipy.stats.fisher_exact 1.17: tables so large, skewed or far out that not every term is looked at
test.each([
  { withFailed: 9_000, withN: 100_000, withoutFailed: 31_000, withoutN: 400_000, p: 8.008190896807383e-38 },
  { withFailed: 0, withN: 1_000, withoutFailed: 345, withoutN: 99_345, p: 0.05495409899195664 },
  { withFailed: 0, withN: 20_000, withoutFailed: 2_400, withoutN: 102_400, p: 1.823174801729301e-188 },
  { withFailed: 189, withN: 11_034, withoutFailed: 104, withoutN: 11_037, p: 5.032835599722745e-7 },
])("Fisher's p of $withFailed of $withN against $withoutFailed of $withoutN", async ({ p, ...table }) => {
  await world.compute(
    {
      "correlation.pattern_count": `select ${table.withN}::bigint as with_n, ${table.withFailed}::bigint as with_failed,
         ${table.withoutN}::bigint as without_n, ${table.withoutFailed}::bigint as without_failed`,
    },
    "correlation.fisher_p",
  );
  const found = await row<{ p: number }>("correlation.fisher_p", "true");
  expectDigits(found.p, p);
});

test("the relative risk of the aspirin trial: 1.82, 95 % 1.43 to 2.31", async () => {
  // Physicians' Health Study, placebo against aspirin: Agresti, Categorical Data Analysis, 2nd ed., 3.1.3 to 3.1.5; digits: the same formulae in numpy
  await world.compute(
    deploymentsOf([{ withFailed: 189, withN: 11_034, withoutFailed: 104, withoutN: 11_037 }]),
    "correlation.pattern_count",
  );
  const found = await row<Record<string, number>>("correlation.pattern_count");
  expectDigits(found["relative_risk"] ?? 0, 1.8178017944535074);
  expectDigits(found["risk_low"] ?? 0, 1.4330309030505628);
  expectDigits(found["risk_high"] ?? 0, 2.3058842324224456);
});

// Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
test.each([
  { withFailed: 56, withN: 70, withoutFailed: 48, withoutN: 80, low: 0.0524, high: 0.3339 },
  { withFailed: 9, withN: 10, withoutFailed: 3, withoutN: 10, low: 0.1705, high: 0.809 },
  { withFailed: 5, withN: 56, withoutFailed: 0, withoutN: 29, low: -0.0381, high: 0.1926 },
  { withFailed: 0, withN: 10, withoutFailed: 0, withoutN: 20, low: -0.1611, high: 0.2775 },
  { withFailed: 10, withN: 10, withoutFailed: 0, withoutN: 20, low: 0.6791, high: 1 },
])(
  "the difference of $withFailed of $withN and $withoutFailed of $withoutN: $low to $high",
  async ({ low, high, ...table }) => {
    await world.compute(deploymentsOf([table]), "correlation.pattern_count");
    const found = await row<Record<string, number>>("correlation.pattern_count");
    expect(found["difference_low"]).toBeCloseTo(low, 4);
    expect(found["difference_high"]).toBeCloseTo(high, 4);
  },
);

test("without a failure on one side the relative risk is 0, its interval that of half a deployment more in each cell", async () => {
  await world.compute(
    deploymentsOf([{ withFailed: 0, withN: 20, withoutFailed: 10, withoutN: 80 }]),
    "correlation.pattern_count",
  );
  const found = await row<Record<string, number>>("correlation.pattern_count");
  expect(found["relative_risk"]).toBe(0);
  // 0.5 of 21 against 10.5 of 81: ln = -1.694596, error = sqrt(1/0.5 - 1/21 + 1/10.5 - 1/81) = 1.426638
  expect(found["risk_low"]).toBeCloseTo(Math.exp(-1.694596 - 1.959964 * 1.426638), 4);
  expect(found["risk_high"]).toBeCloseTo(Math.exp(-1.694596 + 1.959964 * 1.426638), 3);
});

test("no failure at all has no relative risk", async () => {
  await world.compute(
    deploymentsOf([{ withFailed: 0, withN: 20, withoutFailed: 0, withoutN: 80 }]),
    "correlation.pattern_test",
  );
  expect(await row("correlation.pattern_count")).toMatchObject({
    relative_risk: null,
    risk_low: null,
    risk_high: null,
    difference: 0,
  });
  expect(await row("correlation.pattern_test")).toMatchObject({ is_tested: false, p: 1 });
});

test("admissions to Berkeley: Mantel and Haenszel see no difference within departments", async () => {
  // R, datasets::UCBAdmissions and example(mantelhaen.test): X-squared = 1.5246, with continuity correction 1.4269, p = 0.2323, common odds ratio 0.9046968
  const departments = [
    ["A", 512, 313, 89, 19],
    ["B", 353, 207, 17, 8],
    ["C", 120, 205, 202, 391],
    ["D", 138, 279, 131, 244],
    ["E", 53, 138, 94, 299],
    ["F", 22, 351, 24, 317],
  ] as const;
  await world.compute(
    deploymentsOf(
      departments.map(([service, men, menRejected, women, womenRejected]) => ({
        service,
        withFailed: men,
        withN: men + menRejected,
        withoutFailed: women,
        withoutN: women + womenRejected,
      })),
    ),
    "correlation.pattern_test",
  );
  const adjusted = await row<Record<string, number>>("correlation.pattern_adjusted");
  expectDigits(adjusted["odds_ratio"] ?? 0, 0.9046968);
  expect((adjusted["z"] ?? 0) ** 2).toBeCloseTo(1.5246, 4);
  expect((adjusted["corrected_z"] ?? 0) ** 2).toBeCloseTo(1.4269, 4);
  const tested = await row<Record<string, number>>("correlation.pattern_test");
  expect(tested["within_p"]).toBeCloseTo(0.2323, 4);
  // Crude, men are admitted 1.47 times as often, which Fisher's test takes for anything but chance.
  const crude = await row<Record<string, number>>("correlation.pattern_count");
  expect(crude["relative_risk"]).toBeCloseTo(1198 / 2691 / (557 / 1835), 6);
  expect(tested["p"]).toBeLessThan(1e-20);
});

test("tolbutamide, stratified by age: the relative risk of Mantel and Haenszel is 1.33, crude 1.44", async () => {
  // University Group Diabetes Program: Rothman, Epidemiology: An Introduction, chapter on stratified analysis
  await world.compute(
    deploymentsOf([
      { service: "below 55", withFailed: 8, withN: 106, withoutFailed: 5, withoutN: 120 },
      { service: "from 55", withFailed: 22, withN: 98, withoutFailed: 16, withoutN: 85 },
    ]),
    "correlation.pattern_test",
  );
  const { relative_risk } = await row<{ relative_risk: number }>("correlation.pattern_adjusted");
  // (8 * 120 / 226 + 22 * 85 / 183) / (5 * 106 / 226 + 16 * 98 / 183)
  expectDigits(relative_risk, 1.325562);
  const crude = await row<{ relative_risk: number }>("correlation.pattern_count");
  expectDigits(crude.relative_risk, 30 / 204 / (21 / 205));
});

test("the trend over four groups of smokers: X-squared = 8.2249, p = 0.004132", async () => {
  // R, example(prop.trend.test), after Fleiss, Statistical Methods for Rates and Proportions (1981), p. 139
  await world.compute(
    scoredDeployments([
      { score: 1, n: 86, failed: 83 },
      { score: 2, n: 93, failed: 90 },
      { score: 3, n: 136, failed: 129 },
      { score: 4, n: 82, failed: 70 },
    ]),
    "correlation.pattern_test",
  );
  const { trend_z } = await row<{ trend_z: number }>("correlation.pattern_count");
  expect(trend_z ** 2).toBeCloseTo(8.2249, 4);
  const { p } = await row<{ p: number }>("correlation.pattern_test");
  expect(p).toBeCloseTo(0.004132, 6);
});

test("Benjamini and Hochberg's own example: of fifteen comparisons four survive", async () => {
  // J. R. Statist. Soc. B 57 (1995), 289-300, section 3.2 (treatments of myocardial infarction)
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];
  const rows = p.map(
    (value, index) =>
      `select 'organisation' as scope_kind, '' as scope, 'a${String(index).padStart(2, "0")}' as attribute, 'yes' as level,
       ${value}::double as p, ${value}::double as judged_p, true as is_tested`,
  );
  await world.compute({ "correlation.pattern_test": rows.join(" union all ") }, "correlation.pattern_q");
  const found = await world.warehouse.rows<{ q: number }>(
    "select q from correlation.pattern_q order by attribute",
  );
  // R, p.adjust(p, "BH"): p * 15 / rank, the smallest from behind
  const expected = [
    ...[0.0015, 0.003, 0.0095, 0.035625, 0.0603, (0.0298 * 15) / 7, (0.0298 * 15) / 7, 0.0645, 0.0765, 0.486],
    ...[(0.4262 * 15) / 11, 0.714875, (0.6528 * 15) / 13, (0.759 * 15) / 14, 1],
  ];
  for (const [index, { q }] of found.entries()) expectDigits(q, expected[index] ?? -1);
  expect(found.filter(({ q }) => q <= 0.05)).toHaveLength(4);
});

test("two kinds of scope share the weight: each p counts as often as its own kind has tests, times two", async () => {
  const tests = [
    ["organisation", "", "a", 0.01],
    ["organisation", "", "b", 0.5],
    ["service", "x", "a", 0.001],
    ["service", "x", "b", 0.9],
    ["service", "y", "a", 0.9],
    ["service", "y", "b", 0.9],
  ];
  const rows = tests.map(
    ([kind, scope, attribute, p]) =>
      `select '${kind}' as scope_kind, '${scope}' as scope, '${attribute}' as attribute, 'yes' as level, ${p}::double as p, ${p}::double as judged_p, true as is_tested`,
  );
  await world.compute({ "correlation.pattern_test": rows.join(" union all ") }, "correlation.pattern_q");
  const found = await world.warehouse.rows<{ q: number }>(
    "select q from correlation.pattern_q order by q, scope_kind limit 2",
  );
  // service: 0.001 * 4 * 2 / 1; organisation: 0.01 * 2 * 2 / 2
  expectDigits(found[0]?.q ?? 0, 0.008);
  expectDigits(found[1]?.q ?? 0, 0.02);
});
