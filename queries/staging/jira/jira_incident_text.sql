/*
title: Descriptions of incidents of Jira
description: What stands in them, and the addresses that words of them lead to.
grain: one row per source, incident and place
*/
with incident as (
  select i.source, i.issue_id, i.id, r.payload -> '$.fields.description' as body
  from staging.jira_issue as i
  join raw.current as r on r.source = i.source and r.stream = 'issue' and r.key = i.issue_id
  where i.kind = 'incident'
),
address as (
  select distinct i.source, i.id, t.value ->> '$' as url
  from incident as i,
    json_tree(i.body) as t
  where json_type(i.body) = 'OBJECT' and t.key = 'href' and t.type = 'VARCHAR' and starts_with(t.value ->> '$', 'http')
)
select i.source, i.id, 'description' as place, v.text
from incident as i
join staging.jira_value as v on v.source = i.source and v.issue_id = i.issue_id and v.role in ('body', 'description')
union
select source, id, 'link' as place, string_agg(url, ' ' order by url) as text
from address
group by source, id
order by source, id, place, text
