/*
title: Of how many services adherence speaks
grain: one row per kind of period, for the latest complete one, and one for the whole history (all)
rule: >
  A service in use is reached where at least half of the controls that judged anything in that time judged something of it, with pass, fail or unknown. Others are hardly judged: their results
  are not applicable, whatever their adherence. What has no date is of the whole history only
version: 1
description: "`outside` names those hardly judged, at most three, those with most results that are not applicable first."
*/
with span as (
  select period_kind, period_start, period_end, period_label
  from reports.site_period
  where role = 'latest'
  union all
  select 'all' as period_kind, null::timestamptz as period_start, null::timestamptz as period_end, 'the whole history' as period_label
),
bounded as (
  select
    *,
    timezone(getvariable('time_zone'), period_start)::date as first_day,
    timezone(getvariable('time_zone'), period_end)::date as end_day
  from span
),
daily as (
  select
    control, service,
    timezone(getvariable('time_zone'), occurred_at)::date as happened_on,
    count(*) filter (where status in ('pass', 'fail', 'unknown')) as judged,
    count(*) filter (where status = 'not_applicable') as not_applicable
  from controls.result
  group by control, service, happened_on
),
summed as (
  select b.period_kind, d.control, d.service, sum(d.judged) as judged, sum(d.not_applicable) as not_applicable
  from bounded as b
  join daily as d on b.period_kind = 'all' or (d.happened_on >= b.first_day and d.happened_on < b.end_day)
  group by b.period_kind, d.control, d.service
),
asked as (
  select
    period_kind,
    count(distinct control) filter (where judged > 0) as controls,
    sum(judged) as judged,
    sum(not_applicable) as not_applicable
  from summed
  group by period_kind
),
in_use as (
  select b.period_kind, s.service, s.title
  from bounded as b
  join model.service as s
    on (s.retired_at is null or s.retired_at > coalesce(b.period_start, getvariable('as_of')::timestamptz)) and s.active_from < coalesce(b.period_end, getvariable('as_of')::timestamptz)
),
reached as (
  select
    u.period_kind, u.service,
    coalesce(u.title, u.service) as name,
    count(*) filter (where c.judged > 0) * 2 >= max(a.controls) as is_reached,
    coalesce(sum(c.not_applicable), 0) as not_applicable
  from in_use as u
  join asked as a on a.period_kind = u.period_kind and a.judged > 0
  left join summed as c on c.period_kind = u.period_kind and c.service = u.service
  group by u.period_kind, u.service, u.title
),
placed as (
  select
    *,
    row_number() over (partition by period_kind, is_reached order by not_applicable desc, service) as place
  from reached
)
select
  a.period_kind,
  b.period_label,
  a.controls::bigint as controls,
  a.judged::bigint as judged,
  a.not_applicable::bigint as not_applicable,
  a.not_applicable::double / nullif(a.judged + a.not_applicable, 0) as not_applicable_share,
  count(p.service)::bigint as services,
  count(p.service) filter (where p.is_reached)::bigint as reached_services,
  coalesce(array_agg(p.name order by p.place) filter (where not p.is_reached and p.place <= 3), []) as outside
from asked as a
join bounded as b on b.period_kind = a.period_kind
left join placed as p on p.period_kind = a.period_kind
group by a.period_kind, b.period_label, a.controls, a.judged, a.not_applicable
order by a.period_kind
