/*
title: Attempts that do not count, on pages
grain: one row per production attempt that never went live or is excluded by configuration, the fifty newest of each service
*/
with numbered as (
  select service, deployment_id, environment, version, started_at, status, excluded_reason, url,
    row_number() over (partition by service order by started_at desc nulls last, deployment_id) as position,
    count(*) over (partition by service) as attempts
  from model.deployment
  where environment_kind = 'production' and (live_at is null or excluded_reason is not null)
),
again as (
  select service, count(*) as retried
  from reports.site_deployment_attempt
  where then_wave_id is not null
  group by service
),
everything as (
  select service, count(*) as attempts
  from model.deployment
  where environment_kind = 'production'
  group by service
)
select
  n.service,
  n.position,
  n.attempts,
  coalesce(r.retried, 0) as retried,
  e.attempts as attempts_in_all,
  n.deployment_id,
  p.month,
  n.environment,
  n.version,
  n.started_at,
  n.status,
  'excluded: ' || n.excluded_reason as reason,
  n.url
from numbered as n
join everything as e on e.service = n.service
left join again as r on r.service = n.service
left join reports.site_deployment_attempt as p on p.deployment_id = n.deployment_id
where n.position <= 50
order by n.service, n.position
