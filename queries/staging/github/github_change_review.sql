/*
title: Reviews of GitHub
description: With the commit that was reviewed. Reviews that are not handed in yet are none.
grain: one row per source and review
*/
with review as (
  select
    source,
    repository,
    repository_url,
    payload ->> '$.number' as change,
    unnest(
      from_json(
        payload -> '$.reviews.nodes',
        '[{"id":"VARCHAR","state":"VARCHAR","submittedAt":"TIMESTAMPTZ","fullDatabaseId":"VARCHAR","author":{"__typename":"VARCHAR","login":"VARCHAR"},"commit":{"oid":"VARCHAR"}}]'
      )
    ) as item
  from staging.github_record
  where stream = 'pull_request'
)
select
  source,
  item.id as id,
  change,
  repository,
  coalesce(item.author.login, 'ghost')
    || case when item.author.__typename = 'Bot' and not ends_with(item.author.login, '[bot]') then '[bot]' else '' end as reviewer,
  lower(item.state) as state,
  item.submittedAt as submitted_at,
  item.commit.oid as sha,
  repository_url || '/pull/' || change || '#pullrequestreview-' || item.fullDatabaseId as url
from review
where item.submittedAt is not null
order by source, id
