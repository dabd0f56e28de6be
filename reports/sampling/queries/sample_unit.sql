/*
title: Population of the sample
grain: one row per production deployment of the period
rule: >
  A sample is drawn from the deployments in scope: those that some control applies to. Where no control applies to any, all are in scope. The rest is counted and not drawn; an auditor may choose it by id.
  Each unit has the SHA-256 of the seed, a colon and its id. Within a stratum units stand in the order of that hash, which nobody can choose and anybody can compute. A stratum is the risk or the team of the
  deployment as the period knows them (several stand beside each other), its service or its month; without one, all is one stratum
description: "`is_plain` is false for an id with control characters, which a line of text cannot carry."
version: 2
parameters: [sample_seed, sample_stratify]
*/
with scope as (
  select coalesce(bool_or(is_in_scope), false) as is_any
  from period_deployment
),
unit as (
  select
    d.deployment_id as unit,
    d.is_in_scope or not s.is_any as is_in_scope,
    regexp_replace(
      case getvariable('sample_stratify')
        when 'risk' then risk
        when 'service' then coalesce(service, 'no service')
        when 'team' then case when len(teams) = 0 then 'no team' else array_to_string(teams, ', ') end
        when 'month' then month
        else 'all'
      end,
      '[[:cntrl:]\s]+', ' ', 'g'
    ) as stratum,
    sha256(getvariable('sample_seed') || ':' || d.deployment_id) as sha256
  from period_deployment as d
  cross join scope as s
)
select
  unit,
  stratum,
  sha256,
  is_in_scope,
  row_number() over (partition by stratum, is_in_scope order by sha256, unit) as place,
  not regexp_matches(unit, '[[:cntrl:]]') as is_plain
from unit
order by stratum, is_in_scope desc, place
