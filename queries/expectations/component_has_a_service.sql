/*
title: Every component of Jira is a service
grain: one row per source and component, or value of the field for services, of issues of which no other one names a service
*/
select
  s.source || ': ' || s.name as subject,
  count(*) as rows,
  'No service is known of these issues: their incidents and change requests are in no figure.' as effect,
  'Name the service that is meant.' as remedy,
  ['sources', s.source, 'services', s.name] as add_path,
  to_json(regexp_replace(lower(s.name), '[^a-z0-9]+', '-', 'g'))::varchar as add_value
from staging.jira_service as s
where s.choice = 1 and s.service is null
group by s.source, s.name
order by subject
