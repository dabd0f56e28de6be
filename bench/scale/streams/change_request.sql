select
  '"CHG-' || service || '-' || release || '"' as key,
  json_object(
    'id', 'CHG-' || service || '-' || release, 'title', 'Deploy ' || service || ' ' || release, 'type', case when chance(rank, release, 'type', 40) = 0 then 'emergency' else 'normal' end,
    'risk', case chance(rank, release, 'risk', 3) when 0 then 'high' else 'low' end, 'service', service, 'created_at', said_at(started - 172800), 'planned_start', said_at(started - 3600),
    'planned_end', said_at(started + 10800), 'rollback_plan', 'Deploy the previous version', 'test_plan', 'All suites', 'requested_by', person(rank, release, 'requester'), 'description', 'As said',
    'reason', 'Asked for', 'impact', 'None', 'owner', person(rank, release, 'owner'), 'status', 'implemented', 'closed_at', said_at(started + 86400)
  ) as payload
from deployment
where is_regulated and environment in ('production', 'production-eu')
