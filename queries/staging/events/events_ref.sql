/*
title: Branches from events
description: The standard does not say which commit a branch points to; one of which no event states it is only evidence. A deleted branch is none.
grain: one row per source and repository and name
*/
with said as (
  select
    source,
    event_key,
    predicate,
    "at",
    coalesce(stated ->> '$.ref.repository', repository) as repository,
    coalesce(stated ->> '$.ref.name', subject_id) as name,
    coalesce(stated ->> '$.ref.kind', 'branch') as kind,
    coalesce(stated ->> '$.ref.sha', sha) as sha,
    staging.instant(stated ->> '$.ref.tagged_at') as tagged_at
  from staging.events_event
  where subject_type = 'branch' and predicate in ('created', 'deleted')
),
ranked as (
  select
    source, predicate, repository, name, kind, sha, tagged_at,
    row_number() over (partition by source, repository, name order by "at" desc, event_key desc) as choice
  from said
)
select source, repository, name, kind, sha, tagged_at
from ranked
where choice = 1 and predicate = 'created' and repository is not null and sha is not null
order by source, repository, name
