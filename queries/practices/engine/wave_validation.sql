/*
title: Whether deployments were validated
grain: one row per production deployment with a probe after it
rule: >
  A probe is a test or evidence whose kind says smoke, synthetic, health check, probe, validation or post-deployment, of the service in that environment, or of its commit or version where it names no environment, from going
  live until an hour after it was complete. "passed" where the last outcome of each probe is good, else "failed". Whether that is what the process asks for, control DEP-02 says
version: 1
*/
with wave as (
  select wave_id, service, environment, sha, version, live_at, greatest(completed_at, live_at) + interval 1 hour as until
  from model.wave
),
dated as (
  select *, unnest(generate_series(epoch(live_at)::bigint // 86400, epoch(until)::bigint // 86400)) as day
  from wave
),
probe as (
  select
    t.service, coalesce(e.wave, t.environment) as environment, t.sha, t.version, null as subject, t.suite as name,
    t.finished_at as happened_at, t.outcome = 'passed' as is_passed,
    split_part(t.test_result_id, ':', 1) as source
  from model.test_result as t
  left join model.environment_name as n on n.name = t.environment
  left join model.environment as e on e.environment = n.environment
  where
    regexp_matches(lower(t.kind), '^(smoke|synthetic|health|probe|validation|post[ _-]?deployment)')
    and t.outcome is not null and t.finished_at is not null
  union all
  select
    service, null as environment, null as sha, null as version, subject, kind as name,
    occurred_at as happened_at,
    lower(outcome) in ('passed', 'pass', 'success', 'successful', 'succeeded', 'ok', 'healthy', 'green') as is_passed,
    split_part(evidence_id, ':', 1) as source
  from model.evidence
  where
    regexp_matches(lower(kind), '^(smoke|synthetic|health|probe|validation|post[ _-]?deployment)')
    and outcome is not null and occurred_at is not null
),
subject as (
  select w.wave_id, w.service, d.deployment_id as subject
  from model.wave as w
  join model.wave_deployment as d on d.wave_id = w.wave_id
  union
  select w.wave_id, w.service, r.native_id as subject
  from model.wave as w
  join model.wave_deployment as d on d.wave_id = w.wave_id
  join model.reported_deployment as r on r.deployment_id = d.deployment_id
  union
  select wave_id, service, unnest([service, sha, version, service || '@' || version]) as subject
  from model.wave
),
near as (
  select d.wave_id, p.name, p.happened_at, p.is_passed, p.source
  from dated as d
  join probe as p on p.service = d.service and epoch(p.happened_at)::bigint // 86400 = d.day
  where
    p.subject is null and p.happened_at >= d.live_at and p.happened_at <= d.until
    and (p.environment = d.environment or (p.environment is null and (p.sha = d.sha or p.version = d.version)))
  union
  select d.wave_id, p.name, p.happened_at, p.is_passed, p.source
  from dated as d
  join subject as s on s.wave_id = d.wave_id
  join probe as p on p.subject = s.subject and (p.service is null or p.service = s.service) and epoch(p.happened_at)::bigint // 86400 = d.day
  where p.happened_at >= d.live_at and p.happened_at <= d.until
),
named as (
  select
    wave_id, name, min(source) as source,
    max(happened_at) filter (where is_passed) as passed_at,
    max(happened_at) filter (where not is_passed) as failed_at
  from near
  group by wave_id, name
)
select
  wave_id,
  min(source) as source,
  count(*) as probes,
  count(*) filter (where failed_at is not null and (passed_at is null or failed_at >= passed_at)) as failed_probes,
  min(name) filter (where failed_at is not null and (passed_at is null or failed_at >= passed_at)) as failed_name,
  case when count(*) filter (where failed_at is not null and (passed_at is null or failed_at >= passed_at)) > 0 then 'failed' else 'passed' end as outcome
from named
group by wave_id
order by wave_id
