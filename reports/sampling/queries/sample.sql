/*
title: Sample
grain: one row per sampled production deployment
rule: Of each stratum the first of its units in scope in the order of their hashes, as many as it is given; or the units that the auditor chose
version: 2
*/
with drawn as (
  select u.unit, u.stratum, u.sha256, u.place, 0::bigint as turn
  from sample_unit as u
  join sample_stratum as s on s.stratum = u.stratum and u.place <= s.sampled
  where u.is_in_scope and len(getvariable('sample_ids')) = 0
  union all
  select u.unit, 'chosen by the auditor' as stratum, null as sha256, u.place, min(c.turn) as turn
  from sample_choice as c
  join sample_unit as u on u.unit = c.unit
  group by u.unit, u.place
)
select
  row_number() over (order by d.turn, d.stratum, d.place, d.unit) as position,
  d.stratum,
  d.sha256,
  d.unit,
  p.service,
  p.service_title,
  p.environment,
  p.occurred_at,
  p.version,
  p.sha,
  p.status,
  p.requests,
  p.risk,
  p.change_type,
  p.failed_controls,
  p.unknown_controls,
  p.exempt_controls
from drawn as d
join period_deployment as p on p.deployment_id = d.unit
order by position
