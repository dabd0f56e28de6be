/*
title: Practices with what is known of them
grain: one row per practice and place that answers for it
rule: >
  A control's counts and a metric's figure are those of the last quarter that is over, else of the present one; a measure's those that its page shows. A practice whose
  numbers all lack data says what to connect
version: 1
description: "`state` is ok, no data, switched off (a control that quarterdeck.yaml disables) or listed (a page, section or document, which has no number)."
*/
with chosen as (
  select
    period_label,
    strftime(timezone(getvariable('time_zone'), period_start), '%Y-%m') as first_month,
    strftime(timezone(getvariable('time_zone'), period_end), '%Y-%m') as end_month,
    row_number() over (order by case role when 'latest' then 1 else 2 end, period_start desc) as choice
  from reports.site_period
  where period_kind = 'quarter'
),
judged as (
  select
    a.control,
    min(c.period_label) as period_label,
    sum(a.passed)::bigint as passed,
    sum(a.failed)::bigint as failed,
    sum(a.unknown)::bigint as unknown,
    sum(a.exempt)::bigint as exempt
  from controls.adherence as a
  join chosen as c on c.choice = 1 and a.month >= c.first_month and a.month < c.end_month
  where a.scope_kind = 'organisation'
  group by a.control
),
figure as (
  select metric, period_label, value, unit, n, numerator, reason, row_number() over (partition by metric order by case role when 'latest' then 1 else 2 end) as choice
  from reports.site_figure
  where scope_kind = 'organisation' and period_kind = 'quarter' and role in ('latest', 'current')
)
select
  p.practice,
  l.position,
  p.position as practice_position,
  p.module,
  p.module_title,
  p.title,
  p.out_of_scope,
  l.kind,
  l.place,
  case l.kind when 'control' then c.title when 'measure' then m.title end as place_title,
  m.area,
  coalesce(j.period_label, f.period_label, m.period_label) as period_label,
  j.passed,
  j.failed,
  j.unknown,
  j.exempt,
  coalesce(f.value, m.value) as value,
  coalesce(f.unit, m.unit) as unit,
  coalesce(f.n, m.n) as n,
  coalesce(f.numerator, m.hits) as hits,
  case l.kind
    when 'measure' then m.connect
    when 'metric' then f.reason
    when 'control' then 'none of what it judges is known in that quarter'
  end as connect,
  case
    when l.kind = 'control' and c.control is null then 'switched off'
    when l.kind = 'control' and coalesce(j.passed + j.failed + j.unknown + j.exempt, 0) = 0 then 'no data'
    when l.kind in ('metric', 'measure') and coalesce(f.value, m.value) is null then 'no data'
    when l.kind in ('control', 'metric', 'measure') then 'ok'
    else 'listed'
  end as state
from practices.practice as p
join practices.practice_place as l on l.practice = p.practice
left join controls.control as c on l.kind = 'control' and c.control = l.place
left join judged as j on l.kind = 'control' and j.control = l.place
left join figure as f on l.kind = 'metric' and f.metric = l.place and f.choice = 1
left join reports.site_measure as m on l.kind = 'measure' and m.measure = l.place
order by practice_position, l.position
