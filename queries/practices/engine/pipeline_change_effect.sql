/*
title: Before and after changes of pipelines
grain: one row per change of a pipeline and what is compared
rule: >
  The same number of whole days before and after the change: 56, so that both have the same weekdays, or as many as there are since the first run on record, or until as-of. Run time, queue and provisioning as the
  measures of these names, a run that fails or times out among those that ended by themselves, and change lead time of services. "better" or "worse" only where both sides have at least 6 facts and the 95 %
  interval of the difference leaves out zero (docs/metrics.md, Differences), else "no clear difference"; "not enough evidence" with fewer facts, or fewer than 7 days
version: 2
description: >
  What else changed in those days is not known, so it says what differed and not why. `other_changes` counts other changes of the same pipelines in these days. Intervals: Wilson for the share, order statistics for
  medians.
source: Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212; Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2; Zou and Donner, Statistics in Medicine 27 (2008), 1693-1702
*/
with aspect as (
  select 'run time' as aspect, 1 as aspect_position, 'seconds' as unit, r.service, p.workflow, r.occurred_at, r.value, null::boolean as is_hit
  from practices.run_time as r
  join model.pipeline_run as p on p.pipeline_run_id = r.subject
  union all
  select 'queue', 2, 'seconds', q.service, p.workflow, q.occurred_at, q.value, null
  from practices.queue_time as q
  join model.pipeline_run as p on p.pipeline_run_id = q.subject
  union all
  select 'provisioning', 3, 'seconds', w.service, p.workflow, w.occurred_at, w.value, null
  from practices.provisioning_wait as w
  join model.provisioning as v on v.provisioning_id = w.subject
  left join model.pipeline_run as p on p.pipeline_run_id = v.pipeline_run_id
  union all
  select 'failed runs', 4, 'ratio', service, workflow, finished_at, null, conclusion <> 'success'
  from model.pipeline_run
  where conclusion in ('success', 'failure', 'timed_out') and finished_at is not null
  union all
  -- A pipeline's name is not known of what it ships, so lead time is that of the service.
  select 'lead time', 5, 'seconds', service, null, filed_at, lead_seconds, null
  from metrics.lead_time_fact
),
named as (
  select distinct aspect, aspect_position, unit
  from aspect
),
first_run as (
  select service, workflow, min(coalesce(started_at, finished_at)) as first_at
  from model.pipeline_run
  group by service, workflow
),
spanned as (
  select
    c.pipeline_change_id,
    c.service,
    c.workflow,
    c.changed_at,
    greatest(
      least(
        56,
        date_diff('second', c.changed_at, getvariable('as_of')::timestamptz) // 86400,
        coalesce(date_diff('second', min(f.first_at), c.changed_at), 0) // 86400
      ),
      0
    ) as days
  from model.pipeline_change as c
  left join first_run as f on (c.service is null or f.service = c.service) and (c.workflow is null or f.workflow = c.workflow)
  group by c.pipeline_change_id, c.service, c.workflow, c.changed_at
),
compared as (
  select
    s.pipeline_change_id,
    a.aspect,
    a.occurred_at >= s.changed_at as is_after,
    count(*) as n,
    count(*) filter (where a.is_hit) as hits,
    percentile_cont(0.5) within group (order by a.value) as middle,
    array_agg(a.value order by a.value) as sorted
  from spanned as s
  join aspect as a
    on
      (s.service is null or a.service = s.service)
      and (s.workflow is null or a.workflow = s.workflow or a.aspect = 'lead time')
      and a.occurred_at >= s.changed_at - to_days(s.days::integer)
      and a.occurred_at < s.changed_at + to_days(s.days::integer)
  group by s.pipeline_change_id, a.aspect, a.occurred_at >= s.changed_at
),
figured as (
  select
    c.pipeline_change_id,
    c.aspect,
    c.is_after,
    c.n,
    case when c.middle is null then c.hits end as hits,
    case when c.middle is null then c.hits::double / c.n else c.middle end as value,
    case
      when c.middle is null
        then greatest((c.hits + 1.920729410347062 - 1.959963984540054 * sqrt(c.hits::double * (c.n - c.hits) / c.n + 0.960364705173531)) / (c.n + 3.841458820694124), 0)
      when c.n >= 6 then c.sorted[coalesce(r.lower_rank, floor((c.n - 1.959963984540054 * sqrt(c.n)) / 2)::bigint)]
    end as interval_low,
    case
      when c.middle is null
        then least((c.hits + 1.920729410347062 + 1.959963984540054 * sqrt(c.hits::double * (c.n - c.hits) / c.n + 0.960364705173531)) / (c.n + 3.841458820694124), 1)
      when c.n >= 6 then c.sorted[coalesce(r.upper_rank, ceil(1 + (c.n + 1.959963984540054 * sqrt(c.n)) / 2)::bigint)]
    end as interval_high
  from compared as c
  left join metrics.median_rank as r on r.n = c.n
),
crowded as (
  select s.pipeline_change_id, count(*) as other_changes
  from spanned as s
  join model.pipeline_change as o
    on
      o.pipeline_change_id <> s.pipeline_change_id
      and (s.service is null or o.service is null or o.service = s.service)
      and (s.workflow is null or o.workflow is null or o.workflow = s.workflow)
      and o.changed_at >= s.changed_at - to_days(s.days::integer)
      and o.changed_at < s.changed_at + to_days(s.days::integer)
  group by s.pipeline_change_id
)
select
  s.pipeline_change_id,
  n.aspect,
  n.aspect_position,
  n.unit,
  s.days,
  coalesce(b.n, 0)::bigint as before_n,
  b.hits::bigint as before_hits,
  b.value::double as before_value,
  b.interval_low::double as before_low,
  b.interval_high::double as before_high,
  coalesce(a.n, 0)::bigint as after_n,
  a.hits::bigint as after_hits,
  a.value::double as after_value,
  a.interval_low::double as after_low,
  a.interval_high::double as after_high,
  coalesce(o.other_changes, 0)::bigint as other_changes,
  case
    when b.n is null and a.n is null then 'no data'
    when s.days < 7 or coalesce(b.n, 0) < 6 or coalesce(a.n, 0) < 6 then 'not enough evidence'
    when a.value < b.value and power(a.interval_high - a.value, 2) + power(b.value - b.interval_low, 2) < power(a.value - b.value, 2) then 'better'
    when a.value > b.value and power(a.value - a.interval_low, 2) + power(b.interval_high - b.value, 2) < power(a.value - b.value, 2) then 'worse'
    else 'no clear difference'
  end as verdict
from spanned as s
cross join named as n
left join figured as b on b.pipeline_change_id = s.pipeline_change_id and b.aspect = n.aspect and not b.is_after
left join figured as a on a.pipeline_change_id = s.pipeline_change_id and a.aspect = n.aspect and a.is_after
left join crowded as o on o.pipeline_change_id = s.pipeline_change_id
order by s.pipeline_change_id, n.aspect_position
