select
  '["PAY-' || ticket || '","' || said_at(second) || '","' || to_status || '"]' as key,
  json_object('ticket', 'PAY-' || ticket, 'at', said_at(second), 'from_status', from_status, 'to_status', to_status, 'actor', person(rank, ticket, 'assignee')) as payload
from (
  select ticket, rank, merged - 300000 - chance(ticket, 0, 'waits', 900000) // 3 as second, 'To do' as from_status, 'In progress' as to_status
  from (select ticket, min(rank) as rank, max(merged) as merged from change group by ticket)
  union all
  select ticket, rank, merged + 3600, 'In progress', 'Done'
  from (select ticket, min(rank) as rank, max(merged) as merged from change group by ticket)
)
order by ticket, second
