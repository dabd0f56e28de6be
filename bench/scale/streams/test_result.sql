select
  '"T-' || service || '-' || release || '-' || suite || '"' as key,
  json_object(
    'id', 'T-' || service || '-' || release || '-' || suite, 'service', service, 'sha', sha_of(rank, place), 'suite', suite, 'kind', suite,
    'environment', case when suite = 'smoke' then environment end, 'total', 200, 'failed', case when chance(rank, release, suite, 90) = 0 then 1 else 0 end, 'skipped', 0, 'coverage', 0.8,
    'finished_at', said_at(case when suite = 'smoke' then finished + 300 else started - 5400 end)
  ) as payload
from (
  select *, unnest(['unit', 'acceptance', 'smoke']) as suite
  from deployment
  where is_regulated and environment in ('production', 'production-eu')
)
