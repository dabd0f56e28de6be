select
  '["' || service || '","' || place || '"]' as key,
  json_object(
    'repository', service, 'sha', sha_of(rank, place), 'parents', case when place = 0 then [] else [sha_of(rank, place - 1)] end,
    'authored_at', said_at(merged - 30), 'committed_at', said_at(merged), 'author', person(rank, place, 'author'), 'subject', 'Change ' || place || ' of ' || service || ' (#' || (place + 1) || ')'
  ) as payload
from change
