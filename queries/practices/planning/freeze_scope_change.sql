/*
measure: freeze_scope_change
title: Scope changed after a freeze
question: How much is still merged once a freeze has begun?
rule: >
  Changes merged from thirty days before a freeze to its end, one fact per change, service and freeze that covers the service or the team that owned it then; a hit where it was
  merged when the freeze had begun. Filed by the beginning of the freeze.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [change, calendar_window]
connect: a calendar of freezes and a source of changes would bring them
fact: change around a freeze
facts: changes around a freeze
*/
with frozen as (
  select distinct w.calendar_window_id, m.service, w.starts_at, w.ends_at
  from model.calendar_window as w
  join metrics.scope_member as m
    on
      m.scope_kind <> 'organisation' and w.scope = m.scope and w.starts_at >= m.member_from and w.starts_at < m.member_until
      or w.scope is null and m.scope_kind = 'service'
  where w.kind = 'freeze' and w.ends_at > w.starts_at
),
frozen_month as (
  select
    calendar_window_id, service, starts_at, ends_at,
    unnest(generate_series(date_trunc('month', timezone('UTC', starts_at - interval 30 day)), timezone('UTC', least(ends_at, getvariable('as_of')::timestamptz)), interval 1 month)) as month
  from frozen
),
-- grouped first: a join of all changes with all freezes is what the engine may else choose
merged as (
  select s.service, c.change_id, max(c.merged_at) as merged_at, date_trunc('month', timezone('UTC', max(c.merged_at))) as month
  from model.change as c
  join model.change_service as s on s.change_id = c.change_id
  where c.merged_at is not null and c.excluded_reason is null
  group by s.service, c.change_id
)
select
  f.service,
  f.starts_at as occurred_at,
  null as value,
  c.merged_at >= f.starts_at as is_hit,
  c.change_id as subject,
  null as cut
from frozen_month as f
join merged as c
  on c.service = f.service and c.month = f.month and c.merged_at >= f.starts_at - interval 30 day and c.merged_at < f.ends_at
order by occurred_at, subject, f.service, f.calendar_window_id
