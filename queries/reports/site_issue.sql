/*
title: Open questions about the data
grain: one row per kind and subject
description: What the data names and the configuration or another record does not know, and what is counted nowhere.
*/
with early as (
  select service, count(*) as changes
  from model.wave_change
  where is_before_history
  group by service
),
found as (
  select
    1 as kind_order, 'Deployments of an unknown service' as kind, service as subject, count(*) as rows,
    'They are in no figure.' as effect, 'Add the service to quarterdeck.yaml.' as remedy
  from model.deployment
  where not is_known_service
  group by service
  union all
  select
    2, 'Deployments to an unknown environment', coalesce(environment, '(none named)'), count(*),
    'They are in no figure.', 'Add the environment, or one of its names, to quarterdeck.yaml.'
  from model.deployment
  where environment_kind is null
  group by environment
  union all
  select
    3, 'Changes that ship in no service', coalesce(repository, '(no repository named)'), count(*),
    'They have no lead time.', 'Give a service the repository, or paths that they touch.'
  from model.change as c
  where not exists (select 1 from model.change_service as s where s.change_id = c.change_id)
  group by repository
  union all
  select
    4, 'Changes before the collected history', string_agg(service, ', ' order by service), sum(changes),
    'Their lead time is unknown.', 'Collect earlier deployments, or declare active_from for the service.'
  from early
  having count(*) > 0
  union all
  select
    5, 'Deployments placed by time', service, count(*),
    'What they contain is judged by the clock, not by the commit graph.', 'Collect the repository with the git collector, or state the commit of each deployment.'
  from model.wave
  where position_basis = 'time'
  group by service
  union all
  select
    6, 'Incidents of an unknown service', coalesce(service, '(none named)'), count(*),
    'They are linked to deployments only where they name one.', 'Add the service to quarterdeck.yaml, or correct it in the source.'
  from model.incident as i
  where not exists (select 1 from model.service as s where s.service = i.service)
  group by service
  union all
  select
    7, 'Services without an incident source', service, count(*),
    'Whether these deployments failed is unknown.', 'Connect an incident source, assert completeness, or set metrics.failure_signal.'
  from metrics.wave_outcome
  where outcome = 'unknown'
  group by service
  union all
  select
    8, 'Deployments excluded by configuration', excluded_reason, count(*),
    'They are in no figure.', 'None needed; the reason is in quarterdeck.yaml.'
  from model.deployment
  where excluded_reason is not null
  group by excluded_reason
  union all
  select
    9, 'Changes excluded by configuration', excluded_reason, count(*),
    'They have no lead time.', 'None needed; the reason is in quarterdeck.yaml.'
  from model.change
  where excluded_reason is not null
  group by excluded_reason
  union all
  select
    10, 'Deployments dated after as-of', source, count(*),
    'They are not used.', 'Check the clock of the source, or choose a later as-of.'
  from model.reported_deployment
  where started_at >= getvariable('as_of')
  group by source
)
select kind, coalesce(subject, '') as subject, rows::bigint as rows, effect, remedy
from found
order by kind_order, rows desc, subject
