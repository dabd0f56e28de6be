/*
title: What people said about links between incidents and deployments
grain: one row per incident and production wave, or any change (null), that somebody judged
rule: >
  The latest word counts; of words at one instant, or without any, a rejection. Words after as-of have not been said. Labels of the incident are words too, without a name or time
description: A deployment is named by its id, a version or commit by the incident's service. What leads nowhere is told by expectations.link_verdict_is_tied.
*/
with counted as (
  select
    incident_id, wave_id, verdict, decided_by, decided_at, reason,
    row_number() over (
      partition by incident_id, wave_id
      order by decided_at desc nulls last, case verdict when 'reject' then 0 when 'cause' then 1 else 2 end, decided_by, reason
    ) as choice,
    min(case when verdict = 'reject' then 0 else 1 end) over (partition by incident_id, wave_id) as least,
    max(case when verdict = 'reject' then 0 else 1 end) over (partition by incident_id, wave_id) as most
  from correlation.link_word
  where incident_id is not null and (wave_id is not null or deployment is null)
)
select incident_id, wave_id, verdict, decided_by, decided_at, reason, least < most as is_disputed
from counted
where choice = 1
order by incident_id, wave_id nulls first
