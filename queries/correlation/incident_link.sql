/*
title: Incidents and the deployments they may come from
grain: one row per incident and production wave
rule: >
  The strongest piece of each kind of evidence; kinds combine as independent evidence, 1 - product of (1 - strength). One cause per incident: the best
  link over the threshold, of equals the later deployment; several only if they are stated (design 3, 4). A person's word wins: what was rejected does not
  count, what was confirmed does, and where a cause was named nothing else does unless it was confirmed
version: 2
description: >
  `counts_by_evidence` is whether the link would count without the word of people. The evidence in words is `correlation.incident_link_reason`.
*/
with combined as (
  select
    incident_id,
    wave_id,
    case
      when max(strength) >= 1 then 1
      else round(1 - exp(sum(ln(case when strength < 1 then 1 - strength end)) filter (where is_strongest)), 6)
    end as confidence,
    case
      when coalesce(max(strength) filter (where kind <> 'person'), 0) >= 1 then 1
      else coalesce(round(1 - exp(sum(ln(case when strength < 1 then 1 - strength end)) filter (where is_strongest and kind <> 'person')), 6), 0)
    end as evidence_confidence,
    bool_or(class = 'stated') as is_stated,
    bool_or(kind = 'stated') as is_stated_by_record,
    bool_or(class = 'strong') as is_strong
  from correlation.incident_candidate
  group by incident_id, wave_id
),
judged as (
  select
    c.incident_id, c.wave_id, c.confidence, c.evidence_confidence, c.is_stated, c.is_stated_by_record, c.is_strong,
    w.service,
    w.live_at,
    coalesce(v.verdict, a.verdict) as verdict,
    coalesce(v.reason, a.reason) as verdict_reason,
    coalesce(v.verdict, a.verdict, '') = 'reject' as is_rejected,
    coalesce(v.verdict, '') in ('confirm', 'cause') as is_confirmed
  from combined as c
  join model.wave as w on w.wave_id = c.wave_id
  left join correlation.link_verdict as v on v.incident_id = c.incident_id and v.wave_id = c.wave_id
  left join correlation.link_verdict as a on a.incident_id = c.incident_id and a.wave_id is null and a.verdict = 'reject'
),
ranked as (
  select
    incident_id, wave_id, service, confidence, evidence_confidence, is_stated, is_stated_by_record, is_strong, verdict, verdict_reason, is_rejected, is_confirmed,
    bool_or(is_stated_by_record) over (partition by incident_id) as has_stated_by_record,
    bool_or(is_stated and not is_rejected) over (partition by incident_id) as has_stated,
    bool_or(verdict = 'cause') over (partition by incident_id) as has_named_cause,
    row_number() over (partition by incident_id order by evidence_confidence desc, live_at desc, wave_id) as evidence_rank,
    row_number() over (partition by incident_id order by is_rejected, confidence desc, live_at desc, wave_id) as rank_number
  from judged
)
select
  k.incident_id,
  k.wave_id,
  k.service,
  k.confidence,
  case
    when k.is_stated then 'stated'
    when k.is_strong then 'strong'
    when k.confidence >= getvariable('link_threshold') then 'likely'
    else 'weak'
  end as class,
  case
    when k.is_rejected then false
    when k.is_confirmed then true
    when coalesce(k.has_named_cause, false) then false
    when k.is_stated then true
    else not k.has_stated and k.rank_number = 1 and k.confidence >= getvariable('link_threshold')
  end as is_accepted,
  k.is_rejected,
  k.is_confirmed,
  k.verdict_reason,
  k.is_stated_by_record
  or (not k.has_stated_by_record and k.evidence_rank = 1 and k.evidence_confidence >= getvariable('link_threshold')) as counts_by_evidence,
  k.evidence_confidence,
  case
    when k.is_stated_by_record then 'stated'
    when k.is_strong then 'strong'
    when k.evidence_confidence >= getvariable('link_threshold') then 'likely'
    when k.evidence_confidence > 0 then 'weak'
  end as evidence_class,
  k.rank_number as position
from ranked as k
order by k.incident_id, k.wave_id
