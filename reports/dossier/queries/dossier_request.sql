/*
title: Change requests in dossiers
grain: one row per dossier and change request that its deployments go by, or that it is about
description: "`via` says whether the deployment names it itself, or a change in it does."
version: 1
*/
with named as (
  select
    a.unit,
    p.change_request_id,
    case when bool_or(p.part = 'deployment') then 'the deployment names it' else 'a change in it names it' end as via
  from dossier_attempt as a
  join controls.deployment_part as p on p.deployment_id = a.deployment_id
  where p.change_request_id is not null
  group by a.unit, p.change_request_id
),
chosen as (
  select n.unit, n.change_request_id, n.via
  from named as n
  join dossier as d on d.unit = n.unit
  where d.kind = 'deployment'
  union all
  select unit, unit as change_request_id, 'the dossier is about it' as via
  from dossier
  where kind = 'change_request'
)
select
  c.unit,
  c.change_request_id,
  r.native_id,
  c.via,
  r.title,
  r.type,
  r.risk,
  r.status,
  case when r.requested_by is null then 'not recorded' else coalesce(w.shown_as, 'withheld') end as requested_by,
  r.created_at,
  r.planned_start,
  r.planned_end,
  case when r.closed_at < getvariable('as_of') then r.closed_at end as closed_at,
  r.description,
  r.reason,
  r.impact,
  r.rollback_plan,
  r.test_plan,
  r.url
from chosen as c
join model.change_request as r on r.change_request_id = c.change_request_id
left join model.actor as w on w.login = r.requested_by
order by c.unit, r.native_id, c.change_request_id
