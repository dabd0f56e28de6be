/*
title: History of Jira's tickets and change requests
grain: one row per source and ticket, at and to_status
*/
select
  s.source,
  i.id as ticket,
  s."at",
  arg_min(s.from_status, struct_pack(step := s.step_id, place := s.place)) as from_status,
  s.to_status,
  arg_min(s.actor, struct_pack(step := s.step_id, place := s.place)) as actor
from staging.jira_step as s
join staging.jira_issue as i on i.source = s.source and i.issue_id = s.issue_id
where i.kind <> 'incident'
group by s.source, i.id, s."at", s.to_status
order by s.source, ticket, s."at", s.to_status
