/*
title: Why an incident may come from a deployment
grain: one row per incident, production wave and piece of evidence
rule: >
  A person's word, or an explicit reference > a reference in a text > resolved by a rollback or revert of it > fix change refers to both > same service within the
  window, decaying with time > upstream service, or one of the same release train, within the window (design 4)
version: 3
view: true
description: >
  `is_strongest` marks the strongest piece of its kind: two mentions of one thing are no two pieces of evidence.
  Each kind of evidence is a file of its own in queries/correlation/links. The reason names records by their identifiers, for machines; words say the
  same by the names that people use.
*/
with pointed as (
  select incident_id, wave_id, kind, strength, reason, words from correlation.evidence_verdict
  union all
  select incident_id, wave_id, kind, strength, reason, words from correlation.evidence_reference
  union all
  select incident_id, wave_id, kind, strength, reason, words from correlation.evidence_rollback
  union all
  select incident_id, wave_id, kind, strength, reason, words from correlation.evidence_revert
  union all
  select incident_id, wave_id, kind, strength, reason, words from correlation.evidence_fix
),
evidence as (
  select
    incident_id, wave_id, kind, strength, reason, words,
    row_number() over (partition by incident_id, wave_id, kind order by strength desc, reason) = 1 as is_strongest
  from pointed
  union all
  select incident_id, wave_id, kind, strength, reason, words, true as is_strongest
  from correlation.evidence_time
)
select
  incident_id,
  wave_id,
  kind,
  case
    when kind in ('person', 'stated') then 'stated'
    when kind in ('named', 'rollback', 'revert', 'fix') then 'strong'
    when kind = 'same_service' then 'likely'
    else 'weak'
  end as class,
  round(strength, 6) as strength,
  is_strongest,
  reason,
  words
from evidence
