import { afterAll, beforeAll, expect, test } from "vitest";
import { queryFiles, setVariables } from "../../../src/warehouse/model.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { given } from "../../support/history.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (time: number) => new Date(time).toISOString();

/** Deployments at 20:00, so many, so many days apart; each ships one change that was begun so many hours before. */
function shipped(service: string, from: string, count: number, every: number, pickup: number) {
  const first = Date.parse(`${from}T20:00:00Z`);
  return Array.from({ length: count }, (_, at) => {
    const live = first + at * every * DAY;
    const id = `${service}-${iso(live).slice(0, 10)}`;
    // Coding 1 h, pickup, review 2 h, merge to live 6 h.
    const begun = live - (9 + pickup) * HOUR;
    return {
      deployment: `${id} | ${service} | production | ${id} | ${iso(live)} | success`,
      change: `c-${id} | ${service} | ${iso(begun)} | ${iso(begun + HOUR)} | ${iso(live - 8 * HOUR)} | ${iso(live - 6 * HOUR)}`,
    };
  });
}

/** `api` ships 40 times in Q1 and 10 times in Q2, where review waits; `web` ten times in both, and fails three times in Q2. */
const API = [...shipped("api", "2026-01-01", 40, 2, 1), ...shipped("api", "2026-04-05", 10, 8, 61)];
const WEB = [...shipped("web", "2026-01-01", 10, 8, 1), ...shipped("web", "2026-04-05", 10, 8, 1)];

const HISTORY = {
  asOf: "2026-07-20T00:00:00Z",
  config: { time_zone: "UTC", services: { api: { repository: "api" }, web: { title: "Web shop", repository: "web" } } },
  complete: ["incident", "deployment"] as const,
  data: {
    deployment: ["id | service | environment | version | finished_at | status", ...[...API, ...WEB].map((row) => row.deployment)].join("\n"),
    change: ["id | repository | first_commit_at | opened_at | first_review_at | merged_at", ...[...API, ...WEB].map((row) => row.change)].join("\n"),
    incident: `
      id | service | title       | started_at           | mitigated_at         | caused_by      | cause
      i0 | web     | Earlier     | 2026-02-01T00:00:00Z | 2026-02-09T00:00:00Z |                |
      i1 | web     | Checkout    | 2026-04-05T21:00:00Z | 2026-04-05T23:00:00Z | web-2026-04-05 | Cache.
      i2 | web     | Slow search | 2026-04-13T21:00:00Z | 2026-04-14T02:00:00Z | web-2026-04-13 | Cache
      i3 | web     | Basket      | 2026-04-21T21:00:00Z | 2026-04-21T22:00:00Z | web-2026-04-21 | Index`,
  },
};

let history: Warehouse;
let bare: Warehouse;
beforeAll(async () => {
  history = await given(HISTORY);
  bare = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  await setVariables(bare, { as_of: "2026-07-20T00:00:00Z", time_zone: "UTC" });
  for (const schema of ["model", "controls", "reports", "correlation", "metrics"]) await bare.run(`create schema ${schema}`);
});
afterAll(() => {
  history.close();
  bare.close();
});

const told = async (relation: string, columns = "name || ' ' || sentence") =>
  (
    await history.rows<{ told: string }>(
      `select ${columns} as told from reports.${relation} where period_kind = 'quarter' order by ${relation === "finding_metric" ? "place" : "told"}`,
    )
  ).map((row) => row.told.replaceAll("\u202f", " "));

test("figures that clearly moved are told with both values, a lead time with the stage that moved most", async () => {
  // 40 deployments in 90 days = 3.1 a week (95 % Poisson 28.6 to 54.5 of 90 days), 10 in 91 = 3.3 a month (4.8 to 18.4 of 91 days):
  // apart. All changes of a quarter take the same time: 10 h, then 70 h = 2.9 d, of which pickup 1 h, then 61 h = 2.5 d.
  // The organisation: 50, then 20. Its median change: 10 h in Q1; in Q2 ten of 10 h and ten of 70 h, 40 h, of which nothing is certain:
  // the limits are 10 h and 70 h and touch those of Q1. web has ten deployments in both quarters: nothing to tell of how often. Of 50 deployments none failed, then 3 of 20:
  // 95 % 0 to 7.1 %, then 5.2 to 36.0 %, and 15 > sqrt(9.8 squared + 7.1 squared) = 12.1. Of web alone 0 of 10, then 3 of 10: 30 < sqrt(19.2 squared + 27.8 squared) = 33.8.
  expect(await told("finding_metric")).toEqual([
    "Test failed more often: 15 % after 0 % in Q1 2026.",
    "Test shipped less often: 1.5 a week after 3.9 a week in Q1 2026.",
    "api needed longer from first commit to production: 2.9 d after 10 h in Q1 2026; most of it in pickup, 2.5 d after 60 min.",
    "api shipped less often: 3.3 a month after 3.1 a week in Q1 2026.",
  ]);
});

test("most failures are in one service, with the cause that its incidents record most", async () => {
  // 20 deployments in Q2, three failed, all in web; two of three incidents say the same but for a full stop.
  expect(await told("finding_failure")).toEqual([
    "Web shop had 3 of the 3 failures with 10 of the 20 deployments with known outcome, after 0 of 10 in Q1 2026; recorded most often as cause: Cache (2 of 3).",
  ]);
});

test("the incident that lasted longest is named, with those of the quarter and the one before", async () => {
  expect(await told("finding_incident")).toEqual([
    "Slow search took longest until users were served again, 5 h; cause as recorded: Cache. 3 incidents began, after 1 in Q1 2026; 3 traced to a deployment.",
  ]);
});

test("own past: the place among the quarters with a value, and how far they reach", async () => {
  const rows = await history.rows(
    `select metric, periods, place, round(lowest, 4) as lowest, round(highest, 4) as highest from reports.site_past_figure
     where period_kind = 'quarter' and metric in ('change_fail_rate', 'deployment_frequency') order by metric`,
  );
  // 0 of 20, then 3 of 20; 50 / 90, then 20 / 91 a day.
  expect(rows).toEqual([
    { metric: "change_fail_rate", periods: 2, place: 2, lowest: 0, highest: 0.15 },
    { metric: "deployment_frequency", periods: 2, place: 2, lowest: 0.2198, highest: 0.5556 },
  ]);
});

/** What a query makes of these relations alone. */
async function made(relation: string, places: Readonly<Record<string, string>>, columns: string): Promise<string[]> {
  for (const [name, sql] of Object.entries(places)) await bare.run(`create or replace table ${name} as ${sql}`);
  const file = queryFiles().find((query) => query.relation === relation);
  const rows = await bare.rows<{ told: string }>(`select ${columns} as told from (${file?.sql ?? ""})`);
  return rows.map(({ told: text }) => text);
}

test("a quarter stands beside the one before and the same a year earlier; years and windows are cut, and said to be known in part", async () => {
  // 8 deployments in Q2 2025 (95 % Poisson 3.5 to 15.8), 40 in Q2 2026 (28.6 to 54.5), 91 days each: apart, five times as many. None in Q1 2026: no factor.
  const rows = [...shipped("api", "2025-04-05", 8, 10, 1), ...shipped("api", "2026-04-05", 40, 2, 1)].map(({ deployment }) => deployment);
  const warehouse = await given({
    asOf: "2026-07-01T00:00:00Z",
    config: { time_zone: "UTC", services: { api: { repository: "api", active_from: "2025-04-01" } } },
    data: { deployment: ["id | service | environment | version | finished_at | status", ...rows].join("\n") },
  });
  const compared = await warehouse.rows(
    `select period_label, n, verdict, year_earlier_label, year_earlier_change, year_earlier_verdict from reports.site_figure
     where metric = 'deployment_frequency' and scope_kind = 'service' and period_kind = 'quarter' and role = 'latest'`,
  );
  expect(compared).toEqual([
    { period_label: "Q2 2026", n: 40, verdict: "none", year_earlier_label: "Q2 2025", year_earlier_change: 4, year_earlier_verdict: "better" },
  ]);
  // 456 days are five windows of 90 days and a part of a sixth. Four windows are 360 days.
  const cut = await warehouse.rows<{ told: string }>(
    `select period_label || ' ' || role || ' ' || is_partial || ' ' || coalesce(date_diff('day', year_earlier_start, period_start)::varchar, 'none') as told
     from reports.site_period where period_kind in ('year', 'rolling') order by period_kind desc, period_start desc`,
  );
  expect(cut.map(({ told: words }) => words)).toEqual([
    ...["2026 current true none", "2025 latest true none"],
    "90 days to 1 Jul 2026 latest false 360",
    ...["90 days to 2 Apr 2026", "90 days to 2 Jan 2026", "90 days to 4 Oct 2025", "90 days to 6 Jul 2025"].map((label) => `${label} earlier false 360`),
    "90 days to 7 Apr 2025 earlier true 360",
  ]);
  warehouse.close();
});

test("of teams and services that clearly moved the larger factor comes first, beside the number of comparisons", async () => {
  // Team a: twice as long as a year earlier, and no clear change before. Team b: a third as often. The service moved, in a week: not among quarters of teams.
  const figure = (kind: string, scope: string, period: string, metric: string, value: number, before: string, year: string, verdict: string) =>
    `('${kind}', '${scope}', '${period}', '${metric}', ${value}, ${before}, ${year}, '${verdict}')`;
  const places = {
    "model.team": "select 'a' as team, 'Alpha' as title union all select 'b', null",
    "model.service": "select 'api' as service, 'Payments' as title",
    "reports.site_figure": `
      select kind as scope_kind, scope, period as period_kind, 1 as period_start, 'Now' as period_label, metric, '' as unit, value, 9 as n, 'Then' as previous_label,
        before as previous_value, value / before - 1 as change, case when before is null then 'none' else 'unclear' end as verdict,
        'Year ago' as year_earlier_label, year as year_earlier, value / year - 1 as year_earlier_change, verdict as year_earlier_verdict
      from (values ${[
        figure("team", "a", "quarter", "change_lead_time", 20, "19", "10", "worse"),
        figure("team", "a", "quarter", "change_fail_rate", 2, "null", "2", "unclear"),
        figure("team", "b", "quarter", "deployment_frequency", 1, "null", "3", "worse"),
        figure("service", "api", "week", "change_lead_time", 5, "null", "10", "better"),
        figure("organisation", "Test", "quarter", "change_lead_time", 5, "null", "10", "better"),
      ].join(", ")}) as f (kind, scope, period, metric, value, before, year, verdict)`,
    "reports.site_period": "select unnest(['quarter', 'week']) as period_kind, 1 as period_start, 'Now' as period_label, 'latest' as role, false as is_partial",
  };
  const summary = "scope_kind || ' ' || period_kind || ' ' || against || ' ' || compared || ' ' || better || ' ' || worse || ' ' || round(by_chance * 20)";
  expect(await made("reports.site_comparison", places, summary)).toEqual([
    ...["team quarter year earlier 3 0 2 3.0", "team quarter before 1 0 0 1.0", "service week year earlier 1 1 0 1.0"],
  ]);
  const comparison = queryFiles().find(({ relation }) => relation === "reports.site_comparison")?.sql ?? "";
  expect(
    await made("reports.site_move", { "reports.site_comparison": comparison }, "place || ' ' || title || ' ' || against || ' ' || metric || ' ' || value || ' ' || against_value || ' ' || verdict"),
  ).toEqual([
    ...["1 b year earlier deployment_frequency 1 3 worse", "2 Alpha year earlier change_lead_time 20 10 worse"],
    "1 Payments year earlier change_lead_time 5 10 better",
  ]);
});

const FIGURES = `
  select * from (values
    -- 1 of 37, then 10 of 47: intervals by Wilson that touch. 18.6 points > sqrt(9.3 squared + 11.1 squared) = 14.5.
    ('change_fail_rate', 'a', 1, 0.0270, 37, 0.0048, 0.1382), ('change_fail_rate', 'a', 4, 0.2128, 47, 0.1199, 0.3490),
    -- The same, then 5 of 47: 7.9 < sqrt(6.0 squared + 11.1 squared) = 12.6. And 5 of 47, then 10 of 47: 10.6 < 15.1.
    ('change_fail_rate', 'b', 1, 0.0270, 37, 0.0048, 0.1382), ('change_fail_rate', 'b', 4, 0.1064, 47, 0.0463, 0.2259), ('change_fail_rate', 'b', 7, 0.2128, 47, 0.1199, 0.3490),
    -- Median days: 20 (15 to 30), then 10 (6 to 14): 10 > sqrt(4 squared + 5 squared) = 6.4. Then 12 (9 to 20): 2 < sqrt(3 squared + 4 squared) = 5.
    ('change_lead_time', 'a', 1, 20, 40, 15, 30), ('change_lead_time', 'a', 4, 10, 40, 6, 14), ('change_lead_time', 'a', 7, 12, 40, 9, 20),
    -- Ten times as many, of too few.
    ('change_lead_time', 'b', 1, 1, 5, null, null), ('change_lead_time', 'b', 4, 10, 40, 6, 14)
  ) as f (metric, scope, month, value, n, low, high)`;

test("better or worse is judged of the difference itself, not by whether two intervals touch", async () => {
  const verdicts = await made(
    "reports.site_figure",
    {
      "metrics.metric": `
        select metric, 'service' as scope_kind, scope, 'quarter' as period_kind, make_timestamptz(2026, month, 1, 0, 0, 0) as period_start, '' as basis, false as is_partial, true as is_headline,
          value::double as value, n, low::double as interval_low, high::double as interval_high, '' as reason, 'method' as interval_method, 1 as rule_version, false as is_local_rule,
          null::double as p75, null::double as p90, null as numerator, null as denominator, null as pending, null as pending_failed, null as unknown, null as unknown_failed, null as changes,
          null as release_trains, null as with_fix, null as rejected
        from (${FIGURES})`,
      "metrics.scope_member": "select 'service' as scope_kind, 'a' as scope union all select 'service', 'b'",
      "metrics.scope_period": "select 'service' as scope_kind, s as scope, 'week' as period_kind, timestamptz '2026-01-01' as period_start from (values ('a'), ('b')) as v (s)",
      "reports.site_period": `
        select 'quarter' as period_kind, make_timestamptz(2026, m, 1, 0, 0, 0) as period_start, make_timestamptz(2026, m + 3, 1, 0, 0, 0) as period_end,
          make_timestamptz(2026, m, 1, 0, 0, 0) - interval 3 month as previous_start, null::timestamptz as year_earlier_start, m::varchar as period_label, 'earlier' as role, false as is_partial
        from (values (1), (4), (7)) as p (m)`,
    },
    "metric || ' ' || scope || ' ' || period_label || ' ' || verdict",
  );
  expect(verdicts.filter((row) => row.startsWith("change_") && !row.endsWith("none"))).toEqual([
    ...["change_fail_rate a 4 worse", "change_fail_rate b 4 unclear", "change_fail_rate b 7 unclear"],
    ...["change_lead_time a 4 better", "change_lead_time a 7 unclear", "change_lead_time b 4 too few"],
  ]);
});

const RESULTS = `
  select * from (values
    ('A-01', 'critical', 'api', '2026-05-01', 'pass', 90), ('A-01', 'critical', 'api', '2026-05-02', 'fail', 1), ('A-01', 'critical', 'api', '2026-03-31 23:59', 'pass', 80),
    ('B-01', 'medium', 'api', '2026-05-01', 'fail', 8), ('B-01', 'medium', 'web', '2026-05-01', 'fail', 1), ('B-01', 'medium', 'web', '2026-02-01', 'fail', 2),
    ('C-01', 'high', 'web', '2026-05-01', 'pass', 9), ('C-01', 'high', 'web', '2026-02-01', 'fail', 3), ('C-01', 'high', 'web', '2026-07-01', 'fail', 7),
    ('D-01', 'medium', 'web', '2026-05-01', 'fail', 2), ('D-01', 'medium', 'web', '2026-02-01', 'unknown', 5),
    ('E-01', 'high', null, '2026-05-01', 'fail', 2), ('E-01', 'high', null, '2026-05-01', 'exempt', 2),
    ('F-01', 'medium', 'api', '2026-02-01', 'pass', 1), ('F-01', 'medium', 'api', '2026-05-01', 'fail', 8), ('F-01', 'medium', 'web', '2026-05-01', 'fail', 1)
  ) as r (control, severity, service, happened, status, times)`;

/** Six controls, one of which judged nothing in Q1; results are of attempts, and those of api on 1 May are two copies of each of four deployments. */
const CONTROLS = {
  "controls.result": `
    select control, severity, service, happened::timestamptz as occurred_at, status, 'deployment' as unit_kind, concat_ws(' ', service, happened, r.times, n.range) as unit from (${RESULTS}) as r cross join range(r.times) as n`,
  "model.wave_deployment": "select 'api 2026-05-01 8 ' || n.range as deployment_id, 'wave ' || n.range // 2 as wave_id from range(8) as n",
  "controls.control": `select distinct control, 'Rule ' || control as title from (${RESULTS})`,
  "model.service": "select 'api' as service, 'Payments' as title union all select 'web', null",
  "reports.site_period": `
    select 'quarter' as period_kind, s::timestamptz as period_start, e::timestamptz as period_end, s::timestamptz - interval 3 month as previous_start, l as period_label, r as role, false as is_partial
    from (values ('2026-01-01', '2026-04-01', 'Q1 2026', 'earlier'), ('2026-04-01', '2026-07-01', 'Q2 2026', 'latest'), ('2026-07-01', '2026-10-01', 'Q3 2026', 'current')) as p (s, e, l, r)`,
};

test("results of controls fall into the periods of their units, and what is exempt or younger is not counted in", async () => {
  const counted = await made(
    "reports.control_period",
    CONTROLS,
    "control || ' ' || period_label || ' ' || passed || ' ' || failed || ' ' || unknown || ' ' || exempt",
  );
  expect(counted).toEqual([
    ...["A-01 Q1 2026 80 0 0 0", "A-01 Q2 2026 90 1 0 0", "B-01 Q1 2026 0 2 0 0", "B-01 Q2 2026 0 9 0 0"],
    ...["C-01 Q1 2026 0 3 0 0", "C-01 Q2 2026 9 0 0 0", "D-01 Q1 2026 0 0 5 0", "D-01 Q2 2026 0 2 0 0", "E-01 Q2 2026 0 2 0 2"],
    ...["F-01 Q1 2026 1 0 0 0", "F-01 Q2 2026 0 9 0 0"],
  ]);
  // 81 of 91 in Q1; 99 of 122 in Q2, of which 23 fail, one of them of a critical control.
  const period = queryFiles().find(({ relation }) => relation === "reports.control_period")?.sql ?? "";
  const pooled = await made(
    "reports.site_adherence_period",
    { "reports.control_period": period },
    "period_label || ' ' || passed || ' ' || failed || ' ' || unknown || ' ' || grave || ' ' || controls || ' ' || round(rate, 4)",
  );
  expect(pooled).toEqual(["Q1 2026 81 5 5 0 5 0.8901", "Q2 2026 99 23 0 1 6 0.8115"]);
});

test("controls that fail more are told before the one that no longer fails, the grave first", async () => {
  const things = queryFiles().find(({ relation }) => relation === "reports.control_thing")?.sql ?? "";
  // A-01 failed none and is critical. B-01: 2, then 9 attempts, which are 4 deployments of api and 1 of web; the same ones fail F-01, where it is 5 more. C-01: 3, then none of 9. D-01: 0, then 2, neither grave nor three more. E-01 judged
  // nothing before: no comparison.
  expect(await made("reports.finding_control", { "reports.control_thing": things }, "name || ' ' || sentence")).toEqual([
    "A-01 Rule A-01 does not hold for 1 deployment (1 of 91 attempts), after none in Q1 2026.",
    "F-01 Rule F-01 does not hold for 5 deployments (9 of 9 attempts), after none in Q1 2026; 4 of them in Payments; the same ones fail B-01.",
    "B-01 Rule B-01 does not hold for 5 deployments (9 of 9 attempts), after 2 in Q1 2026; 4 of them in Payments; the same ones fail F-01.",
    "C-01 Rule C-01 no longer fails: none of 9 results after 3 deployments in Q1 2026.",
  ]);
});

test("adherence says of how many services it speaks, and which controls fail most and are kept least", async () => {
  // Q2: six controls judged something. api by A-01, B-01 and F-01 (3 of 6: reached), web by B-01, C-01, D-01 and F-01 (reached), idle by none; gone was retired in March, late begins in July.
  const reach = await made(
    "reports.site_control_reach",
    {
      "model.service": `
        select s as service, t as title, f::timestamptz as active_from, r::timestamptz as retired_at
        from (values ('api', 'Payments', '2025-01-01', null), ('web', null, '2025-01-01', null), ('idle', 'Idle', '2025-01-01', null),
          ('gone', null, '2025-01-01', '2026-03-01'), ('late', null, '2026-07-01', null)) as v (s, t, f, r)`,
      "controls.result": `${CONTROLS["controls.result"]}
        union all select 'A-01', 'critical', 'idle', timestamptz '2026-05-05', 'not_applicable', 'deployment', 'i' || n.range from range(9) as n`,
    },
    "period_kind || ' ' || controls || ' ' || judged || ' ' || not_applicable || ' ' || reached_services || '/' || services || ' ' || array_to_string(outside, ', ')",
  );
  // 99 pass and 23 fail in Q2. Over all: 80 + 1 pass, 5 fail, 5 unknown in Q1 and 7 fail in Q3 more; late is in use at as-of.
  expect(reach).toEqual(["all 6 220 9 2/4 Idle, late", "quarter 6 122 9 2/3 Idle"]);
  const worst = await made(
    "reports.site_control_worst",
    { "controls.adherence": "select 'A-01' as control, 'organisation' as scope_kind, null as month, 170 as passed, 1 as failed, 0 as unknown" ,
      "controls.control": `select distinct control, 'Rule ' || control as title, severity from (${RESULTS})` },
    "period_kind || ' ' || ranking || ' ' || place || ' ' || control || ' ' || failed || '/' || judged",
  );
  // Least: B-01 and F-01 keep 0 of 9, of equals by name; D-01 and E-01 have two results, too few; C-01 keeps all.
  expect(worst).toEqual([
    ...["all least 1 A-01 1/171", "all most 1 A-01 1/171"],
    ...["quarter least 1 B-01 9/9", "quarter least 2 F-01 9/9", "quarter least 3 A-01 1/91"],
    ...["quarter most 1 B-01 9/9", "quarter most 2 F-01 9/9", "quarter most 3 E-01 2/2"],
  ]);
});

test("a risk pattern says how many of the quarter's failures carry it", async () => {
  // Of three failures of Q2 in api two were on a Friday; that of web, of Q1 and the success do not count.
  const sentences = await made(
    "reports.finding_pattern",
    {
      "correlation.risk_pattern": `
        select 'service' as scope_kind, 'api' as scope, 'Payments' as shown_as, 'weekday' as attribute, 'Friday' as level, 'category' as kind, 'found' as verdict,
          'more' as direction, 20 as with_n, 8 as with_failed, 100 as without_n, 5 as without_failed, 8.0 as adjusted_risk`,
      "reports.site_risk_pattern": "select 'service' as scope_kind, 'api' as scope, 'weekday' as attribute, 'Friday' as level, 'Fridays, Payments' as name",
      "correlation.number_quarter": "select '' as scope_kind, '' as scope, '' as attribute, 1 as quarter, 1 as quarters, 0.0 as lowest, 0.0 as highest",
      "correlation.judged_deployment": `
        select w as wave_id, s as service, happened::timestamptz as live_at, failed as is_failure
        from (values ('1', 'api', '2026-05-01', true), ('2', 'api', '2026-05-08', true), ('3', 'api', '2026-05-04', true), ('4', 'api', '2026-05-15', false),
          ('5', 'web', '2026-05-01', true), ('6', 'api', '2026-03-27', true)) as d (w, s, happened, failed)`,
      "correlation.deployment_attribute": `
        select wave_id as subject, 'weekday' as attribute, null::boolean as flag, dayname(live_at) as category, null::double as number
        from correlation.judged_deployment`,
    },
    "name || ' ' || sentence",
  );
  expect(sentences).toEqual([
    "Fridays, Payments goes with more failures over the whole history: 8 of 20 with it, 5 of 100 without; in Q2 2026 2 of 3 failures had it. Association, not cause.",
  ]);
});

test("what is open now, and which source lags most", async () => {
  const said = await made(
    "reports.site_now",
    {
      "reports.site_service": "select 3 as waiting, 500 as oldest_waiting_seconds, 1 as open_failures union all select 2, 900, 0",
      "reports.site_incident": "select true as is_open, timestamptz '2026-07-10' as started_at, 864000 as open_seconds union all select false, '2026-01-01', null union all select true, '2026-07-01', 1641600",
      "controls.result": "select control, status from (values ('POP-03', 'fail'), ('POP-03', 'unknown'), ('POP-03', 'unknown'), ('POP-01', 'pass')) as r (control, status)",
      "reports.site_exemption": "select 'in force' as state union all select 'ended'",
      "reports.site_source": `
        select source, newest::timestamptz as newest_at, stale as stale_seconds, collected as is_collected, rejected
        from (values ('code', '2026-07-19', 86400, true, 2), ('desk', '2026-07-18', 172800, false, 0), ('links', null, null, true, 0)) as s (source, newest, stale, collected, rejected)`,
    },
    "waiting || ' ' || oldest_waiting_seconds || ' ' || open_failures || ' ' || open_incidents || ' ' || has_old_incident || ' ' || exemptions || ' ' || proven_sources || lossy_sources || unsure_sources || ' ' || whole_sources || '/' || sources || ' ' || rejected || ' ' || newest_seconds || ' ' || stalest || ' ' || stalest_seconds",
  );
  expect(said).toEqual(["5 900 1 2 false 1 012 2/3 2 86400 desk 172800"]);
});
