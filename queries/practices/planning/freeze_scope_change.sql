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
)
select
  f.service,
  f.starts_at as occurred_at,
  null as value,
  c.merged_at >= f.starts_at as is_hit,
  c.change_id as subject,
  null as cut
from frozen as f
join model.change_service as s on s.service = f.service
join model.change as c
  on c.change_id = s.change_id and c.merged_at >= f.starts_at - interval 30 day and c.merged_at < f.ends_at
where c.excluded_reason is null
order by occurred_at, subject, f.service, f.calendar_window_id
