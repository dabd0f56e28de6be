/*
title: Identities of PagerDuty
description: Users who did something to an incident, by their id. PagerDuty names them there and does not give their address.
grain: one row per source, login and name
*/
select
  source,
  payload ->> '$.agent.id' as login,
  cast(null as varchar) as account,
  payload ->> '$.agent.email' as email,
  coalesce(payload ->> '$.agent.name', payload ->> '$.agent.summary') as name,
  false as is_bot,
  min(staging.instant(payload ->> '$.created_at')) as first_at,
  max(staging.instant(payload ->> '$.created_at')) as last_at,
  count(*) as records
from staging.pagerduty_record
where
  stream = 'log_entry'
  and (payload ->> '$.agent.type') in ('user', 'user_reference')
  and (payload ->> '$.agent.id') is not null
  and coalesce(staging.instant(payload ->> '$.created_at') < getvariable('as_of'), true)
group by source, login, email, name
order by source, login, email nulls first, name nulls first
