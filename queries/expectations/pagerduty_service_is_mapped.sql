/*
title: Every service of PagerDuty stands for a service
grain: one row per source and service of PagerDuty that has incidents and stands for none
rule: A service whose name is in that of PagerDuty, or close to it, may be the one that is meant; that is a guess.
*/
with unmapped as (
  select
    v.source,
    v.id,
    v.name,
    regexp_replace(lower(v.name), '[^a-z0-9]', '', 'g') as letters,
    count(*) as rows
  from staging.pagerduty_service as v
  join staging.pagerduty_incident as i on i.source = v.source and i.pagerduty_service = v.id
  where v.service is null
  group by v.source, v.id, v.name
),
known as (
  select service, pagerduty, regexp_replace(lower(service), '[^a-z0-9]', '', 'g') as letters
  from staging.config_service
),
near as (
  select
    u.source,
    u.id,
    k.service,
    k.pagerduty,
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
  'Its incidents are in no figure: it stands for no service.' as effect,
  'Name it under `pagerduty` of the service that it stands for.' as remedy,
  ['services', coalesce(n.service, u.name), 'pagerduty'] as add_path,
  case
    when len(coalesce(n.pagerduty, [])) > 0 then to_json(list_append(n.pagerduty, u.name))
    else to_json(u.name)
  end::varchar as add_value
from unmapped as u
left join near as n on n.source = u.source and n.id = u.id and n.choice = 1
order by subject, u.id
