/*
title: Risk patterns on the page
grain: one row per pattern of the organisation, and per pattern found in a service
description: >
  In order of attribute and place in it, never of risk. `is_drawn`: there is a relative risk within services with both ends of its interval.
*/
with named as (
  select
    scope_kind, scope, attribute, level, kind, verdict, direction, sentence, next_step, with_n, with_failed, without_n, without_failed, strata, q, is_tested,
    adjusted_risk, adjusted_low, adjusted_high,
    shown_as,
    case kind when 'category' then title || ': ' || replace(level, ' to ', '–') else title end
    || case when scope_kind = 'service' then ', ' || shown_as else '' end as name,
    case
      when attribute <> 'weekday' then level
      else strpos('Monday Tuesday Wednesday Thursday Friday Saturday Sunday', level)::varchar
    end as place
  from correlation.risk_pattern
  where scope_kind = 'organisation' or verdict = 'found'
)
select
  row_number() over (order by attribute, length(place), place, scope_kind, scope) as position,
  scope_kind,
  scope,
  case when scope_kind = 'service' then scope end as service,
  shown_as,
  attribute,
  level,
  name,
  verdict,
  case verdict
    when 'found' then 'found'
    when 'not_found' then 'tested, not found'
    when 'not_enough_evidence' then case when is_tested then 'not enough evidence' else 'too few to test' end
  end as verdict_words,
  sentence,
  next_step,
  with_n,
  with_failed,
  without_n,
  without_failed,
  adjusted_risk,
  adjusted_low,
  adjusted_high,
  q,
  is_tested,
  is_tested and adjusted_risk > 0 and adjusted_low > 0 and adjusted_high is not null as is_drawn
from named
order by position
