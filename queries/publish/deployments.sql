/*
title: Production deployments
grain: "one row per wave: a commit or version of a service brought to production, its copies counted once"
audience: teams
part: service
columns:
  service: Name of the service
  wave_id: Identifier of the deployment
  environment: Environment, or name of its copies together
  version: Version that was deployed
  sha: Commit that was deployed
  started_at: When its first attempt started
  live_at: When its first copy went live
  completed_at: When its last copy was done; figures file it here
  kind: deployment, redeployment or rollback
  failed_wave_id: Deployment that a rollback took out of service
  copies: Copies of the environment
  attempts: Attempts that it took
  changes: Changes that it was the first to bring to production
  train: Release train
  outcome: known, pending or unknown
  is_failure: True where it counts as a change failure
  failure_reasons: Why it counts as a failure
  is_rework: True where it counts as rework
  rework_reasons: Why it counts as rework
  is_withdrawn: True where a rollback removed it together with what failed
  deployer: Who deployed, as people are published
  url: Page in the source
*/
with carried as (
  select wave_id, count(*) as changes
  from model.wave_change
  where not is_before_history
  group by wave_id
),
withdrawn as (
  select distinct wave_id
  from model.withdrawn_wave
)
select
  w.service,
  w.wave_id,
  w.environment,
  w.version,
  w.sha,
  w.started_at,
  w.live_at,
  w.completed_at,
  w.kind,
  w.failed_wave_id,
  w.copies,
  w.attempts,
  coalesce(c.changes, 0) as changes,
  w.train,
  o.outcome,
  o.is_failure,
  o.failure_reasons,
  o.is_rework,
  o.rework_reasons,
  d.wave_id is not null as is_withdrawn,
  a.shown_as as deployer,
  w.url
from model.wave as w
join metrics.wave_outcome as o on o.wave_id = w.wave_id
left join carried as c on c.wave_id = w.wave_id
left join withdrawn as d on d.wave_id = w.wave_id
left join model.actor as a on a.login = w.deployer
order by w.service, w.live_at, w.wave_id
