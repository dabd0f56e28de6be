select
  '"R-' || service || '-' || place || '"' as key,
  json_object(
    'id', 'R-' || service || '-' || place, 'repository', service, 'change', place::varchar, 'reviewer', person(rank, place, 'reviewer'), 'state', 'approved', 'submitted_at', said_at(merged - 1800),
    'sha', sha_of(rank, place)
  ) as payload
from change
where is_regulated
