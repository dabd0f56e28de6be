/*
title: Checks of commits on GitHub
description: >
  What apps found in commits that were merged or deployed, Actions' own jobs among them: the latest run of each check. Read where `checks` says so.
grain: one row per source and check run
*/
with checked as (
  select
    source,
    repository,
    repository_url,
    payload ->> '$.oid' as sha,
    unnest(
      from_json(
        payload -> '$.statusCheckRollup.contexts.nodes',
        '[{"id":"VARCHAR","databaseId":"VARCHAR","name":"VARCHAR","title":"VARCHAR","status":"VARCHAR","conclusion":"VARCHAR",
          "startedAt":"TIMESTAMPTZ","completedAt":"TIMESTAMPTZ","checkSuite":{"app":{"slug":"VARCHAR"}}}]'
      )
    ) as item
  from staging.github_record
  where stream = 'check_run'
)
select
  source,
  item.id as id,
  repository,
  sha,
  item.checkSuite.app.slug as app,
  item.name as name,
  item.title as title,
  lower(item.status) as status,
  lower(item.conclusion) as conclusion,
  item.startedAt as started_at,
  item.completedAt as finished_at,
  repository_url || '/runs/' || item.databaseId as url
from checked
where item.id is not null
order by source, id
