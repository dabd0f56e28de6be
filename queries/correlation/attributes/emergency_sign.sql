/*
title: What says of a deployment whether it is an emergency
grain: one row per production wave, or change request planned after as-of, sign and what it says
description: >
  `sign` is change request, release, label or branch; `name` is what it is called there. Labels and branches only ever say yes.
*/
with deployment_label as (
  select w.wave_id, lower(unnest(d.labels)) as label
  from model.wave_deployment as w
  join model.reported_deployment as d on d.deployment_id = w.deployment_id
)
select 'request ' || change_request_id as subject, 'change request' as sign, native_id as name, type = 'emergency' as is_emergency
from model.change_request
where planned_start >= getvariable('as_of') and type is not null
union
select w.wave_id as subject, 'change request' as sign, q.native_id as name, q.type = 'emergency' as is_emergency
from model.wave_deployment as w
join model.deployment_request as a on a.deployment_id = w.deployment_id
join model.change_request as q on q.change_request_id = a.change_request_id
where q.type is not null
union
select w.wave_id as subject, 'release' as sign, r.version as name, r.kind = 'emergency' as is_emergency
from model.wave as w
join model.release as r on r.service = w.service and r.version = w.version
where r.kind is not null
union
select l.wave_id as subject, 'label' as sign, l.label as name, true as is_emergency
from deployment_label as l
join staging.config_rework_mark as m on m.kind = 'label' and m.pattern = l.label
union
select w.wave_id as subject, 'branch' as sign, regexp_replace(d.branch, '^refs/heads/', '') as name, true as is_emergency
from model.wave_deployment as w
join model.reported_deployment as d on d.deployment_id = w.deployment_id
join staging.config_rework_mark as m on m.kind = 'branch' and regexp_replace(d.branch, '^refs/heads/', '') glob m.pattern
order by subject, sign, name, is_emergency
