/*
title: Scans
description: >
  Runs of SARIF with their open findings. Blocking are findings of level error, and those whose security severity is 7 or more (high and critical). A
  scan is about security where a rule has a severity or the tag `security`, unless the configuration says what it is.
grain: one row per source, file and run
*/
with run as (
  select
    source, path, service, sha, digest, version, environment, kind,
    unnest(from_json(said -> '$.runs', '["JSON"]')) as item,
    unnest(range(json_array_length(said, '$.runs')::bigint)) as run_position
  from staging.evidence_document
  where format = 'sarif'
),
counted as (
  select
    source,
    path,
    run_position,
    count(*) filter (where not is_suppressed and not is_gone and level = 'error') as errors,
    count(*) filter (where not is_suppressed and not is_gone and level = 'warning') as warnings,
    count(*) filter (where not is_suppressed and not is_gone and level = 'note') as notes,
    count(*) filter (where not is_suppressed and not is_gone and severity >= 9) as critical,
    count(*) filter (where not is_suppressed and not is_gone and severity >= 7 and severity < 9) as high,
    count(*) filter (where is_suppressed and not is_gone) as suppressed,
    count(*) filter (where not is_suppressed and not is_gone and (level = 'error' or severity >= 7)) as blocking,
    list_sort(coalesce(list(distinct rule) filter (where not is_suppressed and not is_gone and (level = 'error' or severity >= 7)), [])) as blocking_rules
  from staging.evidence_finding
  group by source, path, run_position
),
told as (
  select
    *,
    item ->> '$.versionControlProvenance[0].repositoryUri' as repository,
    lower(item ->> '$.versionControlProvenance[0].revisionId') as revision,
    contains(coalesce((item -> '$.tool')::varchar, ''), '"security-severity"') as has_severities,
    contains(coalesce((item -> '$.tool')::varchar, ''), '"security"') as has_security_tag,
    json_extract_string(item, '$.invocations[*].executionSuccessful') as successes,
    json_extract_string(item, '$.invocations[*].endTimeUtc') as ends
  from run
)
select
  t.source,
  t.path,
  t.run_position,
  t.service,
  t.repository,
  coalesce(t.sha, case when regexp_matches(t.revision, '^[0-9a-f]{40}([0-9a-f]{24})?$') then t.revision end) as sha,
  t.digest,
  t.version,
  t.environment,
  coalesce(t.kind, case when t.has_severities or t.has_security_tag then 'security_scan' else 'static_analysis' end) as kind,
  t.item ->> '$.tool.driver.name' as tool,
  coalesce(t.item ->> '$.tool.driver.semanticVersion', t.item ->> '$.tool.driver.version') as tool_version,
  t.item ->> '$.automationDetails.id' as category,
  list_max(list_transform(t.ends, lambda e: case when regexp_matches(e, '(Z|[+-]\d\d:?\d\d)$') then staging.instant(e) else timezone('UTC', staging.clock(e)) end)) as finished_at,
  not list_contains(t.successes, 'false') and coalesce(json_type(t.item, '$.results'), '') = 'ARRAY' as is_whole,
  coalesce(c.errors, 0)::bigint as errors,
  coalesce(c.warnings, 0)::bigint as warnings,
  coalesce(c.notes, 0)::bigint as notes,
  coalesce(c.critical, 0)::bigint as critical,
  coalesce(c.high, 0)::bigint as high,
  coalesce(c.suppressed, 0)::bigint as suppressed,
  coalesce(c.blocking, 0)::bigint as blocking,
  coalesce(c.blocking_rules, []) as blocking_rules
from told as t
left join counted as c on c.source = t.source and c.path = t.path and c.run_position = t.run_position
order by t.source, t.path, t.run_position
