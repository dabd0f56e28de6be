/*
title: "Attribute of deployments: emergency"
grain: one row per production wave, and per change request planned after as-of, of which it is known
description: >
  Its change request or its release says emergency, or a label or branch states unplanned work (`metrics.rework_labels`, `metrics.rework_branches`). No
  where a change request or release is of another kind; unknown where neither says a kind.
*/
with deployment_label as (
  select w.wave_id, lower(unnest(d.labels)) as label
  from model.wave_deployment as w
  join model.reported_deployment as d on d.deployment_id = w.deployment_id
),
told as (
  select 'request ' || change_request_id as wave_id, type = 'emergency' as is_emergency
  from model.change_request
  where planned_start >= getvariable('as_of')
  union all
  select w.wave_id, q.type = 'emergency' as is_emergency
  from model.wave_deployment as w
  join model.deployment_request as a on a.deployment_id = w.deployment_id
  join model.change_request as q on q.change_request_id = a.change_request_id
  union all
  select w.wave_id, r.kind = 'emergency' as is_emergency
  from model.wave as w
  join model.release as r on r.service = w.service and r.version = w.version
  union all
  select l.wave_id, true as is_emergency
  from deployment_label as l
  join staging.config_rework_mark as m on m.kind = 'label' and m.pattern = l.label
  union all
  select w.wave_id, true as is_emergency
  from model.wave_deployment as w
  join model.reported_deployment as d on d.deployment_id = w.deployment_id
  join staging.config_rework_mark as m on m.kind = 'branch' and regexp_replace(d.branch, '^refs/heads/', '') glob m.pattern
)
select
  wave_id as subject,
  'emergency' as attribute,
  bool_or(is_emergency) as flag,
  null::varchar as category,
  null::double as number
from told
where is_emergency is not null
group by wave_id
order by subject
