/*
title: Patterns that recent and upcoming deployments carry
grain: one row per production wave of the last 30 days, change request planned after as-of, or service with changes that wait; and pattern found that it carries
rule: >
  A yes, the category, or a number in the quarter that fails most. A pattern of the service takes the place of the same one of the organisation, so that none
  counts twice
version: 1
description: >
  `times` is the relative risk within services; where one side has no failure the end of the interval that is nearer to 1, for nobody knows more. Below 1
  lowers the sum.
*/
with subject as (
  select 'deployment' as subject_kind, wave_id as subject, service, live_at as happens_at
  from model.wave
  where kind <> 'rollback' and live_at >= getvariable('as_of') - interval 30 day
  union all
  select 'change_request' as subject_kind, 'request ' || change_request_id as subject, service, planned_start as happens_at
  from model.change_request
  where planned_start >= getvariable('as_of') and (closed_at is null or closed_at >= getvariable('as_of'))
  union all
  select distinct 'next_deployment' as subject_kind, subject, service, null::timestamptz as happens_at
  from correlation.carried_change
  where starts_with(subject, 'next of ')
),
place as (
  select scope_kind, scope, case when scope_kind = 'service' then scope end as service
  from correlation.scope_half
),
edge as (
  select scope_kind, scope, attribute, quarter, quarters, lowest, highest
  from correlation.number_quarter
  where quarter in (1, quarters)
),
found as (
  select
    p.scope_kind, l.service, p.attribute, p.level, p.kind, p.title, p.direction, p.shown_as,
    case
      when p.adjusted_risk > 0 then p.adjusted_risk
      when p.direction = 'more' then greatest(p.risk_low, 1)
      else least(p.risk_high, 1)
    end as times,
    e.lowest,
    e.highest
  from correlation.risk_pattern as p
  join place as l on l.scope_kind = p.scope_kind and (p.scope_kind = 'organisation' or l.scope = p.scope)
  left join edge as e
    on
      e.scope_kind = l.scope_kind
      and e.scope = l.scope
      and e.attribute = p.attribute
      and e.quarter = case when p.direction = 'more' then e.quarters else 1 end
  where p.verdict = 'found'
),
carried as (
  select
    s.subject_kind, s.subject, s.service, s.happens_at, f.scope_kind, f.attribute, f.level, f.kind, f.title, f.direction, f.shown_as, a.number,
    case when f.kind = 'number' and f.direction = 'fewer' then 1 / f.times else f.times end as times,
    row_number() over (partition by s.subject, f.attribute, f.level order by f.scope_kind desc) as choice
  from subject as s
  join correlation.deployment_attribute as a on a.subject = s.subject
  join found as f
    on
      f.attribute = a.attribute
      and (f.service is null or f.service = s.service)
      and case f.kind
        when 'flag' then a.flag
        when 'category' then a.category = f.level
        -- beyond the edge counts too: what is yet to be deployed may be larger than anything before
        when 'number' then case when f.direction = 'more' then a.number >= f.lowest else a.number <= f.highest end
      end
)
select
  s.subject_kind,
  s.subject,
  s.service,
  s.happens_at,
  c.scope_kind,
  c.attribute,
  c.level,
  c.times,
  ln(c.times) as log_times,
  c.title
  || case c.kind when 'category' then ' ' || c.level when 'number' then ' ' || format('{:,}', c.number::bigint) else '' end
  || case when c.scope_kind = 'service' then ' (in ' || c.shown_as || ')' else '' end
  || ': ' || format('{:.1f}', c.times) || ' times' as words
from subject as s
left join carried as c on c.subject_kind = s.subject_kind and c.subject = s.subject and c.choice = 1
order by s.subject_kind, s.subject, c.attribute, c.level
