/*
title: Reviews of GitHub
description: >
  With the commit that was reviewed, read or delivered. Reviews that are not handed in yet are none. Who dismissed one said so for good.
grain: one row per source and review
*/
with polled as (
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
),
review as (
  select
    source, repository, repository_url, change, item.fullDatabaseId as number, item.id as id, lower(item.state) as state,
    item.submittedAt as submitted_at, item.commit.oid as sha, item.author.__typename as author_type, item.author.login as author, 1 as precedence
  from polled
  union all
  select
    d.source, r.repository, r.url as repository_url, d.change, d.number, d.id, d.state,
    d.submitted_at, d.sha, d.author_type, d.author, 2 as precedence
  from staging.github_delivered_review as d
  join staging.github_repository as r on r.source = d.source and r.number = d.repository_number
),
ranked as (
  select
    source, repository, repository_url, change, number, id, state, submitted_at, sha, author_type, author,
    row_number() over (
      partition by source, repository, coalesce(number, id) order by state <> 'dismissed', precedence
    ) as choice
  from review
)
select
  source,
  id,
  change,
  repository,
  coalesce(author, 'ghost') || case when author_type = 'Bot' and not ends_with(author, '[bot]') then '[bot]' else '' end as reviewer,
  state,
  submitted_at,
  sha,
  repository_url || '/pull/' || change || '#pullrequestreview-' || number as url
from ranked
where submitted_at is not null and choice = 1
order by source, id
