/*
title: Actions from files
description: What a retrospective decided.
grain: one row per source and id
*/
with record as (
  select
    r.source,
    from_json(
      r.payload,
      '{
        "id": "VARCHAR", "title": "VARCHAR", "owner": "VARCHAR", "owner_role": "VARCHAR", "team": "VARCHAR", "due_on": "VARCHAR",
        "status": "VARCHAR", "closed_on": "VARCHAR", "service": "VARCHAR", "review": "VARCHAR", "metric": "VARCHAR", "direction": "VARCHAR",
        "target": "VARCHAR", "quarter": "VARCHAR", "decided_on": "VARCHAR"
      }'
    ) as said
  from raw.current as r
  join staging.source as s on s.source = r.source
  where s.collector = 'files' and r.stream = 'action'
)
select
  source,
  said.id as id,
  said.title as title,
  said.owner as owner,
  said.owner_role as owner_role,
  said.team as team,
  staging.day(said.due_on) as due_on,
  said.status as status,
  staging.day(said.closed_on) as closed_on,
  said.service as service,
  said.review as review,
  said.metric as metric,
  said.direction as direction,
  staging.number(said.target) as target,
  case when regexp_full_match(said.quarter, '\d{4}-Q[1-4]') then said.quarter end as quarter,
  staging.day(said.decided_on) as decided_on
from record
order by source, id
