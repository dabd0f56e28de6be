/*
title: Services of PagerDuty
description: >
  With the service of quarterdeck.yaml that each stands for: the one that names it under `pagerduty`, by id or name without regard to case, else the one
  of the same name. A service that was deleted is known from its incidents, by the name that they have for it.
grain: one row per source and service of PagerDuty
*/
with listed as (
  select
    source,
    id,
    payload ->> '$.name' as name,
    staging.instant(payload ->> '$.created_at') as created_at,
    payload ->> '$.teams[0].summary' as team,
    payload ->> '$.escalation_policy.summary' as escalation_policy,
    payload ->> '$.html_url' as url
  from staging.pagerduty_record
  where stream = 'service'
),
named as (
  select
    source,
    payload ->> '$.service.id' as id,
    payload ->> '$.service.summary' as name,
    row_number() over (
      partition by source, payload ->> '$.service.id' order by staging.whole(payload ->> '$.incident_number') desc, id
    ) as choice
  from staging.pagerduty_record
  where stream = 'incident'
),
there as (
  select source, id, name, created_at, team, escalation_policy, url, true as is_listed
  from listed
  union all
  select n.source, n.id, n.name, null as created_at, null as team, null as escalation_policy, null as url, false as is_listed
  from named as n
  where n.choice = 1 and not exists (select 1 from listed as l where l.source = n.source and l.id = n.id)
),
wanted as (
  select service, unnest(pagerduty) as written, 1 as precedence
  from staging.config_service
  union all
  select service, service as written, 2 as precedence
  from staging.config_service
  where len(pagerduty) = 0
),
matched as (
  select
    t.source,
    t.id,
    w.service,
    row_number() over (partition by t.source, t.id order by w.precedence, w.service) as choice
  from there as t
  join wanted as w on w.written = t.id or lower(w.written) = lower(t.name)
)
select t.source, t.id, t.name, m.service, t.is_listed, t.created_at, t.team, t.escalation_policy, t.url
from there as t
left join matched as m on m.source = t.source and m.id = t.id and m.choice = 1
order by t.source, t.id
