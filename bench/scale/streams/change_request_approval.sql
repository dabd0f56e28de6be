select
  '"A-' || service || '-' || release || '-' || turn || '"' as key,
  json_object(
    'id', 'A-' || service || '-' || release || '-' || turn, 'change_request', 'CHG-' || service || '-' || release, 'approver', person(rank, release * 2 + turn, 'approver'), 'role', 'peer', 'decision', 'approved',
    'decided_at', said_at(started - case when chance(rank, release, 'late', 100) = turn then -3600 else 3600 end)
  ) as payload
from (
  select *, unnest(range(1 + chance(rank, release, 'approvals', 2))) as turn
  from deployment
  where is_regulated and environment in ('production', 'production-eu')
)
