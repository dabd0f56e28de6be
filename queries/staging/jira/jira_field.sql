/*
title: What Jira's fields hold
description: >
  The configuration names a field as Jira's form does, or by its id. A name that several fields have stands for none: the
  collector says so. `body` is the description that every issue has.
grain: one row per source and role of a field
*/
with wanted as (
  select s.source, entry.key as role, lower(trim(entry.value ->> '$')) as name
  from staging.source as s,
    json_each(s.options -> '$.fields') as entry
  where s.collector = 'jira'
),
known as (
  select source, key as field_id, lower(trim(payload ->> '$.name')) as name
  from raw.current
  where stream = 'field' and regexp_full_match(key, '[A-Za-z0-9_.-]+')
),
found as (
  select
    w.source,
    w.role,
    k.field_id,
    lower(k.field_id) = w.name as is_by_id,
    count(*) over (partition by w.source, w.role) as fields
  from wanted as w
  join known as k on k.source = w.source and (k.name = w.name or lower(k.field_id) = w.name)
)
select source, role, field_id
from found
where is_by_id or fields = 1
union all
select source, 'body' as role, 'description' as field_id
from staging.source
where collector = 'jira'
order by source, role
