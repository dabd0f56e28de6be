/*
title: What changed, and why
grain: one row per kind of period and finding of the overview
rule: >
  Of each question the first: three figures of the organisation that moved, three services with the figure that moved most, where most failures are, the incident that lasted longest, two risk patterns, three controls.
  Nothing is said where nothing moved
version: 2
description: The latest complete period against the one before. `name` begins the sentence and is what the link leads to; `target` is a service, metric, incident or control.
*/
with moved_service as (
  select
    period_kind, verdict, name, sentence, scope,
    row_number() over (partition by period_kind order by place) as place
  from reports.finding_metric
  where scope_kind = 'service' and place_in_scope = 1
),
told as (
  select
    period_kind, 'figure' as kind, 1 as kind_order, place_in_scope as place, verdict, name, sentence,
    'metric' as target_kind,
    metric as target,
    null::varchar as month,
    null::bigint as page
  from reports.finding_metric
  where scope_kind = 'organisation' and place_in_scope <= 3
  union all
  select period_kind, 'service', 2, place, verdict, name, sentence, 'service', scope, null, null
  from moved_service
  where place <= 3
  union all
  select period_kind, 'failure', 3, 1, null, name, sentence, 'service', service, null, null
  from reports.finding_failure
  union all
  select period_kind, 'incident', 4, 1, null, name, sentence, 'incident', incident_id, month, page
  from reports.finding_incident
  union all
  select period_kind, 'pattern', 5, place, null, name, sentence, 'pattern', scope, null, null
  from reports.finding_pattern
  where place <= 2
  union all
  select period_kind, 'control', 6, place, verdict, name, sentence, 'control', control, null, null
  from reports.finding_control
  where place <= 3
)
select
  period_kind,
  row_number() over (partition by period_kind order by kind_order, place, target) as position,
  kind,
  verdict,
  name,
  sentence,
  target_kind,
  target,
  month,
  page
from told
order by period_kind, position
