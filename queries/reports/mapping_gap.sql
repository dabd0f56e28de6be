/*
title: What is not mapped, and what to add
grain: one row per expectation that is not met and subject
description: >
  `severity` is problem where records are in no figure or in a wrong one, warning where a figure is missing or weaker, note
  where configuration means it so. What to add: `add_to` is quarterdeck.yaml or a kind of record, `add_path` the place in it and
  `add_value` the value there as JSON; `is_guess` where a person must look at it first. Rows that `names_people` are for
  the platform engineer's eyes, and published one by one only where people are; those that are `pooled` are published as one row per kind.
*/
with gap as (
  select
    1 as kind_order, 'Unknown service' as kind, 'problem' as severity, subject, rows, effect, remedy,
    'quarterdeck.yaml' as add_to, add_path, add_value, add_path[1] = 'columns' as is_guess, false as names_people, false as is_pooled
  from expectations.known_service
  union all
  select 0, 'Deployments told twice', 'problem', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.deployment_told_once
  union all
  select 2, 'Unknown environment', 'problem', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, false
  from expectations.known_environment
  union all
  select 3, 'Unknown repository', 'problem', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, false
  from expectations.known_repository
  union all
  select 4, 'Deployment without a time', 'problem', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.success_has_a_time
  union all
  select 5, 'Dated after as-of', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.nothing_in_the_future
  union all
  select 6, 'Fewer records than declared', 'problem', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.declared_total_stored
  union all
  select 7, 'Changes that ship in no service', 'problem', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.change_has_a_service
  union all
  select 8, 'Paths of no service', 'problem', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, false
  from expectations.path_has_a_service
  union all
  select 9, 'Incident without a service', 'problem', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.incident_has_a_service
  union all
  select 10, 'Rollback of an unknown deployment', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.rollback_names_a_deployment
  union all
  select 11, 'Change number without its change', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.change_number_has_a_record
  union all
  select 12, 'Login of several people', 'problem', subject, rows, effect, remedy, null, null, null, false, true, false
  from expectations.login_of_one_person
  union all
  select 13, 'Login of nobody', 'warning', subject, rows, effect, remedy, 'person', null, add_value, true, true, true
  from expectations.known_person
  union all
  select 14, 'Changes before the collected history', 'warning', subject, rows, effect, remedy, null, null, null, false, false, true
  from expectations.history_reaches_back
  union all
  select 15, 'Deployments placed by time', 'warning', subject, rows, effect, remedy, null, null, null, false, false, true
  from expectations.deployment_in_the_graph
  union all
  select 16, 'Deployments without an incident source', 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, true
  from expectations.outcome_can_be_known
  union all
  select 17, 'Service without deployments', 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, true
  from expectations.service_is_deployed
  union all
  select 18, 'Service without a repository', 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, true
  from expectations.service_has_a_repository
  union all
  select 19, 'Service without an owner', 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, true
  from expectations.service_has_an_owner
  union all
  select 20, 'Team without a service', 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, true
  from expectations.team_owns_a_service
  union all
  select
    21, 'Deployments excluded by configuration', 'note', excluded_reason, count(*),
    'They are in no figure.', 'None needed; the reason is in quarterdeck.yaml.', null, null, null, false, false, false
  from model.deployment
  where excluded_reason is not null
  group by excluded_reason
  union all
  select
    22, 'Changes excluded by configuration', 'note', excluded_reason, count(*),
    'They have no lead time.', 'None needed; the reason is in quarterdeck.yaml.', null, null, null, false, false, false
  from model.change
  where excluded_reason is not null
  group by excluded_reason
  union all
  select 23, 'Events that are not understood', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.event_is_understood
  union all
  select 24, 'Pipeline runs with an unknown end', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.pipeline_conclusion_is_known
  union all
  select
    25, 'Service of PagerDuty that stands for none', 'problem', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value,
    true, false, false
  from expectations.pagerduty_service_is_mapped
  union all
  select 26, 'Component of no service', 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, false, false
  from expectations.component_has_a_service
  union all
  select 27, 'Reports that name no subject', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.evidence_has_a_subject
  union all
  select
    28, 'Item of ServiceNow that stands for no service', 'problem', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value,
    true, false, false
  from expectations.servicenow_item_is_mapped
  union all
  select 29, kind, 'warning', subject, rows, effect, remedy, null, null, null, false, true, false
  from expectations.identity_is_one_person
  union all
  select 30, kind, 'warning', subject, rows, effect, remedy, 'quarterdeck.yaml', add_path, add_value, true, true, false
  from expectations.bot_has_an_owner
  union all
  select 33, 'Word on a link that is not tied', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.link_verdict_is_tied
  union all
  select 31, 'Acts of a person who was not there', 'warning', subject, rows, effect, remedy, null, null, null, false, true, false
  from expectations.person_was_active
  union all
  select 32, 'Record of the process that names what is not known', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.process_record_is_tied
  union all
  select 34, 'Disposed of, and in no archive here', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.disposed_is_readable
  union all
  select 35, 'Times that cannot be read', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.value_is_readable
  union all
  select 36, 'Source that is not configured any more', 'warning', subject, rows, effect, remedy, null, null, null, false, false, false
  from expectations.source_is_configured
)
select
  kind_order, kind, severity, subject, rows::bigint as rows, effect, remedy, add_to, add_path, add_value, is_guess, names_people, is_pooled
from gap
order by kind_order, rows desc, subject
