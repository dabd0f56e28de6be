/*
title: Test suites of JUnit reports
description: >
  Suites as the reports hold them. Where cases are listed they are counted; else what the suite states of itself holds. The path or the configuration
  says what was tested, else properties of the suite: those that the configuration names, and `quarterdeck.sha` and the like.
grain: one row per source, file and suite
*/
with listed as (
  select
    source, path, service, sha, digest, version, environment, suite, run, kind, options,
    said ->> '$.name' as report_name,
    unnest(from_json(said -> '$.suites', '["JSON"]')) as item,
    unnest(range(json_array_length(said, '$.suites')::bigint)) as position
  from staging.evidence_document
  where format = 'junit'
),
property_name as (
  -- A JSON pointer writes ~ and / in names as ~0 and ~1.
  select
    d.source,
    d.path,
    n.field,
    '/properties/' || replace(replace(json_extract_string(d.options, '/properties/' || n.field), '~', '~0'), '/', '~1') as configured,
    '/properties/quarterdeck.' || n.field as usual
  from staging.evidence_document as d
  cross join (select unnest(['service', 'sha', 'digest', 'version', 'environment', 'suite', 'run']) as field) as n
  where d.format = 'junit'
),
property as (
  select
    l.source,
    l.path,
    l.position,
    p.field,
    nullif(coalesce(json_extract_string(l.item, p.configured), json_extract_string(l.item, p.usual)), '') as value
  from listed as l
  join property_name as p on p.source = l.source and p.path = l.path
),
said as (
  select
    source,
    path,
    position,
    max(case when field = 'service' then value end) as service,
    max(case when field = 'sha' and regexp_matches(lower(value), '^[0-9a-f]{40}([0-9a-f]{24})?$') then lower(value) end) as sha,
    max(case when field = 'digest' and regexp_matches(lower(value), '^sha(256|384|512):[0-9a-f]{64,128}$') then lower(value) end) as digest,
    max(case when field = 'version' then value end) as version,
    max(case when field = 'environment' then value end) as environment,
    max(case when field = 'suite' then value end) as suite,
    max(case when field = 'run' then value end) as run
  from property
  group by source, path, position
),
timed as (
  select
    *,
    item ->> '$.stated.timestamp' as written_time,
    staging.number(replace(item ->> '$.stated.time', ',', '')) as seconds
  from listed
)
select
  t.source,
  t.path,
  t.position,
  coalesce(t.service, s.service) as service,
  coalesce(t.sha, s.sha) as sha,
  coalesce(t.digest, s.digest) as digest,
  coalesce(t.version, s.version) as version,
  coalesce(t.environment, s.environment) as environment,
  coalesce(t.suite, s.suite, nullif(t.report_name, ''), nullif(t.item ->> '$.stated.name', ''), regexp_extract(t.path, '([^/]+?)(?:\.[^./]*)?$', 1)) as suite,
  coalesce(t.run, s.run) as run,
  t.kind,
  case
    when staging.whole(t.item ->> '$.cases') > 0 then staging.whole(t.item ->> '$.cases')
    else coalesce(staging.whole(t.item ->> '$.stated.tests'), 0)
  end as total,
  case
    when staging.whole(t.item ->> '$.cases') > 0 then staging.whole(t.item ->> '$.failed')
    else try(coalesce(staging.whole(t.item ->> '$.stated.failures'), 0) + coalesce(staging.whole(t.item ->> '$.stated.errors'), 0))
  end as failed,
  case
    when staging.whole(t.item ->> '$.cases') > 0 then staging.whole(t.item ->> '$.skipped')
    else try(coalesce(staging.whole(t.item ->> '$.stated.skipped'), 0) + coalesce(staging.whole(t.item ->> '$.stated.disabled'), 0))
  end as skipped,
  case
    when regexp_matches(t.written_time, '([zZ]|[+-]\d\d:?\d\d)$') then staging.instant(t.written_time)
    else timezone(t.options ->> '$.zone', staging.clock(t.written_time))
  end
  + to_seconds(case when t.seconds between 0 and 604800 then t.seconds else 0 end) as finished_at
from timed as t
join said as s on s.source = t.source and s.path = t.path and s.position = t.position
order by t.source, t.path, t.position
