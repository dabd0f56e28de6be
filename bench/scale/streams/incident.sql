select
  '"INC-' || incident || '"' as key,
  json_object(
    'id', 'INC-' || incident, 'service', service, 'title', 'Errors of ' || service, 'severity', 'sev' || (1 + chance(rank, number, 'severity', 4)),
    'classification', case chance(rank, number, 'class', 10) when 0 then 'provider' when 1 then null else 'bug' end,
    'started_at', said_at(started), 'detected_at', said_at(started + 60 + chance(rank, number, 'detect', 900)),
    'acknowledged_at', said_at(started + 1000 + chance(rank, number, 'detect', 900)), 'mitigated_at', said_at(started + 2000 + chance(rank, number, 'mitigate', 9000)),
    'resolved_at', said_at(started + 12000 + chance(rank, number, 'resolve', 90000)),
    'caused_by', case when chance(rank, number, 'said', 100) < 15 then [service || '-' || number] else [] end,
    'description', 'Seen 5 times since 1.' || release || '.0, see #' || chance(rank, number, 'mentioned', 6000) || ' and PAY-' || chance(rank, number, 'ticket', getvariable('tickets')) || '. ' || repeat('Nothing else at 10:41. ', 20),
    'url', 'https://incidents.example/' || incident
  ) as payload
from incident
