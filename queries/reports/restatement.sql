/*
title: Restatements
grain: one row per published figure and publication that moved it
description: >
  What earlier builds recorded, and what this one moves, newest first. Old is what the publication before said, new what this one says.
*/
with explained as (
  select
    metric, scope_kind, scope, period_kind, period_start,
    list_sort(list_distinct(array_agg(kind))) as kinds,
    array_agg(reason order by place, reason) as reasons
  from reports.restatement_reason
  group by metric, scope_kind, scope, period_kind, period_start
),
present as (
  select
    p.publication, p.base_publication as from_publication,
    m.metric, m.scope_kind, m.scope, m.period_kind, m.period_start, m.period_end, m.period_label, m.unit,
    m.old_basis, m.old_value, m.old_n, m.old_status, m.new_basis, m.new_value, m.new_n, m.new_status, e.kinds, e.reasons
  from reports.moved_figure as m
  cross join reports.publication as p
  join explained as e
    on
      e.metric = m.metric and e.scope_kind = m.scope_kind and e.scope = m.scope
      and e.period_kind = m.period_kind and e.period_start = m.period_start
),
recorded as (
  select
    r.publication, r.from_publication,
    r.metric, r.scope_kind, r.scope, r.period_kind, r.period_start, r.period_end, r.period_label, r.unit,
    r.old_basis, r.old_value, r.old_n, r.old_status, r.new_basis, r.new_value, r.new_n, r.new_status, r.kinds, r.reasons
  from raw.restatement as r
  join reports.publication as p on r.publication <= p.base_publication
),
every as (
  select * from recorded
  union all
  select * from present
)
select
  e.publication, e.from_publication, s.as_of, s.from_as_of,
  e.metric, e.scope_kind, e.scope, e.period_kind, e.period_start, e.period_end, e.period_label, e.unit,
  e.old_basis, e.old_value, e.old_n, e.old_status, e.new_basis, e.new_value, e.new_n, e.new_status, e.kinds, e.reasons
from every as e
join reports.publication_step as s on s.publication = e.publication
order by
  e.publication desc,
  case e.scope_kind when 'organisation' then 1 when 'team' then 2 else 3 end,
  e.scope,
  case e.period_kind when 'year' then 1 when 'quarter' then 2 when 'month' then 3 else 4 end,
  e.period_start desc,
  e.metric
