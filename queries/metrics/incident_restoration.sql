/*
title: When users were served again
grain: one row per incident and deployment that counts as its cause, or one without a deployment where none does
rule: >
  mitigated_at; else the earlier of resolved_at and the end of the deployment that restored service: a rollback of the cause, or a revert or fix of what it shipped, that ended after the incident began.
  A ticket is often closed days after users were served again, so its closing counts only where nothing tells more
version: 1
description: >
  `restored_by` says which: mitigated, resolved, or the kind of the restoring deployment (rollback, reverts, fixes). Of several that ended at once the rollback comes first. Null = not restored at as-of.
  `is_last` marks one row of each incident: of several causes the one that was undone last, for users were not served before.
*/
with caused as (
  select i.incident_id, l.wave_id, i.started_at, i.mitigated_at, i.resolved_at
  from model.incident as i
  left join correlation.incident_link as l on l.incident_id = i.incident_id and l.is_accepted
),
restoring as (
  select
    c.incident_id, c.wave_id, r.restoring_wave_id, r.kind, r.restored_at,
    row_number() over (
      partition by c.incident_id, c.wave_id
      order by r.restored_at, case r.kind when 'rollback' then 0 when 'reverts' then 1 else 2 end, r.restoring_wave_id
    ) as place
  from caused as c
  join metrics.restoration as r on r.wave_id = c.wave_id and (r.incident_id is null or r.incident_id = c.incident_id)
  where r.restored_at >= c.started_at
),
told as (
  select
    c.incident_id,
    c.wave_id,
    coalesce(c.mitigated_at, least(c.resolved_at, r.restored_at)) as restored_at,
    case
      when c.mitigated_at is not null then 'mitigated'
      when r.restored_at <= coalesce(c.resolved_at, r.restored_at) then r.kind
      when c.resolved_at is not null then 'resolved'
    end as restored_by,
    case when c.mitigated_at is null and r.restored_at <= coalesce(c.resolved_at, r.restored_at) then r.restoring_wave_id end as restoring_wave_id
  from caused as c
  left join restoring as r on r.incident_id = c.incident_id and r.wave_id = c.wave_id and r.place = 1
)
select
  incident_id,
  wave_id,
  restored_at,
  restored_by,
  restoring_wave_id,
  row_number() over (partition by incident_id order by restored_at desc nulls first, wave_id) = 1 as is_last
from told
order by incident_id, wave_id
