/*
title: Issues of Jira
description: >
  The kind is what `kinds` says of the issue type, else what its name says, else a task. An issue is resolved when its resolution was set, or, where it is
  done without one, at its last step. It is known by its key, which moves with it; the record by its id.
grain: one row per source and issue
*/
with kind as (
  select s.source, lower(trim(entry.key)) as type, min(entry.value ->> '$') as kind
  from staging.source as s,
    json_each(s.options -> '$.kinds') as entry
  where s.collector = 'jira'
  group by s.source, lower(trim(entry.key))
),
last_step as (
  select source, issue_id, max("at") as "at"
  from staging.jira_step
  group by source, issue_id
),
site as (
  select source, payload ->> '$.baseUrl' as url
  from raw.current
  where stream = 'site'
),
issue as (
  select
    r.source,
    r.key as issue_id,
    r.payload ->> '$.key' as id,
    r.payload -> '$.fields' as fields,
    lower(trim(r.payload ->> '$.fields.issuetype.name')) as type
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira'
  where r.stream = 'issue'
)
select
  i.source,
  i.issue_id,
  i.id,
  i.fields ->> '$.project.key' as project,
  coalesce(
    k.kind,
    case
      when i.type in ('story', 'bug') then i.type
      when i.type in ('change', '[system] change') then 'change_request'
      when i.type in ('incident', '[system] incident') then 'incident'
    end,
    'task'
  ) as kind,
  i.fields ->> '$.summary' as title,
  i.fields ->> '$.status.name' as status,
  i.fields ->> '$.status.statusCategory.key' as status_category,
  v.service,
  staging.instant(i.fields ->> '$.created') as created_at,
  coalesce(
    staging.instant(i.fields ->> '$.resolutiondate'),
    case when (i.fields ->> '$.status.statusCategory.key') = 'done' then l."at" end
  ) as resolved_at,
  coalesce(i.fields ->> '$.assignee.name', i.fields ->> '$.assignee.emailAddress', i.fields ->> '$.assignee.accountId') as assignee,
  coalesce(i.fields ->> '$.reporter.name', i.fields ->> '$.reporter.emailAddress', i.fields ->> '$.reporter.accountId') as reporter,
  i.fields ->> '$.priority.name' as priority,
  try_cast(i.fields -> '$.labels' as varchar[]) as labels,
  staging.day(i.fields ->> '$.duedate') as due_on,
  i.fields -> '$.issuelinks' as links,
  case when site.url is not null then site.url || '/browse/' || i.id end as url
from issue as i
left join kind as k on k.source = i.source and k.type = i.type
left join last_step as l on l.source = i.source and l.issue_id = i.issue_id
left join staging.jira_service as v on v.source = i.source and v.issue_id = i.issue_id and v.choice = 1
left join site on site.source = i.source
order by i.source, i.issue_id
