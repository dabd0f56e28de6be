/*
title: Incidents and the deployments they may come from
grain: one row per incident and production wave
rule: >
  Strengths combine as independent evidence, 1 - product of (1 - strength). One cause per incident: the best
  link over the threshold, of equals the later deployment; several only if the incident states them (design 3, 4)
version: 1
*/
with combined as (
  select
    incident_id,
    wave_id,
    case
      when max(strength) >= 1 then 1
      else round(1 - exp(sum(ln(case when strength < 1 then 1 - strength end))), 6)
    end as confidence,
    max(strength) as best_strength,
    bool_or(class = 'stated') as is_stated,
    array_agg(reason order by strength desc, reason) as reasons,
    array_agg(words order by strength desc, reason) as words
  from correlation.incident_candidate
  group by incident_id, wave_id
),
ranked as (
  select
    c.incident_id,
    c.wave_id,
    w.service,
    c.confidence,
    c.best_strength,
    c.is_stated,
    c.reasons,
    c.words,
    bool_or(c.is_stated) over (partition by c.incident_id) as has_stated,
    row_number() over (partition by c.incident_id order by c.confidence desc, w.live_at desc, c.wave_id) as rank_number
  from combined as c
  join model.wave as w on w.wave_id = c.wave_id
)
select
  incident_id,
  wave_id,
  service,
  confidence,
  case
    when is_stated then 'stated'
    when best_strength >= 0.85 then 'strong'
    when confidence >= getvariable('link_threshold') then 'likely'
    else 'weak'
  end as class,
  reasons,
  words,
  is_stated or (not has_stated and rank_number = 1 and confidence >= getvariable('link_threshold')) as is_accepted
from ranked
order by incident_id, wave_id
