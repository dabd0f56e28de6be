/*
title: What became of each production deployment
grain: one row per production wave
rule: >
  A change failure is (a) the accepted cause of an incident, (b) rolled back, or (c) first shipped a change that a later
  production revert or fix names. Pending: finished less than the observation window before as-of, whether or not it has failed
  already. Known outcome: an incident source is mapped to the service and covers the window, or configuration declares
  rollbacks and hotfixes the complete signal. Rework: a rollback; or stated by label, branch or emergency request with
  incident; or every change in it is a revert or fix tied to an accepted incident; re-landing is not rework (design 3)
version: 1
description: >
  Reasons name records by their identifiers, for machines; words say the same by the names that people use. `is_rejected_failure`: evidence makes it the
  cause of an incident and people say that it was not.
*/
with in_revert as (
  select change_id
  from model.production_revert
  union
  select revert_change_id as change_id
  from model.production_revert
),
named_change as (
  select c.change_id, coalesce('#' || c.number, left(c.merge_sha, 10), c.native_id) as name
  from model.change as c
  join in_revert as r on r.change_id = c.change_id
),
failure_reason as (
  select
    l.wave_id,
    'cause of incident ' || l.incident_id as reason,
    'cause of incident ' || i.native_id as words
  from correlation.incident_link as l
  join model.incident as i on i.incident_id = l.incident_id
  where l.is_accepted
  union
  select
    failed_wave_id as wave_id,
    'rolled back by ' || wave_id as reason,
    'rolled back' as words
  from model.wave
  where failed_wave_id is not null
  union
  select
    v.wave_id,
    v.change_id || case when v.relation = 'reverts' then ' reverted by ' else ' fixed by ' end || v.revert_change_id as reason,
    c.name || case when v.relation = 'reverts' then ' was reverted by ' else ' was fixed by ' end || r.name as words
  from model.production_revert as v
  join named_change as c on c.change_id = v.change_id
  join named_change as r on r.change_id = v.revert_change_id
),
failure as (
  select wave_id, array_agg(reason order by reason) as reasons, array_agg(distinct words order by words) as words
  from failure_reason
  group by wave_id
),
carried as (
  select s.wave_id, s.service, s.change_id
  from model.wave_change as s
  join model.change as c on c.change_id = s.change_id
  where not s.is_before_history and c.excluded_reason is null
),
repair as (
  select distinct c.wave_id, c.change_id
  from carried as c
  join model.production_revert as v on v.revert_change_id = c.change_id and v.service = c.service
  where v.relation = 'reverts' or exists (select 1 from correlation.incident_link as l where l.wave_id = v.wave_id and l.is_accepted)
  union
  select distinct c.wave_id, c.change_id
  from carried as c
  join model.change_reference as r on r.change_id = c.change_id and r.target_kind = 'incident'
  join correlation.incident_link as l on l.incident_id = r.target_id and l.is_accepted and l.service = c.service
),
repair_share as (
  select
    c.wave_id,
    count(*) as changes,
    count(r.change_id) as repairs
  from carried as c
  left join repair as r on r.wave_id = c.wave_id and r.change_id = c.change_id
  group by c.wave_id
),
change_label as (
  select change_id, lower(unnest(labels)) as label
  from model.change
),
change_mark as (
  select l.change_id, 'label ' || m.pattern as mark
  from change_label as l
  join staging.config_rework_mark as m on m.kind = 'label' and m.pattern = l.label
  union all
  select k.change_id, 'branch ' || k.source_branch as mark
  from model.change as k
  join staging.config_rework_mark as m on m.kind = 'branch' and regexp_replace(k.source_branch, '^refs/heads/', '') glob m.pattern
),
marked_change as (
  select c.wave_id, c.change_id, min(m.mark) as mark
  from carried as c
  join change_mark as m on m.change_id = c.change_id
  group by c.wave_id, c.change_id
),
all_marked as (
  select s.wave_id
  from repair_share as s
  join marked_change as m on m.wave_id = s.wave_id
  group by s.wave_id, s.changes
  having count(*) = s.changes
),
deployment_label as (
  select deployment_id, lower(unnest(labels)) as label
  from model.reported_deployment
),
stated_mark as (
  select w.wave_id, 'label ' || m.pattern as reason, 'label ' || m.pattern as words
  from model.wave_deployment as w
  join deployment_label as d on d.deployment_id = w.deployment_id
  join staging.config_rework_mark as m on m.kind = 'label' and m.pattern = d.label
  union
  select w.wave_id, 'branch ' || d.branch as reason, 'branch ' || d.branch as words
  from model.wave_deployment as w
  join model.reported_deployment as d on d.deployment_id = w.deployment_id
  join staging.config_rework_mark as m on m.kind = 'branch' and regexp_replace(d.branch, '^refs/heads/', '') glob m.pattern
  union
  select m.wave_id, m.mark || ' of ' || m.change_id as reason, m.mark as words
  from marked_change as m
  join all_marked as a on a.wave_id = m.wave_id
  union
  select
    w.wave_id,
    'emergency request ' || q.native_id || ' with incident ' || i.native_id as reason,
    'emergency request ' || q.native_id || ' with incident ' || i.native_id as words
  from model.wave_deployment as w
  join model.deployment_request as a on a.deployment_id = w.deployment_id
  join model.change_request as q on q.change_request_id = a.change_request_id and q.type = 'emergency'
  join model.incident as i on list_contains(q.incidents, i.native_id) or list_contains(q.incidents, i.incident_id)
),
rework_reason as (
  select
    wave_id,
    'rollback: ' || rollback_recognised_by as reason,
    'a rollback, ' || rollback_recognised_by as words
  from model.wave
  where kind = 'rollback'
  union
  select wave_id, 'stated by ' || reason as reason, 'stated by ' || words as words
  from stated_mark
  union
  select
    wave_id,
    'every change in it repairs production' as reason,
    'every change in it repairs production' as words
  from repair_share
  where changes > 0 and changes = repairs
),
rework as (
  select wave_id, array_agg(reason order by reason) as reasons, array_agg(distinct words order by words) as words
  from rework_reason
  group by wave_id
),
covered as (
  select w.wave_id
  from model.wave as w
  join model.incident_span as c
    on
      c.service = w.service
      and c.covered_from <= w.live_at
      and c.covered_until >= least(w.completed_at + to_seconds(getvariable('observation_window')), getvariable('as_of'))
),
rejected as (
  select distinct wave_id
  from correlation.incident_link
  where is_rejected and counts_by_evidence
)
select
  w.wave_id,
  w.service,
  w.completed_at as filed_at,
  case
    when c.wave_id is null and getvariable('failure_signal') <> 'rollbacks_and_hotfixes' then 'unknown'
    when date_diff('second', w.completed_at, getvariable('as_of')) < getvariable('observation_window') then 'pending'
    else 'known'
  end as outcome,
  f.wave_id is not null as is_failure,
  coalesce(f.reasons, []) as failure_reasons,
  coalesce(f.words, []) as failure_words,
  k.wave_id is not null as is_rework,
  coalesce(k.reasons, []) as rework_reasons,
  coalesce(k.words, []) as rework_words,
  coalesce(s.repairs, 0) > 0 and k.wave_id is null as carries_fix,
  r.wave_id is not null and f.wave_id is null as is_rejected_failure
from model.wave as w
left join failure as f on f.wave_id = w.wave_id
left join rework as k on k.wave_id = w.wave_id
left join repair_share as s on s.wave_id = w.wave_id
left join covered as c on c.wave_id = w.wave_id
left join rejected as r on r.wave_id = w.wave_id
order by w.wave_id
