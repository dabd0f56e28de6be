/*
title: Open questions about the data
grain: one row per expectation that is not met and subject, or all its services, then what configuration leaves out
*/
with found as (
  select 1 as kind_order, 'Unknown service' as kind, subject, rows, effect, remedy from expectations.known_service
  union all
  select 2, 'Unknown environment', subject, rows, effect, remedy from expectations.known_environment
  union all
  select 3, 'Deployment without a time', subject, rows, effect, remedy from expectations.success_has_a_time
  union all
  select 4, 'Dated after as-of', subject, rows, effect, remedy from expectations.nothing_in_the_future
  union all
  select 5, 'Fewer records than declared', subject, rows, effect, remedy from expectations.declared_total_stored
  union all
  select 6, 'Changes that ship in no service', subject, rows, effect, remedy from expectations.change_has_a_service
  union all
  select 7, 'Paths of no service', subject, rows, effect, remedy from expectations.path_has_a_service
  union all
  select 8, 'Rollback of an unknown deployment', subject, rows, effect, remedy from expectations.rollback_names_a_deployment
  union all
  select 9, 'Changes before the collected history', string_agg(subject, ', ' order by subject), sum(rows), min(effect), min(remedy)
  from expectations.history_reaches_back
  having count(*) > 0
  union all
  select 10, 'Deployments placed by time', string_agg(subject, ', ' order by subject), sum(rows), min(effect), min(remedy)
  from expectations.deployment_in_the_graph
  having count(*) > 0
  union all
  select 11, 'Deployments without an incident source', string_agg(subject, ', ' order by subject), sum(rows), min(effect), min(remedy)
  from expectations.outcome_can_be_known
  having count(*) > 0
  union all
  select
    12, 'Deployments excluded by configuration', excluded_reason, count(*),
    'They are in no figure.', 'None needed; the reason is in quarterdeck.yaml.'
  from model.deployment
  where excluded_reason is not null
  group by excluded_reason
  union all
  select
    13, 'Changes excluded by configuration', excluded_reason, count(*),
    'They have no lead time.', 'None needed; the reason is in quarterdeck.yaml.'
  from model.change
  where excluded_reason is not null
  group by excluded_reason
  union all
  select 14, 'Events that are not understood', subject, rows, effect, remedy from expectations.event_is_understood
)
select kind, subject, rows::bigint as rows, effect, remedy
from found
order by kind_order, rows desc, subject
