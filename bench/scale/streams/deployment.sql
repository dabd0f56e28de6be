select
  '["' || service || '-' || number || '",1]' as key,
  json_object(
    'id', service || '-' || number, 'service', service, 'environment', environment, 'sha', sha_of(rank, place), 'version', case when rank % 10 = 0 then '1.' || release || '.0' end,
    'started_at', said_at(started), 'finished_at', said_at(finished), 'status', status, 'deployer', person(rank, release, 'deployer'), 'pipeline_run', service || '/' || number,
    'train', case when chance(rank, release, 'train', 10) = 0 then 'train ' || (started // 604800) end,
    'change_requests', case when is_regulated then ['CHG-' || service || '-' || release] else [] end, 'url', 'https://ci.example/' || service || '/' || number
  ) as payload
from deployment
