/*
measure: fail_rate_by_type
title: Fail rate by type of request
question: Does what went through more approval fail less often?
rule: >
  Production deployments whose outcome is known, by the type of the change request that they name: emergency before normal before standard where they name several, and "no request" where none; a
  hit where it is a change failure, as in change fail rate.
version: 1
unit: ratio
statistic: share
better: lower
made_from: [deployment, incident, change_request]
connect: deployments that name change requests, and a source of incidents, would bring them
fact: production deployment
facts: production deployments
cut: type of change request
*/
with typed as (
  select
    w.wave_id,
    min(case q.type when 'emergency' then 1 when 'normal' then 2 when 'standard' then 3 end) as rank,
    count(q.change_request_id) as requests
  from model.wave_deployment as w
  left join model.deployment_request as n on n.deployment_id = w.deployment_id
  left join model.change_request as q on q.change_request_id = n.change_request_id
  group by w.wave_id
)
select
  o.service,
  o.filed_at as occurred_at,
  null as value,
  o.is_failure as is_hit,
  o.wave_id as subject,
  case when t.rank = 1 then 'emergency' when t.rank = 2 then 'normal' when t.rank = 3 then 'standard' when t.requests > 0 then 'not known' else 'no request' end as cut
from metrics.wave_outcome as o
join typed as t on t.wave_id = o.wave_id
where o.outcome = 'known' and exists (select 1 from model.change_request)
order by occurred_at, subject
