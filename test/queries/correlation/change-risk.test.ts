import { afterAll, beforeAll, expect, test } from "vitest";
import { patterns, type Patterns } from "../../support/patterns.ts";

// As-of is the beginning of 2026, as `patterns` has it.
let world: Patterns;
beforeAll(async () => {
  world = await patterns();
});
afterAll(() => world.warehouse.close());

/** A relation of rows, one a line, cells separated by `|`; the head names each column and its type, empty = null. */
function rows(table: string): string {
  const [head = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const columns = head.map((column) => column.split(" ") as [string, string]);
  const literal = (cell: string, type: string) => (cell === "" ? `null::${type}` : `'${cell}'::${type}`);
  const selects = lines.map(
    (cells) =>
      `select ${columns.map(([name, type], index) => `${literal(cells[index] ?? "", type)} as ${name}`).join(", ")}`,
  );
  return selects.join(" union all ");
}

const GIVEN = {
  "correlation.scope_half": `select 'organisation' as scope_kind, '' as scope union all select 'service', 'api' union all select 'service', 'web'`,
  "correlation.risk_pattern": rows(`
    scope_kind varchar | scope varchar | shown_as varchar | attribute varchar | level varchar | kind varchar | title varchar | direction varchar | verdict varchar | adjusted_risk double | risk_low double | risk_high double
    organisation | Test | the organisation | weekday   | Friday | category | Weekday    | more  | found     | 2   | 1.5 | 3
    service      | api  | API              | weekday   | Friday | category | Weekday    | more  | found     | 4   | 2   | 8
    organisation | Test | the organisation | changes   | x      | number   | Changes    | more  | found     | 3   | 2   | 4
    organisation | Test | the organisation | reviewers | x      | number   | Reviewers  | fewer | found     | 0.5 | 0.3 | 0.8
    organisation | Test | the organisation | migration | yes    | flag     | Migration  | more  | found     |     | 1.2 | 90
    organisation | Test | the organisation | emergency | yes    | flag     | Emergency  | more  | not_found | 9   | 8   | 10`),
  "correlation.number_quarter": `select * replace (coalesce(scope, '') as scope) from (${rows(`
    scope_kind varchar | scope varchar | attribute varchar | quarter bigint | quarters bigint | lowest double | highest double
    organisation | | changes   | 1 | 4 | 1  | 2
    organisation | | changes   | 4 | 4 | 10 | 20
    organisation | | reviewers | 1 | 3 | 0  | 0
    organisation | | reviewers | 3 | 3 | 2  | 5`)})`,
  "correlation.deployment_attribute": rows(`
    subject varchar | attribute varchar | flag boolean | category varchar | number double
    d1 | weekday   |       | Friday |
    d1 | changes   |       |        | 10
    d1 | migration | true  |        |
    d1 | emergency | true  |        |
    d2 | weekday   |       | Friday |
    d2 | changes   |       |        | 9
    d2 | reviewers |       |        | 0
    d2 | migration | false |        |
    d3 | weekday   |       | Friday |
    r1 | weekday   |       | Friday |
    next of web | changes |  |      | 50
    request desk:1 | weekday | | Friday |`),
  "model.wave": rows(`
    wave_id varchar | service varchar | live_at timestamptz | kind varchar
    d1 | api | 2025-12-19T10:00:00Z | deployment
    d2 | web | 2025-12-19T11:00:00Z | deployment
    d3 | web | 2025-11-28T10:00:00Z | deployment
    r1 | web | 2025-12-26T10:00:00Z | rollback`),
  "model.change_request": rows(`
    change_request_id varchar | service varchar | planned_start timestamptz | closed_at timestamptz
    desk:1 | api | 2026-01-02T10:00:00Z |
    desk:2 | api | 2026-01-02T10:00:00Z | 2025-12-30T10:00:00Z
    desk:3 | api | 2025-12-02T10:00:00Z |`),
  "correlation.carried_change": rows(
    "subject varchar | service varchar\nnext of web | web\nnext of web | web\nd1 | api",
  ),
};

test("the sum of the patterns found: a service's own instead of the organisation's, numbers beyond the edge too", async () => {
  await world.compute(GIVEN, "correlation.change_risk");
  const found = await world.warehouse.rows<{
    subject: string;
    patterns: number;
    times: number;
    log_times: number;
    words: string[];
  }>("select subject, patterns, times, log_times, words from correlation.change_risk order by subject");
  // d1: 4 * 3 * 1.2. d3 is older than 30 days, r1 a rollback, desk:2 closed, desk:3 past; d1's migration counts with the end of its interval, since nobody knows more
  expect(found.map(({ subject, patterns, times }) => [subject, patterns, times])).toEqual([
    ["d1", 3, 14.4],
    ["d2", 2, 2 * 2],
    ["next of web", 1, 3],
    ["request desk:1", 1, 4],
  ]);
  expect(found[0]?.log_times).toBeCloseTo(Math.log(14.4), 8);
  expect(found[0]?.words).toEqual([
    "Weekday Friday (in API): 4.0 times",
    "Changes 10: 3.0 times",
    "Migration: 1.2 times",
  ]);
});

test("without patterns nothing is carried, and everything recent is still listed", async () => {
  const none = {
    ...GIVEN,
    "correlation.risk_pattern": `from (${GIVEN["correlation.risk_pattern"]}) where verdict = 'not_found'`,
  };
  await world.compute(none, "correlation.change_risk");
  const found = await world.warehouse.rows(
    "select subject, patterns, times, sentence from correlation.change_risk where subject = 'd1'",
  );
  expect(found).toEqual([
    { subject: "d1", patterns: 0, times: 1, sentence: "Carries none of the patterns found." },
  ]);
});

test("a team differs only beyond chance after Holm's correction; one of few deployments is not compared", async () => {
  await world.compute(
    {
      "metrics.scope_outcome": rows(`
        scope_kind varchar | scope varchar | period_kind varchar | known bigint | known_failed bigint
        organisation | Test | all | 1100 | 80
        team | bold    | all | 200 | 30
        team | careful | all | 390 | 20
        team | tiny    | all | 10  | 3
        team | usual   | all | 500 | 27`),
      "metrics.wilson_limit":
        "select unnest([200, 390, 10, 500]) as n, unnest([30, 20, 3, 27]) as hits, 0::double as low, 1::double as high",
      "correlation.pattern_count":
        "select 1::bigint as with_n, 0::bigint as with_failed, 1::bigint as without_n, 0::bigint as without_failed",
    },
    "correlation.scope_difference",
  );
  const found = await world.warehouse.rows<{
    scope: string;
    verdict: string;
    p: number;
    adjusted_p: number | null;
  }>("select scope, verdict, p, adjusted_p from correlation.scope_difference order by scope");
  expect(found.map(({ scope, verdict }) => [scope, verdict])).toEqual([
    ["bold", "more"],
    ["careful", "no_difference_found"],
    ["tiny", "not_enough_evidence"],
    ["usual", "no_difference_found"],
  ]);
  const [bold, careful, tiny, usual] = found;
  // Three are compared: the smallest p counts three times, the next twice
  expect(bold?.adjusted_p).toBeCloseTo(3 * (bold?.p ?? 0), 12);
  const [second, third] = [careful, usual].toSorted((a, b) => (a?.p ?? 0) - (b?.p ?? 0));
  expect(second?.adjusted_p).toBeCloseTo(2 * (second?.p ?? 0), 12);
  expect(third?.adjusted_p).toBeCloseTo(Math.max(2 * (second?.p ?? 0), third?.p ?? 0), 12);
  expect(tiny?.adjusted_p).toBeNull();
});
