/*
title: Last scans of what was deployed
grain: one row per production deployment, kind of scan and tool
rule: the last of each tool on the deployed digest, commit or version that is not known to have come only after the deployment began
description: >
  `state` is passed, failed, or incomplete where it did not end or does not say how. `blocking` are the rules whose open findings block; where a failed scan names none it is the scan. The outcome that a
  registry gives an artifact is a security scan.
version: 1
*/
with scan as (
  select
    deployment_id, evidence_id, kind, occurred_at, coalesce(attributes ->> '$.tool', actor, '') || ' ' || coalesce(attributes ->> '$.category', '') as tool, outcome,
    coalesce(try_cast(attributes -> '$.blocking_rules' as varchar[]), []) as rules,
    coalesce(try_cast(attributes -> '$.findings' as varchar[]), []) as findings
  from controls.deployment_evidence
  where is_before
  union all
  select d.deployment_id, a.artifact_id as evidence_id, 'security_scan' as kind, null as occurred_at, '' as tool, lower(a.scan_outcome) as outcome, [] as rules, [] as findings
  from controls.production_deployment as d
  join controls.deployment_artifact as t on t.deployment_id = d.deployment_id
  join model.artifact as a on a.artifact_id = t.artifact_id
  where a.scan_outcome is not null
),
said as (
  select
    *,
    case
      when len(rules) > 0 then 'failed'
      when outcome in ('passed', 'pass', 'success', 'succeeded', 'successful', 'ok', 'clean', 'verified') then 'passed'
      when outcome in ('failed', 'fail', 'failure', 'blocked', 'vulnerable', 'rejected', 'not_verified', 'not verified') then 'failed'
      else 'incomplete'
    end as state
  from scan
),
ranked as (
  select *, row_number() over (partition by deployment_id, kind, tool order by occurred_at desc nulls last, state, evidence_id) as recency
  from said
)
select
  deployment_id,
  kind,
  tool,
  evidence_id,
  state,
  case
    when state <> 'failed' then []
    when len(rules) + len(findings) > 0 then list_sort(list_distinct(list_concat(rules, findings)))
    else [evidence_id]
  end as blocking
from ranked
where recency = 1
order by deployment_id, kind, tool
