select
  '"W' || i || '"' as key,
  json_object('id', 'W' || i, 'kind', 'freeze', 'starts_at', said_at(1674604800 + i * 2592000), 'ends_at', said_at(1674777600 + i * 2592000)) as payload
from range(36) as t(i)
