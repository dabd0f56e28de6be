/*
title: Fail rates of teams, services and applications on the page
grain: one row per team, service and application with a deployment of known outcome
description: In order of name. Below 10 deployments there is no share, as elsewhere.
*/
select
  row_number() over (order by d.scope_kind desc, coalesce(t.title, s.title, d.scope), d.scope) as position,
  d.scope_kind,
  d.scope,
  coalesce(t.title, s.title, d.scope) as title,
  d.n,
  d.failed,
  case when d.n >= 10 then d.rate end as rate,
  case when d.n >= 10 then d.interval_low end as interval_low,
  case when d.n >= 10 then d.interval_high end as interval_high,
  d.verdict,
  case d.verdict
    when 'more' then 'more than the rest'
    when 'fewer' then 'fewer than the rest'
    when 'no_difference_found' then 'not told apart from the rest'
    else 'too few to compare'
  end as verdict_words
from correlation.scope_difference as d
left join model.team as t on d.scope_kind = 'team' and t.team = d.scope
left join model.service as s on d.scope_kind = 'service' and s.service = d.scope
order by position
