/*
title: Records that are held, by class
grain: one row per class of record, where it is held, service and month
description: >
  What an archive holds, and what is collected here of kinds that retention policies name. Classes are written small, with blanks. An archived record that was disposed of is not held.
*/
with collected as (
  select 'deployment' as kind, source as system, service, coalesce(started_at, finished_at) as recorded_at
  from model.reported_deployment
  union all
  select 'change request', source, service, coalesce(created_at, planned_start, closed_at)
  from model.change_request
  union all
  select 'incident', source, service, started_at
  from model.incident
  union all
  select 'test', split_part(test_result_id, ':', 1), service, finished_at
  from model.test_result
  union all
  select 'approval', r.source, r.service, a.decided_at
  from model.change_request_approval as a
  join model.change_request as r on r.change_request_id = a.change_request_id
),
word (kind, record_class) as (
  values
  ('deployment', 'deployment'), ('deployment', 'deployment log'), ('deployment', 'deployment record'),
  ('change request', 'change request'), ('change request', 'change record'), ('change request', 'change ticket'),
  ('approval', 'approval'), ('approval', 'change approval'), ('incident', 'incident'), ('incident', 'incident record'),
  ('test', 'test evidence'), ('test', 'test result')
),
monthly as (
  select
    kind,
    system,
    service,
    strftime(timezone(getvariable('time_zone'), recorded_at), '%Y-%m') as month,
    min(recorded_at) as oldest_at,
    count(*) as records
  from collected
  where recorded_at is not null
  group by 1, 2, 3, 4
),
archived as (
  select
    replace(lower(trim(record_class)), '_', ' ') as record_class,
    system,
    service,
    coalesce(strftime(timezone(getvariable('time_zone'), recorded_at), '%Y-%m'), subject) as month,
    min(recorded_at) as oldest_at,
    count(*) as records
  from model.archived_record
  where disposed_at is null or disposed_at >= getvariable('as_of')
  group by 1, 2, 3, 4
)
select w.record_class, m.system, m.service, m.month, m.oldest_at, m.records
from monthly as m
join word as w on w.kind = m.kind
union all
select record_class, system, service, month, oldest_at, records
from archived
order by record_class, system, service, month, oldest_at, records
