/*
title: What matters most, in short
grain: one row per organisation or team and kind of period
rule: >
  Speed is deployment frequency and lead time, safety fail rate, recovery and rework. Either is better or worse only where one of
  its figures clearly is and none says the opposite; both = mixed; no comparison = unknown
version: 1
description: >
  The latest complete period against the one before. `worse` and `better` name services and figures that clearly moved. Most failures:
  the service with the highest number, of equals the one with fewer deployments; none below three, or where a single
  service has known outcomes.
*/
with latest as (
  select *
  from reports.site_figure
  where role = 'latest'
),
belonging as (
  select 'organisation' as scope_kind, organisation as scope, service
  from reports.site_context
  cross join model.service
  union all
  select 'team' as scope_kind, team as scope, service
  from reports.site_service
  where team is not null
),
compared as (
  select
    scope_kind,
    scope,
    period_kind,
    case when metric in ('deployment_frequency', 'change_lead_time') then 'speed' else 'safety' end as side,
    bool_or(verdict = 'better') as is_better,
    bool_or(verdict = 'worse') as is_worse,
    bool_or(verdict = 'unclear') as is_unclear
  from latest
  group by scope_kind, scope, period_kind, side
),
judged as (
  select
    scope_kind,
    scope,
    period_kind,
    side,
    case
      when is_better and is_worse then 'mixed'
      when is_better then 'better'
      when is_worse then 'worse'
      when is_unclear then 'unclear'
      else 'unknown'
    end as verdict
  from compared
),
moved as (
  select
    b.scope_kind,
    b.scope,
    l.period_kind,
    l.verdict,
    coalesce(s.title, s.service) || ' (' || replace(l.metric, '_', ' ') || ')' as what
  from belonging as b
  join model.service as s on s.service = b.service
  join latest as l on l.scope_kind = 'service' and l.scope = b.service
  where l.verdict in ('better', 'worse')
),
moves as (
  select
    scope_kind,
    scope,
    period_kind,
    array_agg(what order by what) filter (where verdict = 'worse') as worse,
    array_agg(what order by what) filter (where verdict = 'better') as better
  from moved
  group by scope_kind, scope, period_kind
),
failing as (
  select
    b.scope_kind,
    b.scope,
    l.period_kind,
    b.service,
    l.numerator,
    l.n,
    row_number() over (partition by b.scope_kind, b.scope, l.period_kind order by l.numerator desc, l.n, b.service) as place,
    count(*) over (partition by b.scope_kind, b.scope, l.period_kind) as services
  from belonging as b
  join latest as l on l.scope_kind = 'service' and l.scope = b.service
  where l.metric = 'change_fail_rate' and l.n > 0
)
select
  l.scope_kind,
  l.scope,
  l.period_kind,
  l.period_label,
  p.period_label as previous_label,
  v.verdict as speed,
  w.verdict as safety,
  coalesce(m.worse, []) as worse,
  coalesce(m.better, []) as better,
  l.numerator as failures,
  l.n as deployments,
  coalesce(s.title, s.service) as most_failures_in,
  case when s.service is not null then f.numerator end as most_failures,
  case when s.service is not null then f.n end as most_failures_deployments
from latest as l
left join reports.site_figure as p
  on
    p.metric = l.metric and p.scope_kind = l.scope_kind and p.scope = l.scope
    and p.period_kind = l.period_kind and p.period_end = l.period_start
join judged as v
  on v.scope_kind = l.scope_kind and v.scope = l.scope and v.period_kind = l.period_kind and v.side = 'speed'
join judged as w
  on w.scope_kind = l.scope_kind and w.scope = l.scope and w.period_kind = l.period_kind and w.side = 'safety'
left join moves as m on m.scope_kind = l.scope_kind and m.scope = l.scope and m.period_kind = l.period_kind
left join failing as f
  on f.scope_kind = l.scope_kind and f.scope = l.scope and f.period_kind = l.period_kind and f.place = 1 and f.services > 1
left join model.service as s on s.service = f.service and f.numerator >= 3
where l.metric = 'change_fail_rate' and l.scope_kind <> 'service'
order by l.scope_kind, l.scope, l.period_kind
