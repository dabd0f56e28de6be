/*
title: Late and corrected records
grain: one row per source, stream, and service or repository that such records name
rule: >
  Stored after the publication before this build, and speaking of a time before its horizon, or of no time at all. A branch that points elsewhere speaks
  of now
version: 2
description: "`staged_by` is the query that reads the stream, which tells what the records can bear on."
*/
with stored as (
  select r.source, r.stream, r.key, r.version, r.payload, row_number() over (partition by r.source, r.stream, r.key order by r.version desc) as recency
  from raw.kept as r
  join reports.publication as p on p.is_new and r.batch_id > p.base_batch_id
  -- Neither what was erased nor what an erasure left of a commit is news.
  where
    (r.payload ->> 'erased') is null
    and not exists (select 1 from raw.erasure as e where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version)
),
said as (
  select s.source, s.stream, s.key, coalesce(s.payload, b.payload) as payload
  from stored as s
  left join raw.kept as b on s.payload is null and b.source = s.source and b.stream = s.stream and b.key = s.key and b.version = s.version - 1
  where s.recency = 1
),
dated as (
  select
    source, stream, payload ->> 'service' as service, payload ->> 'repository' as repository,
    try_cast(
      coalesce(
        payload ->> 'finished_at', payload ->> 'started_at', payload ->> 'merged_at', payload ->> 'committed_at', payload ->> 'submitted_at',
        payload ->> 'published_at', payload ->> 'tagged_at', payload ->> 'created_at', payload ->> 'opened_at'
      ) as timestamptz
    ) as happened_at
  from said
)
select
  d.source,
  d.stream,
  d.service,
  d.repository,
  'staging.' || min(s.collector) || '_' || d.stream as staged_by,
  count(*) as records
from dated as d
join reports.publication as p on coalesce(d.happened_at < p.base_horizon, d.stream <> 'ref')
left join staging.source as s on s.source = d.source
group by d.source, d.stream, d.service, d.repository
order by d.source, d.stream, d.service nulls first, d.repository nulls first
