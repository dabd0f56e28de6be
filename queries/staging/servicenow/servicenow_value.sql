/*
title: What records of ServiceNow say
description: >
  By the fields that the configuration names. `value` is what ServiceNow keeps, `display` what people see, "at" the instant where it is one. The lowest
  `position` counts. What is empty is left out.
grain: one row per source, stream, record, what is said and field
*/
with kind(stream, section) as (
  values
    ('change_request', 'change_request'),
    ('incident', 'incident'),
    ('sysapproval_approver', 'approval'),
    ('cmdb_ci', 'configuration_item'),
    ('cmdb_rel_ci', 'relation')
),
section as (
  select s.source, k.stream, s.options -> k.section -> 'fields' as fields
  from staging.source as s
  cross join kind as k
  where s.collector = 'servicenow'
),
wanted as (
  select n.source, n.stream, entry.key as what, from_json(entry.value, '["VARCHAR"]') as fields
  from section as n, json_each(n.fields) as entry
),
field as (
  select source, stream, what, unnest(fields) as field, generate_subscripts(fields, 1) as position
  from wanted
),
said as (
  select
    r.source,
    r.stream,
    r.id,
    r.updated_at,
    f.what,
    f.position,
    f.field,
    nullif(r.payload ->> ('$."' || f.field || '".value'), '') as value,
    nullif(r.payload ->> ('$."' || f.field || '".display_value'), '') as display
  from staging.servicenow_record as r
  join field as f on f.source = r.source and f.stream = r.stream
)
select
  source,
  stream,
  id,
  updated_at,
  what,
  position::bigint as position,
  field,
  value,
  coalesce(display, value) as display,
  -- Words such as infinity are times to the database, and years of five digits break what is computed with them.
  case when regexp_matches(value, '^\d{4}-') then timezone('UTC', staging.clock(value)) end as "at"
from said
where value is not null
order by source, stream, id, what, position
