select
  '"PAY-' || ticket || '"' as key,
  json_object(
    'id', 'PAY-' || ticket, 'kind', case chance(ticket, 0, 'kind', 10) when 0 then 'task' when 1 then 'bug' when 2 then 'bug' else 'story' end, 'title', 'Work ' || ticket, 'status', 'Done', 'service', service,
    'created_at', said_at(merged - 600000 - chance(ticket, 0, 'waits', 900000)), 'resolved_at', said_at(merged + 3600), 'assignee', person(rank, ticket, 'assignee'), 'labels', ['planned'],
    'url', 'https://tickets.example/PAY-' || ticket
  ) as payload
from (select ticket, min(rank) as rank, min(service) as service, max(merged) as merged from change group by ticket)
order by ticket
