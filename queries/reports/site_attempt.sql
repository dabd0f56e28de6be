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
)
select
  service,
  position,
  attempts,
  deployment_id,
  environment,
  version,
  started_at,
  status,
  'excluded: ' || excluded_reason as reason,
  url
from numbered
where position <= 50
order by service, position
