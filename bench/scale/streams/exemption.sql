select
  '"X' || i || '"' as key,
  json_object(
    'id', 'X' || i, 'control', ['WIN-01', 'AUT-01', 'TST-02'][1 + i % 3], 'scope', 's' || (i % getvariable('services')), 'requested_by', 'dev1', 'approver', 'dev2', 'reason', 'Asked for', 'compensating_control', 'Watched',
    'valid_from', said_at(1672531200 + i * 86400), 'valid_until', said_at(1677628800 + i * 86400)
  ) as payload
from range(1000) as t(i)
