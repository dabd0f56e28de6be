/*
title: An incident source covers every deployment
grain: one row per service with deployments of unknown outcome
*/
select
  service as subject,
  count(*) as rows,
  'Whether these deployments failed is unknown.' as effect,
  'Connect an incident source, assert completeness, or set metrics.failure_signal.' as remedy,
  ['sources', 'incidents'] as add_path,
  json_object(
    'collector', 'files',
    'files', [json_object('path', 'data/incidents.csv', 'entity', 'incident')],
    'complete', [json_object('entity', 'incident', 'services', [service], 'asserted_by', 'who says so')]
  )::varchar as add_value
from metrics.wave_outcome
where outcome = 'unknown'
group by service
order by service
