/*
control: POP-07
title: Evidence is unaltered since collection
question: Is what was collected still what it was when it was collected?
grain: one row per source
rule: >
  Every record hashes to what was stored with it, or was erased or disposed of with a reason, every batch to what it was sealed with, and each batch follows the one before. It is what `quarterdeck verify` does, by source; that the end of the chain was
  not cut off, and the signature of what was published, only that command and the pack can tell
version: 3
units: [source]
severity: critical
owner: Internal control
needs:
  - { of: source, as: supporting }
parameters: {}
frameworks:
  cobit: [MEA01]
  iso_27001: ["5.28", "5.33"]
  pci_dss: ["10.3.2", "10.3.4"]
  nist_800_53: [AU-9, AU-10, SI-7]
  hipaa: [164.312(c)(1), 164.312(c)(2)]
  gdpr: [5(1)(f), 32(1)(b)]
  cfr_21_part_11: [11.10(c), "11.70"]
remedy: Run quarterdeck verify, find out who changed the database, and collect again into a new one.
steps:
  - when: "not hash to what"
    do: "Run `quarterdeck verify`, which names the records; restore the database from a copy and find out who wrote to it."
  - when: "were sealed"
    do: "Run `quarterdeck verify`, which names the batches; restore the database from a copy and find out who wrote to it."
  - when: "Nothing was collected"
    do: "Collect {unit}, or take it out of quarterdeck.yaml."
*/
with recursive altered_record as (
  select source, count(*) as records, min(stream || ' ' || key, 20) as names
  from raw.record as r
  where
    sha256 <> sha256(concat_ws(chr(31), source, stream, key, coalesce(payload::varchar, 'deleted')))
    and not exists (
      select 1
      from raw.erasure as e
      where e.source = r.source and e.stream = r.stream and e.key = r.key and e.version = r.version and e.sha256 = r.sha256 and r.payload is null
    )
    and not exists (
      select 1
      from raw.disposed as d
      where d.source = r.source and d.stream = r.stream and d.key = r.key and d.version = r.version and d.sha256 = r.sha256 and r.payload is null
    )
  group by source
),
-- A million records at once, for the text that a batch is the hash of has to fit into memory. Which batches these are is held, so that the database passes over all others.
batch_place as (
  select batch_id, sum(count(*)) over (order by batch_id) // 1000000 as place
  from raw.record
  group by batch_id
),
block_of_batch as materialized (
  select batch_id, dense_rank() over (order by place) as block
  from batch_place
),
walked as (
  select 0::bigint as block, null::bigint as batch_id, null::varchar as source, 0::bigint as records, null::varchar as sha256
  union all
  select
    b.block,
    r.batch_id,
    min(r.source) as source,
    count(*) as records,
    sha256(
      string_agg(
        concat_ws(chr(31), r.sha256, r.version, r.run_id, epoch_us(r.fetched_at), coalesce(epoch_us(r.updated_at)::varchar, ''), r.is_deleted),
        chr(30) order by r.ordinal
      )
    ) as sha256
  from raw.record as r
  join (
    select p.batch_id, p.block
    from block_of_batch as p
    join (select max(block) + 1 as block from walked) as n on n.block = p.block
  ) as b on b.batch_id = r.batch_id
  group by b.block, r.batch_id
),
recomputed as (
  select batch_id, source, records, sha256
  from walked
  where batch_id is not null
),
chained as (
  select batch_id, source, records, sha256, previous_sha256, chain_sha256, lag(chain_sha256, 1, '') over (order by batch_id) as chain_before
  from raw.batch
),
altered_batch as (
  select coalesce(c.source, r.source) as source, count(*) as batches
  from chained as c
  full join recomputed as r on r.batch_id = c.batch_id
  where
    c.batch_id is null
    or r.batch_id is null
    or r.records <> c.records
    or r.sha256 <> c.sha256
    or c.previous_sha256 <> c.chain_before
    or c.chain_sha256 <> sha256(c.previous_sha256 || c.sha256)
  group by coalesce(c.source, r.source)
),
held as (
  select source, sum(records) as records
  from recomputed
  group by source
),
gone as (
  select source, sum(records)::bigint as records
  from staging.gone
  group by source
),
sealed as (
  select distinct source
  from raw.batch
)
select
  'source' as unit_kind,
  s.source as unit,
  null as service,
  null as environment,
  l.collected_at as occurred_at,
  null::timestamptz as due_at,
  case
    when r.source is not null or b.source is not null then 'fail'
    when k.source is null then 'unknown'
    else 'pass'
  end as verdict,
  case
    when r.source is not null then r.records || case r.records when 1 then ' record does' else ' records do' end || ' not hash to what was stored when it was collected.'
    when b.source is not null then 'The records of the source are not those that were sealed when they were collected: some are gone, were added, or have another date.'
    when k.source is null then 'Nothing was collected from the source.'
    else 'All ' || coalesce(h.records, 0) || ' stored records are as they were when they were collected.'
      || coalesce(' Of ' || g.records || case g.records when 1 then ' version' else ' versions' end || ', disposed of and in no archive here, the hash is kept.', '')
  end as reason,
  coalesce(r.names, []) as evidence,
  []::varchar[] as missing,
  []::varchar[] as findings
from staging.source as s
left join altered_record as r on r.source = s.source
left join altered_batch as b on b.source = s.source
left join held as h on h.source = s.source
left join gone as g on g.source = s.source
left join sealed as k on k.source = s.source
left join model.last_collection as l on l.source = s.source
order by unit
