/*
title: Production deployments that are left out
grain: one row per record of a production deployment of the period that is in no population, with the reason
rule: >
  Left out is a run that was skipped, since it deployed nothing; one without a status; one that begins after as-of; and what the configuration leaves out, with its reason. A run that failed or was
  cancelled is in the population
description: The reason has to be read, since controls and samples do not see it.
version: 2
*/
select
  d.deployment_id,
  d.service,
  d.environment,
  coalesce(d.started_at, d.finished_at) as occurred_at,
  d.status,
  case
    when d.status is null then 'no status'
    when d.status = 'skipped' then 'skipped'
    when d.excluded_reason is not null then 'configuration'
    else 'after as-of'
  end as kind,
  case
    when d.status is null then 'The source does not say how it ended.'
    when d.status = 'skipped' then 'The run was skipped: nothing was deployed.'
    when d.excluded_reason is not null then d.excluded_reason
    else 'It begins after as-of.'
  end as excluded_reason
from model.reported_deployment as d
where
  d.environment_kind = 'production'
  and (d.status is null or d.status = 'skipped' or d.excluded_reason is not null or d.started_at >= getvariable('as_of'))
  and coalesce(d.started_at, d.finished_at) >= getvariable('period_from')
  and coalesce(d.started_at, d.finished_at) < getvariable('period_until')
  and (len(getvariable('period_services')) = 0 or coalesce(list_contains(getvariable('period_services'), d.service), false))
order by kind, occurred_at, d.deployment_id
