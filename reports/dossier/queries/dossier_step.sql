/*
title: Course of events in dossiers
grain: one row per dossier and event with a time
description: In the order of time, so that what came before what can be read off. What no source gave a time is in the tables only.
version: 1
*/
with event as (
  select unit, created_at as happened_at, 1 as place, 'request' as step, 'Change request ' || native_id || ' was filed' as words, requested_by as who
  from dossier_request
  union all
  select unit, planned_start, 2, 'request', 'Planned window of ' || native_id || ' begins', null
  from dossier_request
  union all
  select unit, decided_at, 3, 'approval', kind || ' ' || subject || ': ' || coalesce(decision, 'decision not stated'), approver
  from dossier_decision
  union all
  select unit, submitted_at, 4, 'review', 'Review of change ' || coalesce('#' || number, change_id) || ': ' || coalesce(state, 'not stated'), reviewer
  from dossier_review
  union all
  select unit, merged_at, 5, 'change', 'Change ' || coalesce('#' || number, change_id) || ' was merged', merged_by
  from dossier_change
  union all
  select unit, finished_at, 6, 'test', 'Tests ' || coalesce(suite, test_result_id) || ': ' || coalesce(outcome, 'outcome not known'), null
  from dossier_test
  union all
  select unit, occurred_at, 7, 'deployment', 'Deployment ' || deployment_id || ' began in ' || coalesce(environment, 'production'), deployer
  from dossier_deployment
  union all
  select unit, live_at, 8, 'deployment', 'Deployment ' || deployment_id || ' went live', null
  from dossier_deployment
  union all
  select unit, finished_at, 9, 'deployment', 'Deployment ' || deployment_id || ' ended: ' || coalesce(status, 'result not known'), null
  from dossier_deployment
  where finished_at is distinct from live_at
  union all
  select unit, occurred_at, 10, 'evidence', coalesce(kind, 'evidence') || ': ' || coalesce(outcome, 'outcome not stated'), actor
  from dossier_evidence
  union all
  select unit, started_at, 11, 'incident', 'Incident ' || native_id || ' began', null
  from dossier_incident
  where is_accepted
  union all
  select unit, restored_at, 12, 'incident', 'Incident ' || native_id || ': users were served again', null
  from dossier_incident
  where is_accepted
  union all
  select unit, closed_at, 13, 'request', 'Change request ' || native_id || ' was closed', null
  from dossier_request
)
select unit, happened_at, place::bigint as place, step, words, who
from event
where happened_at is not null and happened_at < getvariable('as_of')
order by unit, happened_at, place, words, who nulls first
