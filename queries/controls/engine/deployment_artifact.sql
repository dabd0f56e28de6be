/*
title: Artifacts of deployments
grain: one row per deployment and artifact
rule: >
  The one whose digest the deployment gives as what it deployed; one built from the commit deployed; one with the version deployed, unless it is known to be built from
  another commit
description: "`how` is digest, commit or version: the first that ties them. Deployments into every environment."
version: 1
*/
with artifact as (
  select artifact_id, service, version, lower(digest) as digest, lower(sha) as sha
  from model.artifact
),
deployed as (
  select deployment_id, service, version, lower(sha) as sha
  from model.deployment
),
tied as (
  select d.deployment_id, a.artifact_id, a.digest, 1 as rank
  from deployed as d
  join artifact as a on a.digest = lower(d.version)
  union all
  select d.deployment_id, a.artifact_id, a.digest, 2 as rank
  from deployed as d
  join artifact as a on a.sha = d.sha
  where a.service is null or a.service = d.service
  union all
  select d.deployment_id, a.artifact_id, a.digest, 3 as rank
  from deployed as d
  join artifact as a on a.service = d.service and a.version = d.version
  where a.sha is null or d.sha is null or a.sha = d.sha
)
select deployment_id, artifact_id, min(digest) as digest, case min(rank) when 1 then 'digest' when 2 then 'commit' else 'version' end as how
from tied
group by deployment_id, artifact_id
order by deployment_id, artifact_id
