/*
title: A seeded history at scale
description: >
  $1 deployments, two and a half times as many changes (each one commit on the main line of its service), a tenth as many
  incidents, over $2 services and three years. Every tenth service has versions. Linear congruences stand in for chance, so that
  two runs are alike.
*/
insert into raw.record
with size as (
  select $1::bigint as deployments, $2::bigint as services
),
change as (
  select
    'change' as stream,
    i,
    i % services as service,
    i // services as place,
    timestamptz '2023-01-01 00:00:00+00' + to_seconds((i // services) * (94608000 // greatest(deployments * 5 // 2 // services, 1))) as merged_at
  from range((select deployments from size) * 5 // 2) as t(i), size
),
deployment as (
  select
    i,
    i % services as service,
    i // services as place,
    (i // services) * 5 // 2 as change_place,
    timestamptz '2023-01-01 00:00:00+00' + to_seconds((i // services) * (94608000 // greatest(deployments // services, 1)) + 3600) as finished_at,
    (i * 7919) % 100 as chance
  from range((select deployments from size)) as t(i), size
),
row_of as (
  select 'change' as stream, '["s' || service || '","' || place || '"]' as key,
    json_object(
      'id', place::varchar, 'repository', 's' || service, 'number', (place + 1)::varchar,
      'merge_sha', printf('%08x%032x', service, place), 'author', 'dev' || ((i * 31) % 500),
      'first_commit_at', strftime(merged_at - to_seconds(3600 + (i * 7907) % 600000), '%Y-%m-%dT%H:%M:%SZ'),
      'opened_at', strftime(merged_at - to_seconds(1800 + (i * 7907) % 300000), '%Y-%m-%dT%H:%M:%SZ'),
      'merged_at', strftime(merged_at, '%Y-%m-%dT%H:%M:%SZ'), 'title', 'Change ' || place
    ) as payload
  from change
  union all
  select 'commit', '["s' || service || '","' || place || '"]',
    json_object(
      'repository', 's' || service, 'sha', printf('%08x%032x', service, place),
      'parents', case when place = 0 then [] else [printf('%08x%032x', service, place - 1)] end,
      'authored_at', strftime(merged_at, '%Y-%m-%dT%H:%M:%SZ'), 'committed_at', strftime(merged_at, '%Y-%m-%dT%H:%M:%SZ'),
      'subject', 'Change ' || place || ' (#' || (place + 1) || ')'
    )
  from change
  union all
  select 'ref', '["s' || service || '","main"]',
    json_object('repository', 's' || service, 'name', 'main', 'kind', 'main', 'sha', printf('%08x%032x', service, max(place)))
  from change
  group by service
  union all
  select 'deployment', '["d' || i || '",1]',
    json_object(
      'id', 'd' || i, 'service', 's' || service, 'environment', 'production',
      'sha', printf('%08x%032x', service, case when chance < 4 and change_place >= 5 then change_place - 5 else change_place end),
      'started_at', strftime(finished_at - interval 10 minute, '%Y-%m-%dT%H:%M:%SZ'),
      'finished_at', strftime(finished_at, '%Y-%m-%dT%H:%M:%SZ'),
      'version', case when service % 10 = 0 then '1.' || place end,
      'status', case when chance = 99 then 'failure' else 'success' end, 'deployer', 'dev' || (i % 500)
    )
  from deployment
  union all
  select 'incident', '"i' || i || '"',
    json_object(
      'id', 'i' || i, 'service', 's' || service,
      'started_at', strftime(finished_at + to_seconds((i * 104729) % 200000), '%Y-%m-%dT%H:%M:%SZ'),
      'mitigated_at', strftime(finished_at + to_seconds((i * 104729) % 200000 + 5000), '%Y-%m-%dT%H:%M:%SZ'),
      'resolved_at', strftime(finished_at + to_seconds((i * 104729) % 200000 + 90000), '%Y-%m-%dT%H:%M:%SZ')
    )
  from deployment
  where i % 10 = 3
)
select
  'bench' as source, stream, key, 1 as version, 1 as run_id, 1 + ordinal // 10000 as batch_id,
  ordinal, timestamptz '2026-01-01 00:00:00+00' as fetched_at, null::timestamptz as updated_at,
  false as is_deleted, payload::json as payload, sha256(concat_ws(chr(31), 'bench', stream, key, payload::varchar)) as sha256
from (select *, row_number() over () as ordinal from row_of)
