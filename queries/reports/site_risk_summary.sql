/*
title: Risk patterns in one sentence
grain: one row
*/
with counted as (
  select count(*) as deployments, count(*) filter (where is_failure) as failed, min(live_at) as first_at, max(live_at) as last_at
  from correlation.judged_deployment
),
verdict as (
  select
    count(*) filter (where verdict = 'found') as found,
    count(*) filter (where verdict = 'not_found') as not_found,
    count(*) filter (where verdict = 'not_enough_evidence') as not_enough,
    count(*) filter (where is_tested) as tested
  from correlation.risk_pattern
),
recent as (
  select
    count(*) filter (where subject_kind = 'deployment') as recent,
    count(*) filter (where subject_kind = 'deployment' and patterns > 0) as recent_carrying,
    count(*) filter (where subject_kind <> 'deployment') as upcoming,
    count(*) filter (where subject_kind <> 'deployment' and patterns > 0) as upcoming_carrying
  from correlation.change_risk
)
select
  c.deployments, c.failed, c.first_at, c.last_at, v.found, v.not_found, v.not_enough, v.tested,
  r.recent, r.recent_carrying, r.upcoming, r.upcoming_carrying,
  case
    when c.deployments = 0 then 'No deployment has a known outcome yet, so that nothing can be tested.'
    when v.tested = 0 then 'Nothing could be tested: ' || format('{:,}', c.failed) || ' of ' || format('{:,}', c.deployments) || ' deployments failed, and no habit is frequent enough to compare.'
    else
      case v.found when 0 then 'No pattern was found' when 1 then 'One pattern was found' else v.found || ' patterns were found' end
      || ' among ' || format('{:,}', v.tested) || ' tested on ' || format('{:,}', c.deployments) || ' deployments, of which '
      || format('{:,}', c.failed) || ' failed.'
  end as sentence
from counted as c
cross join verdict as v
cross join recent as r
order by c.deployments
