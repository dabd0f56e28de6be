/*
title: Evidence from GitLab
description: >
  `release_evidence`: the snapshot of a release that GitLab took, with the digest by which it can be told whether it was changed since. Its
  subject is the commit of the release.
grain: one row per source and id
*/
with snapshot as (
  select
    r.source,
    r.project,
    r.repository,
    r.project_url,
    r.id as tag,
    r.payload ->> '$.commit.id' as sha,
    unnest(from_json(r.payload -> '$.evidences', '[{"sha":"VARCHAR","filepath":"VARCHAR","collected_at":"VARCHAR"}]')) as item
  from staging.gitlab_record as r
  where r.stream = 'release'
)
select
  e.source,
  'release_evidence ' || e.project || ':' || e.tag || ' ' || e.item.sha as id,
  'release_evidence' as kind,
  e.sha as subject,
  s.service,
  staging.instant(e.item.collected_at) as "at",
  cast(null as varchar) as actor,
  'collected' as outcome,
  e.item.filepath as url,
  cast(json_object('repository', e.repository, 'tag', e.tag, 'digest', e.item.sha) as json) as attributes
from snapshot as e
left join staging.gitlab_release as s on s.source = e.source and s.repository = e.repository and s.tag = e.tag
where e.item.sha is not null
order by e.source, id
