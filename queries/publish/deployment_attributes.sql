/*
title: Attributes of deployments
grain: one row per production deployment
audience: teams
description: >
  What patterns are looked for in: the deployments behind each of their cells. Missing = unknown, and in neither group. Patterns count those with known
  outcome that are no rollback (`is_counted`).
part: service
columns:
  service: Name of the service
  wave_id: Identifier of the deployment
  live_at: When it went live
  outcome: known, pending or unknown
  is_failure: True where it counts as a change failure
  is_counted: True where patterns count it
  weekday: Weekday in the organisation's time zone
  hour: Three hours of the day in the organisation's time zone
  changes: Changes that it first shipped
  changed_lines: Lines added and removed by them
  changed_files: Files that they touch
  authors: People behind them
  review_depth: Reviewers of the one that fewest people reviewed
  hours_since_last: Hours since the deployment of the service before
  is_self_merged: Whether one was merged by its author
  is_dependency_only: Whether all update dependencies
  touches_migration: Whether one brings a migration
  touches_configuration: Whether one touches configuration
  is_in_release_train: Whether it is part of a release train
  is_emergency: Whether it was made as an emergency
  is_first_by_deployer: Whether its deployer had not deployed the service before
  is_retried: Whether its pipeline was run again
*/
with value as (
  select
    subject,
    max(category) filter (where attribute = 'weekday') as weekday,
    max(category) filter (where attribute = 'hour') as hour,
    max(number) filter (where attribute = 'changes')::bigint as changes,
    max(number) filter (where attribute = 'changed_lines')::bigint as changed_lines,
    max(number) filter (where attribute = 'changed_files')::bigint as changed_files,
    max(number) filter (where attribute = 'authors')::bigint as authors,
    max(number) filter (where attribute = 'review_depth')::bigint as review_depth,
    max(number) filter (where attribute = 'since_last')::bigint as hours_since_last,
    bool_or(flag) filter (where attribute = 'self_merged') as is_self_merged,
    bool_or(flag) filter (where attribute = 'dependency_only') as is_dependency_only,
    bool_or(flag) filter (where attribute = 'touches_migration') as touches_migration,
    bool_or(flag) filter (where attribute = 'touches_configuration') as touches_configuration,
    bool_or(flag) filter (where attribute = 'release_train') as is_in_release_train,
    bool_or(flag) filter (where attribute = 'emergency') as is_emergency,
    bool_or(flag) filter (where attribute = 'first_by_deployer') as is_first_by_deployer,
    bool_or(flag) filter (where attribute = 'retried') as is_retried
  from correlation.deployment_attribute
  group by subject
)
select
  w.service,
  w.wave_id,
  w.live_at,
  o.outcome,
  o.is_failure,
  j.wave_id is not null as is_counted,
  v.weekday,
  v.hour,
  v.changes,
  v.changed_lines,
  v.changed_files,
  v.authors,
  v.review_depth,
  v.hours_since_last,
  v.is_self_merged,
  v.is_dependency_only,
  v.touches_migration,
  v.touches_configuration,
  v.is_in_release_train,
  v.is_emergency,
  v.is_first_by_deployer,
  v.is_retried
from model.wave as w
join metrics.wave_outcome as o on o.wave_id = w.wave_id
left join correlation.judged_deployment as j on j.wave_id = w.wave_id
left join value as v on v.subject = w.wave_id
order by w.service, w.live_at, w.wave_id
