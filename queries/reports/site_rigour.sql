/*
title: Rigour against speed
grain: one row per part of the version that releases raise, and per type of change request
rule: >
  The waits and failures of the twelve months before as-of: the facts of approval_wait_by_step and fail_rate_by_step, approval_wait and fail_rate_by_type. Medians have an interval by order statistics
  from n = 6 on, rates one by Wilson
version: 1
description: >
  `verdict` of the path that waits longest compares its failures with those of the path that waits shortest, of each kind and of paths with at least 6 of both: fails less or fails more where the 95 % interval of
  the difference leaves out zero (docs/metrics.md, Differences), else unclear; `shortest` names the other. Null elsewhere.
*/
with fact as (
  select f.measure, f.cut, f.value, f.is_hit
  from practices.measured as f
  where
    f.measure in ('approval_wait', 'approval_wait_by_step', 'fail_rate_by_step', 'fail_rate_by_type')
    and f.occurred_at < getvariable('as_of') and f.occurred_at >= getvariable('as_of')::timestamptz - interval 12 month
),
waited as (
  select
    case measure when 'approval_wait_by_step' then 'step' else 'type' end as path_kind, cut as path,
    count(*) as n, percentile_cont(0.5) within group (order by value) as middle, array_agg(value order by value) as sorted
  from fact
  where measure in ('approval_wait', 'approval_wait_by_step')
  group by path_kind, cut
),
failed as (
  select case measure when 'fail_rate_by_step' then 'step' else 'type' end as path_kind, cut as path, count(*) as n, count(*) filter (where is_hit) as hits
  from fact
  where measure in ('fail_rate_by_step', 'fail_rate_by_type')
  group by path_kind, cut
),
path as (
  select path_kind, path from waited
  union
  select path_kind, path from failed
),
told as (
  select
    p.path_kind,
    p.path,
    coalesce(w.n, 0)::bigint as waits,
    w.middle::double as wait_seconds,
    case when w.n >= 6 then w.sorted[coalesce(r.lower_rank, floor((w.n - 1.959963984540054 * sqrt(w.n)) / 2)::bigint)] end::double as wait_low,
    case when w.n >= 6 then w.sorted[coalesce(r.upper_rank, ceil(1 + (w.n + 1.959963984540054 * sqrt(w.n)) / 2)::bigint)] end::double as wait_high,
    coalesce(f.n, 0)::bigint as outcomes,
    f.hits::bigint as failures,
    f.hits::double / f.n as fail_rate,
    greatest((f.hits + 1.920729410347062 - 1.959963984540054 * sqrt(f.hits::double * (f.n - f.hits) / f.n + 0.960364705173531)) / (f.n + 3.841458820694124), 0)::double as fail_low,
    least((f.hits + 1.920729410347062 + 1.959963984540054 * sqrt(f.hits::double * (f.n - f.hits) / f.n + 0.960364705173531)) / (f.n + 3.841458820694124), 1)::double as fail_high
  from path as p
  left join waited as w on w.path_kind = p.path_kind and w.path = p.path
  left join failed as f on f.path_kind = p.path_kind and f.path = p.path
  left join metrics.median_rank as r on r.n = w.n
),
ranked as (
  select
    *,
    row_number() over (partition by path_kind order by wait_seconds desc, path) as longest,
    row_number() over (partition by path_kind order by wait_seconds, path desc) as shortest
  from told
  where waits >= 6 and outcomes >= 6
),
compared as (
  select
    a.path_kind,
    a.path,
    b.path as shortest,
    case
      when a.fail_rate < b.fail_rate and power(a.fail_high - a.fail_rate, 2) + power(b.fail_rate - b.fail_low, 2) < power(a.fail_rate - b.fail_rate, 2) then 'fails less'
      when a.fail_rate > b.fail_rate and power(a.fail_rate - a.fail_low, 2) + power(b.fail_high - b.fail_rate, 2) < power(a.fail_rate - b.fail_rate, 2) then 'fails more'
      else 'unclear'
    end as verdict
  from ranked as a
  join ranked as b on b.path_kind = a.path_kind and b.shortest = 1 and b.path <> a.path
  where a.longest = 1
)
select
  row_number() over (
    order by t.path_kind, array_position(['major', 'minor', 'patch', 'normal', 'standard', 'emergency', 'no request', 'not known'], t.path) nulls last, t.path
  ) as position,
  t.path_kind,
  t.path,
  t.waits,
  t.wait_seconds,
  t.wait_low,
  t.wait_high,
  t.outcomes,
  t.failures,
  t.fail_rate,
  t.fail_low,
  t.fail_high,
  c.shortest,
  c.verdict
from told as t
left join compared as c on c.path_kind = t.path_kind and c.path = t.path
order by position
