/*
title: Steps of Jira's issues
description: From status to status. Cloud counts milliseconds where it gives the steps of many issues at once; elsewhere it writes the date.
grain: one row per source, issue, entry of its history and change of status in it
*/
with history as (
  select r.source, r.key as issue_id, h.value as entry
  from raw.current as r
  join staging.source as s on s.source = r.source and s.collector = 'jira',
    json_each(r.payload -> '$.changelog.histories') as h
  where r.stream = 'issue'
)
select
  h.source,
  h.issue_id,
  h.entry ->> '$.id' as step_id,
  staging.whole(i.key) as place,
  case
    when json_type(h.entry -> '$.created') = 'VARCHAR' then staging.instant(h.entry ->> '$.created')
    else staging.instant(try(make_timestamptz(staging.whole(h.entry -> '$.created') * 1000)))
  end as "at",
  i.value ->> '$.fromString' as from_status,
  i.value ->> '$.toString' as to_status,
  coalesce(h.entry ->> '$.author.name', h.entry ->> '$.author.emailAddress', h.entry ->> '$.author.accountId') as actor,
  h.entry -> '$.author' as author
from history as h,
  json_each(h.entry -> '$.items') as i
where (i.value ->> '$.field') = 'status'
order by h.source, h.issue_id, "at", step_id, place
