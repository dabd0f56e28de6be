/*
title: Test results from events
description: >
  A suite run that finished, with the cases that name it; cases whose suite run nobody reports are together the result of that suite run,
  and a case that names none is a result of its own. Stated counts win over counted cases.
grain: one row per source and id
*/
with said as (
  select
    source,
    event_key,
    subject_type,
    predicate,
    "at",
    subject_id,
    case when subject_type = 'testsuiterun' then subject_id else coalesce(content ->> '$.testSuiteRun.id', subject_id) end as run,
    service,
    repository,
    sha,
    environment,
    outcome,
    coalesce(content ->> '$.testSuite.name', content ->> '$.testSuite.id') as suite,
    case
      when subject_type = 'testcaserun' and (content ->> '$.testSuiteRun.id') is null
        then coalesce(content ->> '$.testCase.name', content ->> '$.testCase.id')
    end as lone_case,
    content ->> '$.testCase.type' as kind,
    stated -> '$.test_result' as stated
  from staging.events_event
  where subject_type in ('testsuiterun', 'testcaserun')
),
case_end as (
  select
    source,
    run,
    predicate,
    outcome,
    row_number() over (partition by source, run, subject_id order by "at", event_key) as choice
  from said
  where subject_type = 'testcaserun' and predicate in ('finished', 'skipped')
),
cases as (
  select
    source,
    run,
    count(*) as total,
    count(*) filter (where predicate = 'finished' and outcome = 'failure') as failed,
    count(*) filter (where predicate = 'skipped' or outcome = 'cancelled') as skipped
  from case_end
  where choice = 1
  group by source, run
),
folded as (
  select
    source,
    run,
    arg_max(service, struct_pack("at" := "at", k := event_key)) as service,
    arg_max(repository, struct_pack("at" := "at", k := event_key)) as repository,
    arg_max(sha, struct_pack("at" := "at", k := event_key)) as sha,
    arg_max(environment, struct_pack("at" := "at", k := event_key)) as environment,
    coalesce(arg_max(suite, struct_pack("at" := "at", k := event_key)), min(lone_case), run) as suite,
    case when min(kind) = max(kind) then min(kind) end as kind,
    coalesce(
      min("at") filter (where subject_type = 'testsuiterun' and predicate = 'finished'),
      max("at") filter (where subject_type = 'testcaserun' and predicate in ('finished', 'skipped'))
    ) as finished_at,
    arg_min(outcome, struct_pack("at" := "at", k := event_key))
      filter (where subject_type = 'testsuiterun' and predicate = 'finished') as outcome,
    list_reduce(list(stated order by "at", event_key) filter (where stated is not null), lambda a, b: json_merge_patch(a, b)) as stated
  from said
  group by source, run
),
result as (
  select
    f.*,
    coalesce(f.stated ->> '$.id', f.run) as id,
    coalesce(staging.whole(f.stated ->> '$.total'), c.total) as total,
    coalesce(staging.whole(f.stated ->> '$.failed'), c.failed) as failed,
    coalesce(staging.whole(f.stated ->> '$.skipped'), c.skipped) as skipped,
    row_number() over (partition by f.source, coalesce(f.stated ->> '$.id', f.run) order by f.run) as choice
  from folded as f
  left join cases as c on c.source = f.source and c.run = f.run
  where f.finished_at is not null
)
select
  source,
  id,
  coalesce(stated ->> '$.service', service) as service,
  coalesce(stated ->> '$.repository', repository) as repository,
  coalesce(stated ->> '$.sha', sha) as sha,
  stated ->> '$.digest' as digest,
  coalesce(stated ->> '$.environment', environment) as environment,
  coalesce(stated ->> '$.suite', suite) as suite,
  coalesce(stated ->> '$.kind', kind) as kind,
  total,
  failed,
  skipped,
  staging.number(stated ->> '$.coverage') as coverage,
  coalesce(staging.instant(stated ->> '$.finished_at'), finished_at) as finished_at,
  coalesce(stated ->> '$.outcome', case outcome when 'success' then 'passed' when 'failure' then 'failed' end) as outcome,
  stated ->> '$.url' as url
from result
where choice = 1
order by source, id
