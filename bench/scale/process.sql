/*
title: The records of the process beside the history at scale
description: >
  For each of $1 deployments over $2 services a change request with two decisions, a test result of three suites, a smoke test, a staging deployment; for each tenth an artifact with its proofs, a plan,
  a readiness review, a rehearsal, a runbook revision; and windows, rules, roles and exemptions as a company has them.
*/
insert into raw.record
with size as (
  select $1::bigint as deployments, $2::bigint as services
),
deployment as (
  select
    i,
    's' || (i % services) as service,
    i // services as place,
    printf('%08x%032x', i % services, (i // services) * 5 // 2) as sha,
    timestamptz '2023-01-01 00:00:00+00' + to_seconds((i // services) * (94608000 // greatest(deployments // services, 1)) + 3000) as started_at
  from range((select deployments from size)) as t(i), size
),
row_of as (
  select 'change_request' as stream, '"CHG' || i || '"' as key,
    json_object(
      'id', 'CHG' || i, 'title', 'Deploy ' || service, 'type', case when i % 40 = 0 then 'emergency' else 'normal' end, 'risk', case i % 3 when 0 then 'high' else 'low' end,
      'service', service, 'created_at', started_at - interval 2 day, 'planned_start', started_at - interval 1 hour, 'planned_end', started_at + interval 3 hour,
      'rollback_plan', 'Deploy the previous version', 'test_plan', 'All suites', 'requested_by', 'dev' || (i % 500), 'description', 'As said', 'reason', 'Asked for', 'impact', 'None',
      'owner', 'dev' || (i % 500), 'status', 'implemented', 'closed_at', started_at + interval 1 day
    ) as payload
  from deployment
  union all
  select 'change_request_approval', '"A' || i || '-' || n || '"',
    json_object(
      'id', 'A' || i || '-' || n, 'change_request', 'CHG' || i, 'approver', 'dev' || ((i + n) % 500), 'role', 'peer', 'decision', 'approved',
      'decided_at', started_at + to_hours(case when i % 100 = n then 1 else -1 end)
    )
  from deployment, range(1, 3) as r(n)
  union all
  select 'test_result', '"T' || i || '-' || n || '"',
    json_object(
      'id', 'T' || i || '-' || n, 'service', service, 'sha', sha, 'suite', ['unit', 'integration', 'acceptance'][n], 'kind', ['unit', 'integration', 'acceptance'][n],
      'total', 200, 'failed', case when i % 90 = n then 1 else 0 end, 'skipped', 0, 'coverage', 0.8, 'finished_at', started_at - interval 5 hour
    )
  from deployment, range(1, 4) as r(n)
  union all
  select 'test_result', '"S' || i || '"',
    json_object(
      'id', 'S' || i, 'service', service, 'sha', sha, 'suite', 'smoke', 'kind', 'smoke', 'environment', 'production', 'total', 9, 'failed', 0, 'finished_at', started_at + interval 15 minute
    )
  from deployment
  union all
  select 'deployment', '["stg' || i || '",1]',
    json_object(
      'id', 'stg' || i, 'service', service, 'environment', 'staging', 'sha', sha, 'started_at', started_at - interval 6 hour, 'finished_at', started_at - interval 5 hour,
      'status', 'success', 'deployer', 'dev' || (i % 500)
    )
  from deployment
  union all
  select 'change_review', '"R' || i || '"',
    json_object(
      'id', 'R' || i, 'repository', service, 'change', (place * 5 // 2)::varchar, 'reviewer', 'dev' || ((i * 31 + 7) % 500), 'state', 'approved', 'submitted_at', started_at - interval 9 hour
    )
  from deployment
  union all
  select 'artifact', '"ART' || i || '"',
    json_object(
      'id', 'ART' || i, 'service', service, 'name', service || '-' || place, 'version', '1.' || place, 'digest', 'sha256:' || sha, 'sha', sha, 'built_at', started_at - interval 8 hour,
      'is_signed', true, 'has_sbom', true
    )
  from deployment
  where i % 10 = 0
  union all
  select 'evidence', '"E' || i || '-' || n || '"',
    json_object(
      'id', 'E' || i || '-' || n, 'kind', ['signature', 'security_scan', 'sbom', 'provenance', 'secret_scan'][n], 'subject', 'sha256:' || sha, 'service', service,
      'at', started_at - interval 7 hour, 'outcome', case n when 1 then 'verified' else 'passed' end
    )
  from deployment, range(1, 6) as r(n)
  where i % 10 = 0
  union all
  select 'runbook_revision', '"B' || i || '"',
    json_object('id', 'B' || i, 'service', service, 'revised_at', started_at + interval 20 hour, 'author', 'dev1')
  from deployment
  where i % 10 = 0
  union all
  select 'calendar_window', '"W' || i || '"',
    json_object(
      'id', 'W' || i, 'kind', 'freeze', 'starts_at', timestamptz '2023-01-25 00:00:00+00' + to_days(i::integer * 30), 'ends_at', timestamptz '2023-01-27 00:00:00+00' + to_days(i::integer * 30)
    )
  from range(36) as t(i)
  union all
  select 'exemption', '"X' || i || '"',
    json_object(
      'id', 'X' || i, 'control', ['WIN-01', 'AUT-01', 'TST-02'][1 + i % 3], 'scope', 's' || (i % 200), 'requested_by', 'dev1', 'approver', 'dev2', 'reason', 'Asked for', 'compensating_control', 'Watched',
      'valid_from', timestamptz '2023-01-01 00:00:00+00' + to_days(i::integer), 'valid_until', timestamptz '2023-03-01 00:00:00+00' + to_days(i::integer)
    )
  from range(1000) as t(i)
)
select
  'bench' as source, stream, key, 1 as version, 1 as run_id, 1000000 + ordinal // 10000 as batch_id,
  ordinal, timestamptz '2026-01-01 00:00:00+00' as fetched_at, null::timestamptz as updated_at,
  false as is_deleted, payload::json as payload, sha256(concat_ws(chr(31), 'bench', stream, key, payload::varchar)) as sha256
from (select *, row_number() over () as ordinal from row_of)
