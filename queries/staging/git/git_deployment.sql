/*
title: Deployments by tag
description: >
  A release tag is taken for the deployment of its commit to the pattern's environment. It has one instant: when
  the deployment began is not known.
grain: one row per source, repository and release tag
*/
select
  source,
  repository || '/' || tag as id,
  service,
  environment,
  repository,
  sha,
  version,
  cast(null as timestamptz) as started_at,
  released_at as finished_at,
  'success' as status,
  tag
from staging.git_release
where released_at is not null
order by source, id
