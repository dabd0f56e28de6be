/*
title: Comparisons of teams and services
grain: one row per complete period of the last eight quarters, or the latest of another kind, kind of scope and comparison that could be made
rule: >
  Compared are figures of at least 6 facts in both periods, with the period before and with a year earlier. Where nothing changes, about one of twenty differences
  is called clear all the same: `by_chance`
version: 1
*/
with shown as (
  select
    period_kind, period_start, period_label, role,
    row_number() over (partition by period_kind order by period_start desc) as recency
  from reports.site_period
  where role <> 'current'
),
compared as (
  select f.scope_kind, f.period_kind, f.period_start, f.period_label, 'before' as against, f.previous_label as against_label, f.verdict
  from reports.site_figure as f
  where f.scope_kind <> 'organisation'
  union all
  select f.scope_kind, f.period_kind, f.period_start, f.period_label, 'year earlier', f.year_earlier_label, f.year_earlier_verdict
  from reports.site_figure as f
  where f.scope_kind <> 'organisation'
)
select
  c.scope_kind, c.period_kind, c.period_start, c.period_label, s.role, c.against, c.against_label,
  count(*) as compared,
  count(*) filter (where c.verdict = 'better') as better,
  count(*) filter (where c.verdict = 'worse') as worse,
  count(*) / 20.0::double as by_chance
from compared as c
join shown as s on s.period_kind = c.period_kind and s.period_start = c.period_start and (s.role = 'latest' or (s.period_kind = 'quarter' and s.recency <= 8))
where c.verdict in ('better', 'worse', 'unclear')
group by c.scope_kind, c.period_kind, c.period_start, c.period_label, s.role, c.against, c.against_label
order by c.period_kind, c.period_start desc, c.scope_kind desc, c.against desc
