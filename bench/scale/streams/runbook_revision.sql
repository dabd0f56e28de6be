select
  '"B-' || service || '-' || release || '"' as key,
  json_object('id', 'B-' || service || '-' || release, 'service', service, 'revised_at', said_at(started + 72000), 'author', person(rank, release, 'author')) as payload
from deployment
where is_regulated and environment = 'staging' and release % 20 = 0
