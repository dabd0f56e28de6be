/*
title: Every item of ServiceNow that something happens to stands for a service
grain: one row per source and item that change requests or incidents name and that stands for no service
rule: A service whose name is in that of the item, or close to it, may be the one that is meant; that is a guess.
*/
with named as (
  select source, item
  from staging.servicenow_incident
  where service is null and not is_cancelled
  union all
  select source, item
  from staging.servicenow_change_request
  where service is null
),
unmapped as (
  select
    i.source,
    i.id,
    i.name,
    regexp_replace(lower(i.name), '[^a-z0-9]', '', 'g') as letters,
    count(*) as rows
  from staging.servicenow_item as i
  join named as n on n.source = i.source and n.item = i.id
  group by i.source, i.id, i.name
),
known as (
  select service, servicenow, regexp_replace(lower(service), '[^a-z0-9]', '', 'g') as letters
  from staging.config_service
),
near as (
  select
    u.source,
    u.id,
    k.service,
    k.servicenow,
    row_number() over (
      partition by u.source, u.id
      order by contains(u.letters, k.letters) desc, levenshtein(u.letters, k.letters), k.service
    ) as choice
  from unmapped as u
  join known as k
    on
      (length(k.letters) > 3 and contains(u.letters, k.letters))
      or (length(u.letters) > 3 and levenshtein(u.letters, k.letters) <= case when length(u.letters) < 8 then 1 else 2 end)
)
select
  u.name || ' (' || u.source || ')' as subject,
  u.rows,
  'Its incidents and change requests are in no figure: it stands for no service.' as effect,
  'Name it under `servicenow` of the service that it stands for.' as remedy,
  ['services', coalesce(n.service, u.name), 'servicenow'] as add_path,
  case
    when len(coalesce(n.servicenow, [])) > 0 then to_json(list_append(n.servicenow, u.name))
    else to_json(u.name)
  end::varchar as add_value
from unmapped as u
left join near as n on n.source = u.source and n.id = u.id and n.choice = 1
order by subject, u.id
