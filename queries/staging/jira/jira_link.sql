/*
title: Links between Jira's issues
description: As one issue says it of another, such as "is caused by".
grain: one row per source, issue and link
*/
with link as (
  select
    i.source,
    i.issue_id,
    l.value ->> '$.id' as link_id,
    lower(case when (l.value -> '$.inwardIssue') is null then l.value ->> '$.type.outward' else l.value ->> '$.type.inward' end) as relation,
    coalesce(l.value ->> '$.inwardIssue.id', l.value ->> '$.outwardIssue.id') as other_id,
    coalesce(l.value ->> '$.inwardIssue.key', l.value ->> '$.outwardIssue.key') as other_key
  from staging.jira_issue as i,
    json_each(i.links) as l
)
select
  l.source,
  l.issue_id,
  l.link_id,
  l.relation,
  l.other_id,
  coalesce(o.id, l.other_key) as other,
  o.kind as other_kind
from link as l
left join staging.jira_issue as o on o.source = l.source and o.issue_id = l.other_id
order by l.source, l.issue_id, l.link_id
