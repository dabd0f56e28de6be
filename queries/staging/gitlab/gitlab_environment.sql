/*
title: Environments of GitLab
description: With the tier that GitLab gives them. Which of them is production, quarterdeck.yaml says.
grain: one row per source, project and environment
*/
select
  source,
  repository,
  id,
  payload ->> '$.name' as name,
  payload ->> '$.tier' as tier,
  payload ->> '$.state' as state,
  payload ->> '$.external_url' as external_url,
  staging.instant(payload ->> '$.created_at') as created_at,
  project_url || '/-/environments/' || id as url
from staging.gitlab_record
where stream = 'environment'
order by source, repository, name, id
