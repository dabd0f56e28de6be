select
  '["' || service || '","main"]' as key,
  json_object('repository', service, 'name', 'main', 'kind', 'main', 'sha', sha_of(rank, changes - 1)) as payload
from service
where changes > 0
