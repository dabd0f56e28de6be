/*
title: Deployments in dossiers
grain: one row per dossier and production deployment that it is about
version: 1
*/
with owner as (
  select a.unit, a.deployment_id, list_sort(list(distinct o.team)) as teams
  from dossier_attempt as a
  join controls.production_deployment as d on d.deployment_id = a.deployment_id
  join model.ownership as o on o.service = d.service and d.occurred_at >= o.owned_from and d.occurred_at < o.owned_until
  group by a.unit, a.deployment_id
)
select
  a.unit,
  d.deployment_id,
  d.service,
  coalesce(s.title, d.service) as service_title,
  coalesce(o.teams, []) as teams,
  d.environment,
  d.occurred_at,
  d.finished_at,
  d.live_at,
  d.status,
  d.version,
  d.sha,
  d.branch,
  case when d.deployer is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as deployer,
  d.pipeline_run,
  t.workflow,
  t.trigger,
  case when t.login is null then 'not recorded' else coalesce(x.shown_as, 'withheld') end as triggered_by,
  d.train,
  d.labels,
  v.kind as wave_kind,
  u.outcome,
  coalesce(u.is_failure, false) as is_failure,
  coalesce(u.failure_words, []) as failure_words,
  f.restored_at,
  coalesce(f.is_open, false) as is_open,
  i.approvals,
  i.others,
  i.bystanders,
  d.url
from dossier_attempt as a
join controls.production_deployment as d on d.deployment_id = a.deployment_id
left join model.service as s on s.service = d.service
left join owner as o on o.unit = a.unit and o.deployment_id = a.deployment_id
left join controls.deployment_trigger as t on t.deployment_id = d.deployment_id
left join controls.deployment_independence as i on i.deployment_id = d.deployment_id
left join model.wave as v on v.wave_id = d.wave_id
left join metrics.wave_outcome as u on u.wave_id = d.wave_id
left join metrics.recovery_fact as f on f.wave_id = d.wave_id
left join model.actor as w on w.login = d.deployer
left join model.actor as x on x.login = t.login
order by a.unit, d.occurred_at, d.deployment_id
