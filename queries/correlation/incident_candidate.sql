/*
title: Why an incident may come from a deployment
grain: one row per incident, production wave and piece of evidence
rule: >
  explicit reference > resolved by a rollback or revert of it > fix change refers to both > same service within the
  window, decaying with time > upstream service within the window (design 4)
version: 1
description: >
  A reference that is a deployment's id is not also read as something else. A version or commit that went live several
  times is its last time before the incident. A number alone names a change only within the incident's service.
  The reason names records by their identifiers, for machines; words say the same by the names that people use.
*/
with named_change as (
  select change_id, coalesce('#' || number, left(merge_sha, 10), native_id) as name
  from model.change
),
mentioned as (
  select incident_id, service, unnest(caused_by) as reference
  from model.incident
),
stated_deployment as (
  select m.incident_id, m.reference, d.wave_id, 'names deployment ' || m.reference as reason
  from mentioned as m
  join model.deployment as d on d.native_id = m.reference or d.deployment_id = m.reference
  where d.wave_id is not null
),
otherwise_mentioned as (
  select m.incident_id, m.service, m.reference
  from mentioned as m
  where not exists (select 1 from stated_deployment as d where d.incident_id = m.incident_id and d.reference = m.reference)
),
named_wave as (
  select m.incident_id, m.reference, 'version' as kind, w.wave_id
  from otherwise_mentioned as m
  join model.wave as w on w.service = m.service and w.version = m.reference
  union all
  select m.incident_id, m.reference, 'commit' as kind, w.wave_id
  from otherwise_mentioned as m
  join model.wave as w
    on w.service = m.service and starts_with(w.sha, lower(m.reference)) and length(m.reference) >= 7
),
ranked_wave as (
  select
    n.incident_id,
    n.reference,
    n.kind,
    n.wave_id,
    row_number() over (
      partition by n.incident_id, n.reference, n.kind
      order by
        case when w.started_at <= i.started_at then 0 else 1 end,
        case when w.started_at <= i.started_at then w.live_at end desc,
        w.live_at,
        n.wave_id
    ) as choice
  from named_wave as n
  join model.wave as w on w.wave_id = n.wave_id
  join model.incident as i on i.incident_id = n.incident_id
),
stated_wave as (
  select incident_id, wave_id, 'names ' || kind || ' ' || reference as reason
  from ranked_wave
  where choice = 1
),
stated_change as (
  select m.incident_id, s.wave_id, 'names change ' || m.reference as reason
  from otherwise_mentioned as m
  join model.change as c
    on
      c.change_id = m.reference
      or c.native_id = m.reference
      or (m.service is not null and c.number = ltrim(m.reference, '#!'))
      or (length(m.reference) >= 7 and starts_with(c.merge_sha, lower(m.reference)))
  join model.wave_change as s on s.change_id = c.change_id and (m.service is null or s.service = m.service)
),
stated_ticket as (
  select m.incident_id, s.wave_id, 'names ticket ' || m.reference as reason
  from otherwise_mentioned as m
  join model.change as c on list_contains(c.tickets, m.reference)
  join model.wave_change as s on s.change_id = c.change_id and (m.service is null or s.service = m.service)
),
rolled_back as (
  select
    i.incident_id,
    f.wave_id,
    'was open when the deployment was rolled back by ' || r.wave_id as reason,
    'was open when the deployment was rolled back' as words
  from model.incident as i
  join model.wave as f on f.service = i.service and f.started_at <= i.started_at
  join model.wave as r
    on
      r.failed_wave_id = f.wave_id
      and i.started_at <= r.completed_at
      and coalesce(i.mitigated_at, i.resolved_at, r.started_at) >= r.started_at
),
reverted as (
  select
    i.incident_id,
    f.wave_id,
    'was open when ' || v.revert_change_id || ' reverted a change of the deployment' as reason,
    'was open when ' || c.name || ' reverted a change of the deployment' as words
  from model.incident as i
  join model.wave as f on f.service = i.service and f.started_at <= i.started_at
  join model.production_revert as v on v.wave_id = f.wave_id and v.relation = 'reverts'
  join named_change as c on c.change_id = v.revert_change_id
  join model.wave as r
    on
      r.wave_id = v.revert_wave_id
      and i.started_at <= r.completed_at
      and coalesce(i.mitigated_at, i.resolved_at, r.started_at) >= r.started_at
),
fixed as (
  select
    i.target_id as incident_id,
    s.wave_id,
    'is fixed by ' || i.change_id || ', which names a change of the deployment' as reason,
    'is fixed by ' || f.name || ', which names a change of the deployment' as words
  from model.change_reference as i
  join named_change as f on f.change_id = i.change_id
  join model.change_reference as c on c.change_id = i.change_id and c.target_kind = 'change'
  join model.wave_change as s on s.change_id = c.target_id
  join model.incident as n on n.incident_id = i.target_id and (n.service is null or n.service = s.service)
  where i.target_kind = 'incident'
),
dependency as (
  select service, unnest(upstream) as upstream
  from model.service
),
depended as (
  select
    i.incident_id,
    d.upstream as service,
    'weak' as class,
    0.45 as most,
    d.upstream || ', which the service depends on' as whose,
    s.title || ', which the service depends on' as whose_words
  from model.incident as i
  join dependency as d on d.service = i.service and d.upstream <> i.service
  join model.service as s on s.service = d.upstream
  union all
  select
    incident_id,
    service,
    'likely' as class,
    0.75 as most,
    'the same service' as whose,
    'the same service' as whose_words
  from model.incident
),
followed as (
  select
    i.incident_id,
    w.wave_id,
    d.service,
    d.class,
    d.most,
    d.whose,
    d.whose_words,
    greatest(date_diff('second', w.live_at, i.started_at), 0) as elapsed_seconds
  from depended as d
  join model.incident as i on i.incident_id = d.incident_id
  join model.wave as w
    on
      w.service = d.service
      and w.started_at <= i.started_at
      and date_diff('second', w.live_at, i.started_at) <= getvariable('incident_window')
),
piece as (
  select incident_id, wave_id, 'stated' as class, 1.0::double as strength, reason, reason as words from stated_deployment
  union
  select incident_id, wave_id, 'stated' as class, 1.0::double as strength, reason, reason as words from stated_wave
  union
  select incident_id, wave_id, 'stated' as class, 1.0::double as strength, reason, reason as words from stated_change
  union
  select incident_id, wave_id, 'stated' as class, 1.0::double as strength, reason, reason as words from stated_ticket
  union
  select incident_id, wave_id, 'strong' as class, 0.9::double as strength, reason, words from rolled_back
  union
  select incident_id, wave_id, 'strong' as class, 0.85::double as strength, reason, words from reverted
  union
  select incident_id, wave_id, 'strong' as class, 0.85::double as strength, reason, words from fixed
  union
  select
    incident_id,
    wave_id,
    class,
    most - 0.25 * elapsed_seconds / greatest(getvariable('incident_window'), 1) as strength,
    'began ' || (elapsed_seconds // 60) || ' min after the deployment of ' || whose as reason,
    'began '
    || case
      when elapsed_seconds < 5400 then (elapsed_seconds // 60) || ' min'
      when elapsed_seconds < 172800 then cast(round(elapsed_seconds / 3600) as integer) || ' h'
      else cast(round(elapsed_seconds / 86400) as integer) || ' d'
    end
    || ' after the deployment of ' || whose_words as words
  from followed
)
select incident_id, wave_id, class, strength, reason, words
from piece
order by incident_id, wave_id, strength desc, reason
