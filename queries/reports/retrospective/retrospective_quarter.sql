/*
title: Quarters that teams look back on
grain: one row per team and quarter, of the four newest quarters that are over and in which the team had a deployment, a change or an incident
rule: a team has what its services did on the days on which it owned them
description: >
  `quarter` is the name by which commands and files call it, `year_start` where the twelve months up to its end begin. `pending_failed` are those of the pending
  of which it is known already. Of few deployments
  (fewer than six with known outcome) no share can be told from another.
*/
with cut as (
  select
    p.period_start,
    p.period_end,
    p.previous_start,
    p.year_earlier_start,
    p.period_label,
    timezone(getvariable('time_zone'), p.period_start) - to_months((o.quarter_start_month - 1)::integer) as shifted,
    timezone(getvariable('time_zone'), timezone(getvariable('time_zone'), p.period_end) - interval 1 year) as year_start,
    row_number() over (order by p.period_start desc) as place
  from reports.site_period as p
  cross join model.organisation as o
  where p.period_kind = 'quarter' and p.period_end <= getvariable('as_of')
),
quarter as (
  select
    year(shifted) || '-Q' || quarter(shifted) as quarter,
    period_label, period_start, period_end, previous_start, year_earlier_start, year_start, place
  from cut
  where place <= 4
),
figure as (
  select
    scope as team,
    period_start,
    max(case when metric = 'deployment_frequency' then n end) as deployments,
    max(case when metric = 'change_lead_time' then changes end) as changes,
    max(case when metric = 'change_fail_rate' then n end) as known,
    max(case when metric = 'change_fail_rate' then numerator end) as failures,
    max(case when metric = 'change_fail_rate' then pending end) as pending,
    max(case when metric = 'change_fail_rate' then pending_failed end) as pending_failed,
    max(case when metric = 'change_fail_rate' then unknown end) as unknown
  from reports.site_figure
  where scope_kind = 'team' and period_kind = 'quarter'
  group by scope, period_start
),
owned as (
  select
    q.period_start,
    m.scope as team,
    array_agg(distinct coalesce(s.title, m.service) order by coalesce(s.title, m.service)) as services
  from quarter as q
  join metrics.scope_member as m on m.scope_kind = 'team' and m.member_from < q.period_end and m.member_until > q.period_start
  join model.service as s on s.service = m.service and coalesce(s.retired_at > q.period_start, true)
  group by q.period_start, m.scope
),
incident as (
  select q.period_start, m.scope as team, count(*) as incidents
  from model.incident as i
  join quarter as q on i.started_at >= q.period_start and i.started_at < q.period_end
  join metrics.scope_member as m
    on m.scope_kind = 'team' and m.service = i.service and i.started_at >= m.member_from and i.started_at < m.member_until
  group by q.period_start, m.scope
)
select
  t.team,
  coalesce(t.title, t.team) as title,
  q.quarter,
  q.period_label,
  q.period_start,
  q.period_end,
  q.previous_start,
  q.year_earlier_start,
  q.year_start,
  q.place,
  o.services,
  coalesce(f.deployments, 0)::bigint as deployments,
  coalesce(f.changes, 0)::bigint as changes,
  coalesce(f.known, 0)::bigint as known,
  coalesce(f.failures, 0)::bigint as failures,
  coalesce(f.pending, 0)::bigint as pending,
  coalesce(f.pending_failed, 0)::bigint as pending_failed,
  coalesce(f.unknown, 0)::bigint as unknown,
  coalesce(i.incidents, 0)::bigint as incidents,
  coalesce(f.known, 0) < 6 as is_few
from quarter as q
cross join model.team as t
join owned as o on o.team = t.team and o.period_start = q.period_start
left join figure as f on f.team = t.team and f.period_start = q.period_start
left join incident as i on i.team = t.team and i.period_start = q.period_start
where coalesce(f.deployments, 0) + coalesce(f.changes, 0) + coalesce(i.incidents, 0) > 0
order by title, t.team, q.period_start desc
