/*
title: Each word of people about incidents and deployments
grain: one row per word
description: What it names as incident and deployment is found or null.
*/
with said as (
  select source, incident, deployment, verdict, "by" as decided_by, "at" as decided_at, reason
  from staging.files_incident_link_verdict
  where "at" is null or "at" < getvariable('as_of')
),
found_incident as (
  select s.source, s.incident, s.deployment, s.verdict, s.decided_by, s.decided_at, s.reason, i.incident_id, i.service, i.started_at
  from said as s
  left join (
    select native_id as name, incident_id, service, started_at from model.incident
    union
    select incident_id as name, incident_id, service, started_at from model.incident
  ) as i on i.name = s.incident
),
labelled as (
  select
    null as source,
    l.incident_id as incident,
    case when p.says = 'rejected' then trim(substr(l.label, length(p.pattern))) end as deployment,
    'reject' as verdict,
    null as decided_by,
    null::timestamptz as decided_at,
    'label ' || l.label as reason,
    i.incident_id,
    i.service,
    i.started_at
  from model.incident_label as l
  join staging.config_link_label as p
    on lower(l.label) glob p.pattern and (p.says = 'no change' or (p.says = 'rejected' and right(p.pattern, 1) = '*'))
  join model.incident as i on i.incident_id = l.incident_id
),
word as (
  select * from found_incident
  union all
  select * from labelled
),
found as (
  select
    w.source, w.incident, w.deployment, w.verdict, w.decided_by, w.decided_at, w.reason, w.incident_id, k.wave_id,
    row_number() over (
      partition by w.source, w.incident, w.deployment, w.verdict, w.decided_by, w.decided_at, w.reason, w.incident_id
      order by
        case when k.service is null then 0 else 1 end,
        case when v.started_at <= w.started_at then 0 else 1 end,
        case when v.started_at <= w.started_at then v.live_at end desc,
        v.live_at,
        k.wave_id
    ) as choice
  from word as w
  left join correlation.wave_name as k on k.name = w.deployment and (k.service is null or k.service = w.service)
  left join model.wave as v on v.wave_id = k.wave_id
)
select source, incident, deployment, verdict, decided_by, decided_at, reason, incident_id, wave_id
from found
where choice = 1
order by source nulls first, incident, deployment nulls first, verdict, decided_by, decided_at, reason, incident_id
