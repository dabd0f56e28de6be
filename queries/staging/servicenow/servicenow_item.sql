/*
title: Configuration items of ServiceNow
description: >
  With the service of quarterdeck.yaml that each stands for: the one that names it under `servicenow`, by sys_id or name without regard to case, else
  the one of the same name. Items that were not read, or are gone, are known by the records that name them.
grain: one row per source and item
*/
with listed as (
  select
    r.source,
    r.id,
    min(v.display) filter (where v.what = 'name' and v.position = 1) as name,
    r.payload ->> '$.sys_class_name.value' as class,
    r.created_at
  from staging.servicenow_record as r
  left join staging.servicenow_value as v on v.source = r.source and v.stream = r.stream and v.id = r.id
  where r.stream = 'cmdb_ci'
  group by r.source, r.id, r.payload, r.created_at
),
named as (
  select
    source,
    value as id,
    display as name,
    row_number() over (partition by source, value order by updated_at desc, stream, id, position) as choice
  from staging.servicenow_value
  where what = 'service'
),
there as (
  select source, id, name, class, created_at, true as is_listed
  from listed
  union all
  select n.source, n.id, n.name, null as class, null as created_at, false as is_listed
  from named as n
  where n.choice = 1 and not exists (select 1 from listed as l where l.source = n.source and l.id = n.id)
),
wanted as (
  select service, unnest(servicenow) as written, 1 as precedence
  from staging.config_service
  union all
  select service, service as written, 2 as precedence
  from staging.config_service
  where len(servicenow) = 0
),
matched as (
  select
    t.source,
    t.id,
    w.service,
    w.precedence,
    row_number() over (partition by t.source, t.id order by w.precedence, w.service) as choice
  from there as t
  join wanted as w on w.written = t.id or lower(w.written) = lower(t.name)
)
select
  t.source,
  t.id,
  t.name,
  t.class,
  m.service,
  coalesce(m.precedence = 1, false) as is_configured,
  t.is_listed,
  t.created_at
from there as t
left join matched as m on m.source = t.source and m.id = t.id and m.choice = 1
order by t.source, t.id
