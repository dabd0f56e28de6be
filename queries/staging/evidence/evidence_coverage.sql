/*
title: Coverage reports
description: Lines of code and lines that tests ran, of Cobertura and LCOV reports. Where a report has no lines it may have a rate.
grain: one row per source and file
*/
with told as (
  select
    source, path, service, sha, digest, version, environment, suite, run, kind, format,
    staging.whole(case format when 'lcov' then said ->> '$.lines' else json_extract_string(said, '/lines-valid') end) as lines,
    staging.whole(case format when 'lcov' then said ->> '$.covered' else json_extract_string(said, '/lines-covered') end) as covered,
    staging.number(case when format = 'cobertura' then json_extract_string(said, '/line-rate') end) as rate,
    -- Seconds or milliseconds since 1970, as the writer likes.
    staging.whole(case when format = 'cobertura' then said ->> '$.timestamp' end) as written_time
  from staging.evidence_document
  where format in ('cobertura', 'lcov')
)
select
  source,
  path,
  service,
  sha,
  digest,
  version,
  environment,
  coalesce(suite, 'coverage') as suite,
  run,
  coalesce(kind, 'coverage') as kind,
  case when lines > 0 and covered between 0 and lines then lines end as lines,
  case when lines > 0 and covered between 0 and lines then covered end as covered,
  case when rate between 0 and 1 then rate end as rate,
  case
    when written_time between 0 and 99999999999 then to_timestamp(written_time)
    when written_time between 0 and 9999999999999 then to_timestamp(written_time / 1000)
  end as finished_at
from told
order by source, path
