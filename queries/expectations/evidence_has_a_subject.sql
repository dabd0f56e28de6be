/*
title: Every report names what it is about
grain: one row per source and kind of file of which some name no commit, digest or version
rule: Such a file is kept and attached to nothing, never to what it might be about
*/
with nameless as (
  select source, path, 'junit' as format
  from staging.evidence_test_suite
  where coalesce(sha, digest, version) is null
  union
  select source, path, 'coverage' as format
  from staging.evidence_coverage
  where coalesce(sha, digest, version) is null
  union
  select source, attributes ->> '$.file' as path, kind as format
  from staging.evidence_proof
  where subject is null
),
counted as (
  select source, format, count(*) as files, min(path) as first_path
  from nameless
  group by source, format
)
select
  source || ' ' || format as subject,
  files as rows,
  'They are attached to nothing: ' || first_path
    || case when files > 1 then ' and the others name' else ' names' end || ' no whole commit hash, digest or version.' as effect,
  'Let the path say it, such as reports/{service}/{sha}/*.xml under files of the source, or write it into the file.' as remedy
from counted
order by subject
