/*
title: Test results from evidence
description: >
  Files that agree on what was tested, suite and run are parts of one result: reports per class or shard, and the coverage of a suite. A file
  that names neither commit, digest nor version is a result of its own.
grain: one row per source and result
*/
with part as (
  select
    source, path, service, sha, digest, version, environment, suite, run, kind, total, failed, skipped, finished_at,
    null::bigint as lines, null::bigint as covered, null::double as rate
  from staging.evidence_test_suite
  union all
  select
    source, path, service, sha, digest, version, environment, suite, run, kind, null, null, null, finished_at, lines, covered, rate
  from staging.evidence_coverage
),
keyed as (
  select *, case when coalesce(sha, digest, version) is null then path end as lone_path
  from part
),
summed as (
  select
    source, service, sha, digest, version, environment, suite, run, lone_path,
    min(kind) filter (where kind <> 'coverage') as kind,
    staging.whole(sum(total)) as total,
    staging.whole(sum(failed)) as failed,
    staging.whole(sum(skipped)) as skipped,
    sum(covered) / sum(lines)::double as line_coverage,
    case when count(rate) = 1 then min(rate) end as only_rate,
    max(finished_at) as finished_at
  from keyed
  group by source, service, sha, digest, version, environment, suite, run, lone_path
)
select
  source,
  to_json([coalesce(lone_path, sha, digest, version), service, environment, suite, run, sha, digest, version])::varchar as id,
  service,
  sha,
  digest,
  version,
  environment,
  suite,
  coalesce(kind, case when total is null then 'coverage' end) as kind,
  total,
  -- Of a suite without cases nobody knows whether it would have passed.
  case when total > 0 then failed end as failed,
  case when total > 0 then skipped end as skipped,
  coalesce(line_coverage, only_rate) as coverage,
  finished_at,
  case when total > 0 then case when failed > 0 then 'failed' else 'passed' end end as outcome
from summed
order by source, id
